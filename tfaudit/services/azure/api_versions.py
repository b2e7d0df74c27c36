"""Defaults that hang on the version of ARM's API by which a template declares a resource."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.documented import Computed, Documented
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View

VERSION: Spelling = {"version": azure(NOTHING, "apiVersion")}
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?:-[a-z0-9.]+)?$")


def changed_with(version: str, before: Any, since: Any, source: str) -> Computed:
    """Return the default of a property that is not set, which API version `version`, a date, changed."""

    def default(view: View) -> Documented | Unresolved:
        stated = view.spelled(VERSION).word("version")
        dated = str(stated.value) if isinstance(stated, Known) else ""
        if not _DATED.match(dated):
            because = f"it is not set, and API version {version} changed the default from {before} to {since}"
            return Unresolved(because, "set it")
        if dated[:10] >= version:
            return Documented(since, f"{source}, API version {version} and later")
        return Documented(before, f"{source}, API versions before {version}")

    return default
