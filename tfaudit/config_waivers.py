"""Adds a waiver to a configuration file, and leaves everything else in it as it is written, comments too."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tfaudit.errors import UsageError


def added(text: str, waiver: Mapping[str, Any], name: str) -> str:
    """Return the YAML `text` of the file `name` with `waiver` at the end of its `waivers`.

    Raises `UsageError` where it is no map, or its waivers are no list.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        document = yaml.load(text) if text.strip() else None
    except YAMLError as error:
        raise UsageError(
            f"{name}: it is no YAML that can be written back; mend it, or add the waiver by hand"
        ) from error
    if document is None:  # nothing, or comments alone
        return (text if not text or text.endswith("\n") else text + "\n") + _dumped(
            yaml, {"waivers": [dict(waiver)]}
        )
    if not isinstance(document, dict) or not isinstance(document.get("waivers") or [], list):
        raise UsageError(f"{name}: waivers is no list; mend it, or add the waiver by hand")
    if document.get("waivers"):
        document["waivers"].append(dict(waiver))
    else:
        document["waivers"] = [dict(waiver)]
    return _dumped(yaml, document)


def _dumped(yaml: Any, document: Any) -> str:
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


def write(path: Path, waiver: Mapping[str, Any]) -> None:
    """Add `waiver` to the file at `path`, which is made where there is none; whole or not at all."""
    from tfaudit.config import read
    from tfaudit.reports.output import replacing

    try:
        before = path.read_text("utf-8") if os.path.lexists(path) else ""
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: it cannot be read; mend it, or add the waiver by hand") from error
    after = added(before, waiver, str(path))
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.write_text(after, "utf-8")
        read(draft)  # what is written has to be what a scan takes
        with replacing(path) as out:
            out.write(after)
    except UsageError as error:
        raise UsageError(str(error).replace(str(draft), str(path))) from error
    finally:
        draft.unlink(missing_ok=True)


def until(text: str) -> date:
    """Return the day that `text` writes; `UsageError` for none, or one that is over."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f'--until: "{text}" is no day; write it as 2027-01-31') from error
    if day < date.today():  # noqa: DTZ011 - the day where the person is
        raise UsageError(f"--until: {text} is over; give a day to come")
    return day
