"""Which examples of Azure a policy lacks, by plane and outcome.

A policy that has examples of Azure in one plane has them in each plane in which the services that it judges there are
read: passing, failing and unknown in Terraform and in templates. What runs tells nearly all of itself, so that of a
live subscription only passing and failing ones are asked for. What cannot come out in a plane has its reason here.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.examples import NEEDED, Tested
from tfaudit.services.registry import Registry

_SETTLED = (Outcome.PASS, Outcome.FAIL)
_ASKED = {"terraform": NEEDED, "template": NEEDED, "live": _SETTLED}


_CODE = ("terraform", "template")
_PLANES = (*_CODE, "live")


class Cannot(Enum):
    """Why an outcome cannot be had of a policy in a plane."""

    OTHERS_MAY = (
        "what one root leaves out another, a policy or a person may have added: it is not known, and no fault"
    )
    COUNTED_LIVE = "it is counted in the live subscription alone, where all that counts is seen"
    NOT_TOLD_LIVE = (
        "no answer of Azure holds a credential: the code is judged, and live the policy does not apply"
    )
    NOT_IN_RESOURCE_MANAGER = (
        "Resource Manager has no such resource: it is made inside a vault, by the vault's own API"
    )
    ALWAYS_SO = "Azure does it always, and nothing switches it off"
    NO_LESS_IS_TAKEN = "Azure takes no lower value than the policy asks for"
    REFUSED = "azurerm refuses, before anything is applied, each value that would fail"
    NO_ARGUMENT = "azurerm has no argument for it, so that to leave it out says nothing"
    OFF_IS_NOT_SAID = "azurerm has no argument for it: only that it is on can be said, by a resource of azapi"


def _cells(planes: Iterable[str], *outcomes: str) -> list[str]:
    return [f"{plane} {outcome}" for plane in planes for outcome in outcomes]


_IN_CODE = _cells(_CODE, "fail")
_WITHOUT_CODE = _cells(("template",), "pass", "fail", "unknown") + _cells(("live",), "pass", "fail")
_ALL_OF_TERRAFORM = _cells(("terraform",), "pass", "fail", "unknown")
_LIVE = _cells(("live",), "pass", "fail")

CANNOT: dict[str, dict[Cannot, list[str]]] = {
    "account-alerts-on-changes": {Cannot.OTHERS_MAY: _IN_CODE},
    "account-audit-exported": {Cannot.OTHERS_MAY: _IN_CODE},
    "account-attack-paths-sent": {Cannot.NO_ARGUMENT: _ALL_OF_TERRAFORM},
    "account-few-owners": {Cannot.COUNTED_LIVE: _cells(_CODE, "pass", "fail", "unknown")},
    "account-has-budget": {Cannot.OTHERS_MAY: _IN_CODE},
    "account-hears-of-outages": {Cannot.OTHERS_MAY: _IN_CODE},
    "account-security-contact": {Cannot.REFUSED: ["terraform fail"]},
    "certificate-key-strength": {
        Cannot.REFUSED: ["terraform fail"],
        Cannot.NOT_IN_RESOURCE_MANAGER: _WITHOUT_CODE,
    },
    "certificate-validity": {Cannot.NOT_IN_RESOURCE_MANAGER: _WITHOUT_CODE},
    "cluster-password-not-inline": {Cannot.NOT_TOLD_LIVE: _LIVE},
    "database-password-not-inline": {Cannot.NOT_TOLD_LIVE: _LIVE},
    "ddos-plan-covers-network": {Cannot.OTHERS_MAY: _IN_CODE},
    "dns-zone-signed": {Cannot.OFF_IS_NOT_SAID: ["terraform fail"]},
    "instance-endpoint-protection": {Cannot.OTHERS_MAY: _IN_CODE},
    "instance-password-not-inline": {Cannot.NOT_TOLD_LIVE: _LIVE},
    "network-has-watcher": {Cannot.OTHERS_MAY: ["template fail"]},
    "object-store-encrypted": {Cannot.ALWAYS_SO: [*_cells(_CODE, "fail", "unknown"), "live fail"]},
    "object-store-key-reminder": {Cannot.NO_ARGUMENT: _ALL_OF_TERRAFORM},
    "secret-not-inline": {Cannot.NOT_TOLD_LIVE: _LIVE},
    "secret-recovery-window": {Cannot.NO_LESS_IS_TAKEN: _cells(_PLANES, "fail")},
    "stored-variable-no-inline-secrets": {Cannot.NOT_TOLD_LIVE: _LIVE},
    "vpn-shared-key-not-inline": {Cannot.NOT_TOLD_LIVE: _LIVE},
    "web-app-no-inline-secrets": {Cannot.NOT_TOLD_LIVE: _LIVE},
}
"""What cannot come out, by policy, each with its reason: an example that shows it all the same is a fault here."""


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


def cannot(policy: str) -> set[str]:
    """Return what cannot come out of a policy, as `template unknown`."""
    return {cell for cells in CANNOT.get(policy, {}).values() for cell in cells}
