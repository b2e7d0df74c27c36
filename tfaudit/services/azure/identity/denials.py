"""Deny assignments of Azure: what they take from a role that somebody holds by an assignment at, or below, their scope.

Azure makes most of them itself, for deployment stacks and managed applications. One that only audits takes nothing; nor
does one that was not read. learn.microsoft.com/azure/role-based-access-control/deny-assignments
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.identity.role_actions import FOR_EXAMPLE, GIVE_ROLES, allows
from tfaudit.services.azure.keys.keys import raw

ARM_TYPES = ("Microsoft.Authorization/denyAssignments",)
DENIALS = "microsoft.authorization/denyassignments"

_EVERYBODY = "00000000-0000-0000-0000-000000000000"
_SETTLE = "look at the deny assignment"
_PRINCIPAL: Spelling = {"id": azure(None, "id"), "type": azure(None, "type")}
_DENIAL: Spelling = {
    # word, then its path in Terraform, which has none of it, and in ARM
    "scope": azure(None, ("properties.scope", "scope")),
    "here_only": azure(None, "properties.doNotApplyToChildScopes"),
    "effect": azure(None, "properties.denyAssignmentEffect"),
    "condition": azure(None, "properties.condition"),
    "principals": azure(None, "properties.principals", rows=_PRINCIPAL),
    "without": azure(None, "properties.excludePrincipals", rows=_PRINCIPAL),
    "denied": azure(
        None,
        "properties.permissions",
        rows={
            "actions": azure(None, "actions"),
            "not_actions": azure(None, "notActions"),
            "condition": azure(None, "condition"),
        },
    ),
}


def _all(inventory: Inventory) -> list[View]:
    """Return the deny assignments of a scope that deny something, and do not only audit it."""
    found = [View(each, inventory, table=_DENIAL) for each in inventory.of_type(DENIALS)]
    return [each for each in found if lower(raw(each, "effect")) != "audit"]


def _text(value: Any) -> str:
    """Return a scope or an id as a text that can be compared; "" for one that is not known."""
    if isinstance(value, Reference):
        return value.address.lower()
    stated = value.expression if isinstance(value, Unresolved) else value
    return stated.rstrip("/").lower() if isinstance(stated, str) else ""


def _covers(denial: View, scope: str) -> bool:
    """Whether a deny assignment holds for all of a scope: at it, or above it."""
    own = _text(raw(denial, "scope"))
    if not own or not scope:
        return False
    here_only = denial.word("here_only")
    if own == scope:
        return True
    if isinstance(here_only, Known) and as_bool(here_only.value) is not False:
        return False
    above = own.startswith("/providers/microsoft.management/") and scope.startswith("/subscriptions/")
    return above or scope.startswith(f"{own}/")


def _named(denial: View, word: str, principal: str) -> bool | None:
    """Return whether a holder is among the principals of a deny assignment; None where that is not known."""
    found: bool | None = False
    for each in elements(denial, word):
        id_, kind = _text(raw(each, "id")), lower(raw(each, "type"))
        if id_ == _EVERYBODY or (id_ and id_ == principal):
            return True
        if not id_ or kind in (None, "group") or not isinstance(kind, str):
            found = None  # he may be in the group
    return found


def _takes(denial: View, actions: Iterable[str]) -> bool | None:
    """Return whether all of the actions are denied; None where that is not known."""
    found: bool | None = True
    for action in actions:
        answers = [
            None if answer is True and not isinstance(each.word("condition"), Absent) else answer
            for each in elements(denial, "denied")
            for answer in (allows(each, action),)
        ]
        if True in answers:
            continue
        if all(each is False for each in answers):
            return False
        found = None
    return found


def _hit(view: View) -> Iterator[tuple[View, bool]]:
    """Yield the deny assignments that hold for an assignment and its holder, and whether that is sure."""
    scope, principal = _text(raw(view, "scope")), _text(raw(view, "principal"))
    for denial in view.inventory.derived(_all):
        if not _covers(denial, scope):
            continue
        among, without = _named(denial, "principals", principal), _named(denial, "without", principal)
        if among is not False and without is not True:
            sure = among is True and without is False and isinstance(denial.word("condition"), Absent)
            yield denial, sure


def left(
    view: View, readings: tuple[states.Reading, states.Reading]
) -> tuple[states.Reading, states.Reading]:
    """Return what deny assignments leave of two readings: that a role allows everything, and that it gives roles."""
    if not view.inventory.derived(_all):
        return readings
    everything, gives = readings
    for denial, sure in _hit(view):
        everything = _less(everything, denial, FOR_EXAMPLE, sure=sure)
        gives = _less(gives, denial, GIVE_ROLES, sure=sure)
    return everything, gives


def _less(reading: states.Reading, denial: View, actions: Iterable[str], *, sure: bool) -> states.Reading:
    if isinstance(reading, Known) and reading.value is not True:
        return reading
    taken = _takes(denial, actions)
    if taken is False:
        return reading
    at = denial.word("denied")
    if taken is True and sure:
        return Known(False, at.resource, at.path)
    because = f"whether the deny assignment {denial.resource.address} takes it away is not known"
    return Unknown(because, _SETTLE, at.resource, at.path) if isinstance(reading, Known) else reading
