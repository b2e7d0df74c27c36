"""The version of Terraform's azurerm provider, where a default depends on it."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.assets.settings import Default, Unknown
from tfaudit.assets.view import View

_MAJOR = re.compile(r"(?P<operator>[<>=~!]*)\s*v?(?P<major>\d+)")


def majors(constraint: str) -> tuple[int, int | None]:
    """Return the lowest and highest major version that a constraint (`>= 3.90, < 5.0`) lets in; None for no end."""
    low, high = 0, None
    for operator, number in _MAJOR.findall(",".join(part.split(".")[0] for part in constraint.split(","))):
        major = int(number)
        if operator in ("~>", "=", ""):
            low, high = max(low, major), major
        elif operator.startswith(">"):
            low = max(low, major)
        elif operator == "<":
            high = major - 1
        elif operator == "<=":
            high = major
    return low, high


def changed_in(view: View, major: int, before: Any, since: Any, source: str) -> Default | Unknown:
    """Return the default of an attribute that is not set, where version `major` of the provider changed it."""
    constraint = view.resource.context.get("provider_version", "")
    low, high = majors(constraint)
    if constraint and high is not None and high < major:
        return Default(before, f"{source}, azurerm before {major}.0", view.resource, view.base)
    if constraint and low >= major:
        return Default(since, f"{source}, azurerm {major}.0 and later", view.resource, view.base)
    return Unknown(
        f"it is not set, and azurerm {major}.0 changed the default from {_word(before)} to {_word(since)}",
        "set it, or pin the major version of azurerm in required_providers",
        view.resource,
        view.base,
    )


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
