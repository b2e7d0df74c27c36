"""Which examples of Azure a policy lacks, by plane and outcome.

A policy that has examples of Azure in one plane has them in each plane in which the services that it judges there are
read: passing, failing and unknown in Terraform and in templates. What runs tells nearly all of itself, so that of a
live subscription only passing and failing ones are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.examples import NEEDED, Tested
from tfaudit.services.registry import Registry

LEFT = Path(__file__).parent / "azure_examples_left.json"
"""What is still lacking, by policy: it only ever gets less."""

_SETTLED = (Outcome.PASS, Outcome.FAIL)
_ASKED = {"terraform": NEEDED, "template": NEEDED, "live": _SETTLED}


def _plane(type_: str, plane: str) -> str:
    """Return which of the three ways to write Azure a resource is of, "" for none."""
    if type_.startswith("azurerm_"):
        return "terraform"
    if type_.lower().startswith("microsoft."):
        return "live" if plane == "live" else "template"
    return ""


def _planes(type_: str) -> set[str]:
    """Return the planes in which the services that read `type_` are read."""
    found: set[str] = set()
    for module in Registry().modules(type_):
        for each in module.READS:
            if each.startswith("azurerm_"):
                found.add("terraform")
            elif each.startswith("microsoft.graph/"):
                found.add("live")
            elif each.startswith("microsoft."):
                found |= {"template", "live"}
    return found


def lacking(tested: Iterable[Tested]) -> list[str]:
    """Return what the examples of one policy lack, as `template unknown`."""
    seen: set[tuple[str, Outcome]] = set()
    claimed: set[str] = set()
    for each in tested:
        for type_, plane, outcome in each.spelled:
            written = _plane(type_, plane)
            if written and outcome in NEEDED:
                seen.add((written, outcome))
                claimed |= _planes(type_)
    return [
        f"{plane} {outcome.value}"
        for plane, outcomes in _ASKED.items()
        for outcome in outcomes
        if plane in claimed and (plane, outcome) not in seen
    ]


def left() -> dict[str, list[str]]:
    """Return what is known to be lacking, by policy."""
    found: dict[str, list[str]] = json.loads(LEFT.read_text("utf-8"))
    return found
