"""What the actions of a custom role of Azure come to: those that are allowed, less those that are taken out again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.states import SETTLE, Absent, Pointer
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.identity.role_conditions import limits

GIVE_ROLES = (
    "microsoft.authorization/roleassignments/write",
    "microsoft.authorization/roledefinitions/write",
    "microsoft.authorization/elevateaccess/action",
)
"""Actions by which one gives a role to oneself, makes a role larger, or becomes the administrator of all of a tenant.

learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance
"""


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, text.split("*"))), re.IGNORECASE)


def _parts(block: View, word: str) -> tuple[list[str], Unresolved | None]:
    """Return the actions that a word names, and why there may be others."""
    reading = block.word(word)
    match reading:
        case Absent():
            return [], None
        case Unknown(because=because, settle_with=settle_with):
            return [], Unresolved(because, settle_with)
        case Pointer() as pointer:
            return [], Unresolved(pointer.unknown.because, pointer.unknown.settle_with)
        case Known(value=value):
            stated = value if isinstance(value, list) else [value]
            return [each for each in stated if isinstance(each, str)], _open(stated)


def _open(stated: Iterable[Any]) -> Unresolved | None:
    for each in stated:
        if isinstance(each, Unresolved):
            return each
        if isinstance(each, Reference):
            return Unresolved(f"it is taken from {each}", SETTLE)
    return None


def allows(
    block: View, action: str, word: str = "actions", without: str = "not_actions"
) -> bool | Unresolved:
    """Return whether one block of permissions allows an action; why that is not known."""
    denied, maybe_denied = _parts(block, without)
    if any(_pattern(each).fullmatch(action) for each in denied):
        return False
    allowed, maybe_allowed = _parts(block, word)
    if any(_pattern(each).fullmatch(action) for each in allowed):
        return True if maybe_denied is None else maybe_denied
    return False if maybe_allowed is None else maybe_allowed


def _answers(view: View, actions: Iterable[str]) -> Iterator[tuple[View, bool | Unresolved]]:
    for block in elements(view, "permissions"):
        for action in actions:
            yield block, allows(block, action)


def gives_roles(view: View) -> states.Reading:
    """Return whether the holder of a role may give roles, to himself as well."""
    where: states.Reading = Absent(view.resource, view.base)
    unsure: Unknown | None = None
    for block, answer in _answers(view, GIVE_ROLES):
        at = block.word("actions").path
        gives = limits(block.word("condition")) if answer is True else answer
        if gives is True:
            return Known(True, block.resource, at)
        if isinstance(gives, Unresolved):
            unsure = Unknown(gives.because, gives.settle_with, block.resource, at)
        elif isinstance(where, Absent):
            where = Known(False, block.resource, at)
    return unsure or where


_ANY_DEED = ("microsoft.0/0/write", "microsoft.0/0/delete", "microsoft.0/0/action")
"""Stand for what changes anything: a role that allows these of a service that is not there names no service."""
FOR_EXAMPLE = (
    "microsoft.compute/virtualmachines/write",
    "microsoft.keyvault/vaults/write",
    "microsoft.network/networksecuritygroups/write",
    "microsoft.storage/storageaccounts/write",
    "microsoft.storage/storageaccounts/blobservices/containers/blobs/write",
)
"""Actions of several services: a role from which all of them are taken out again changes nothing that counts."""


def all_actions(view: View) -> states.Reading:
    """Return whether a custom role allows every action, or all but some: an administrator's has exceptions too.

    Reading alone is not every action, and several parts may allow them together.
    """
    unsure: states.Reading | None = None
    where: states.Reading | None = None
    for word, without in (("actions", "not_actions"), ("data_actions", "not_data_actions")):
        blocks = [each for each in elements(view, "permissions") if not isinstance(each.word(word), Absent)]
        if not blocks:
            continue
        reading = blocks[0].word(word)
        where = where or reading
        found = [_everything(each, word, without) for each in blocks]
        found.append(_together(blocks, word, without))
        for answer, at in zip(found, (*(each.word(word) for each in blocks), reading), strict=True):
            if answer is True:
                return Known(True, at.resource, at.path)
            if isinstance(answer, Unresolved):
                unsure = Unknown(answer.because, answer.settle_with, at.resource, at.path)
    if unsure is not None:
        return unsure
    return Known(False, where.resource, where.path) if where else Absent(view.resource, view.base)


def _everything(block: View, word: str, without: str) -> bool | Unresolved:
    """Return whether a list of actions is everything, and what is taken out of it leaves something that counts."""
    allowed, maybe_allowed = _parts(block, word)
    if not all(any(_pattern(each).fullmatch(deed) for each in allowed) for deed in _ANY_DEED):
        return False if maybe_allowed is None else maybe_allowed
    denied, maybe_denied = _parts(block, without)
    if all(any(_pattern(each).fullmatch(action) for each in denied) for action in FOR_EXAMPLE):
        return False
    return True if maybe_denied is None else maybe_denied


def _together(blocks: list[View], word: str, without: str) -> bool | Unresolved:
    """Return whether several parts of a role allow everything, each some of it."""
    unsure: bool | Unresolved = True
    for deed in _ANY_DEED:
        answers = [allows(each, deed, word, without) for each in blocks]
        if True in answers:
            continue
        open_ = next((each for each in answers if isinstance(each, Unresolved)), None)
        if open_ is None:
            return False
        unsure = open_
    return unsure
