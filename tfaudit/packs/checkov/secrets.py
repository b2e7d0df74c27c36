"""Texts with secrets in them, as they are written: for checks that look for secrets, and never for a report.

They are read inside of a worker, from the scanned file itself. They leave it in no form: what a check says is its
outcome and the keys that it looked at.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

from tfaudit.packs.checkov.conversion import SECRET, UNKNOWN, document
from tfaudit.packs.checkov.marks import Mark, Names, fill
from tfaudit.redaction import REDACTED

MAX_BYTES = 1_000_000
MAX_PLAN = 20_000_000
"""A plan that is larger is not read a second time."""
_KEPT = 2
# A text on one line, and what may stand behind it: a comma, a comment.
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*+,?\s*+(?:(?:#|//|/\*).*)?$')
_HEREDOC = re.compile(r"<<[-~]?\s*(\w+)")
_Planned = dict[str, dict[str, Any]]


class Secrets:
    """Puts what was taken out back into configurations."""

    def __init__(self, tree: str) -> None:
        """Take the folder that files are below."""
        self._tree = tree
        self._plans: dict[str, _Planned] = {}

    def put_back(self, conf: dict[str, Any]) -> dict[str, Any]:
        """Return a configuration with the secrets in it; one that cannot be read any more is not known."""

        def given(_: Names, mark: Mark) -> Any:
            if mark[0] != SECRET:
                return mark
            found = self._planned(*mark[1:]) if isinstance(mark[2], str) else self._written(*mark[1:])
            if found is None:
                return (
                    UNKNOWN,
                    REDACTED,
                    "a secret is taken out of it where it is read",
                    "look at it yourself",
                )
            return found

        found: dict[str, Any] = fill(conf, given)
        return found

    def _written(self, origin: str, line: int, end_line: int) -> str | None:
        """Return the value that stands in these lines of a file."""
        return written(self._tree, origin, line, end_line)

    def _planned(self, origin: str, address: str, *path: str | int) -> Any:
        """Return the text that a plan has at a path of a resource; None where it has none there."""
        if origin not in self._plans:
            if len(self._plans) >= _KEPT:
                self._plans.clear()
            self._plans[origin] = _plan(f"{self._tree}/{origin}")
        value: Any = self._plans[origin].get(address)
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            else:
                inside = isinstance(value, list) and isinstance(step, int) and step < len(value)
                value = value[step] if inside else None
        return document(value) if isinstance(value, str) else None


def written(tree: str, origin: str, line: int, end_line: int) -> str | None:
    """Return the value that stands in these lines of a file below `tree`; None where it is not there any more."""
    try:
        with open(f"{tree}/{origin}", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
            lines = stream.read(MAX_BYTES).splitlines()[line - 1 : end_line]
    except OSError:
        return None
    if not lines:
        return None
    _, sign, value = lines[0].partition("=")
    if not sign:
        _, sign, value = lines[0].partition(":")
    value = value.strip().rstrip(",")
    heredoc = _HEREDOC.match(value)
    if heredoc:
        return "\n".join(each for each in lines[1:] if each.strip() != heredoc[1])
    quoted = _QUOTED.match(value)
    return quoted[1] if quoted else "\n".join([value, *lines[1:]])


def _plan(path: str) -> _Planned:
    """Return the values of all resources of a plan or state by address, as `sources.terraform.plan` chooses them."""
    try:
        if os.path.getsize(path) > MAX_PLAN:  # noqa: PTH202
            return {}
        with open(path, "rb") as stream:  # noqa: PTH123
            plan = json.loads(stream.read())
    except (OSError, ValueError, RecursionError):
        return {}
    found: _Planned = {}
    if isinstance(plan, dict):
        prior = plan.get("prior_state")
        held = prior.get("values") if isinstance(prior, dict) else None
        for part in (held, plan.get("values"), plan.get("planned_values")):
            _collect(part.get("root_module") if isinstance(part, dict) else None, found)
        changes = plan.get("resource_changes")
        for each in changes if isinstance(changes, list) else ():
            change = each.get("change") if isinstance(each, dict) else None
            if isinstance(change, dict) and isinstance(change.get("after"), dict) and not each.get("deposed"):
                found[str(each.get("address"))] = change["after"]
        _providers(plan, found)
    return found


def _collect(module: Any, found: _Planned) -> None:
    if not isinstance(module, dict):
        return
    for each in module.get("resources") or ():
        if isinstance(each, dict) and isinstance(each.get("values"), dict):
            found[str(each.get("address"))] = each["values"]
    for child in module.get("child_modules") or ():
        _collect(child, found)


def _providers(plan: dict[str, Any], found: _Planned) -> None:
    """Add the literal settings of providers, at the addresses that they have here."""
    configuration = plan.get("configuration")
    stated = configuration.get("provider_config") if isinstance(configuration, dict) else None
    for each in stated.values() if isinstance(stated, dict) else ():
        expressions = each.get("expressions") if isinstance(each, dict) else None
        if not isinstance(expressions, dict) or each.get("module_address"):
            continue
        alias = each.get("alias")
        address = f"provider.{each.get('name')}" + (f".{alias}" if alias else "")
        found[address] = {
            name: value["constant_value"]
            for name, value in expressions.items()
            if isinstance(value, dict) and "constant_value" in value
        }
