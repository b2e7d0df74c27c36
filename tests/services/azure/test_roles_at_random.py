"""Roles of a live subscription made at random, against a reference that tries actions one by one.

An assignment administers where it allows whatever there is, or the giving of roles, less what is taken out of the role
and what deny assignments deny its holder. Owners are who has both at the subscription, or above it.
"""

from __future__ import annotations

import random
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, NamedTuple

import pytest

from tests.services.azure.declared import told
from tfaudit.model.asset import Asset
from tfaudit.services.registry import Registry, assets
from tfaudit.sources.arm.ids import type_of
from tfaudit.sources.live.azure.bodies import Links, Thing, resource

CASES = 300
_SUBSCRIPTIONS = "microsoft.resources/subscriptions"

_S = "/subscriptions/00000000-0000-0000-0000-000000000000"
_MG = "/providers/Microsoft.Management/managementGroups/m"
_RG = f"{_S}/resourceGroups/rg"
_SITE = f"{_RG}/providers/Microsoft.Web/sites/a"
_SCOPES = (_MG, _S, _S, _RG, _SITE)
_AUTH = "Microsoft.Authorization"
_BUILT_IN = {
    # id, then what it allows and what is taken out
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": (["*"], []),
    "b24988ac-6180-42a0-ab88-20f7382dd24c": (
        ["*"],
        [f"{_AUTH}/*/Delete", f"{_AUTH}/*/Write", f"{_AUTH}/elevateAccess/Action"],
    ),
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": (["*/read"], []),
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": (["*/read", f"{_AUTH}/*", "Microsoft.Support/*"], []),
}
_ALLOWED = (
    *("*", "*/read", "*/write", "*/delete", "*/action", "Microsoft.*", "Microsoft.Compute/*"),
    *(f"{_AUTH}/*", f"{_AUTH}/roleAssignments/*", f"{_AUTH}/roleDefinitions/write", f"{_AUTH}/*/write"),
    *("Microsoft.Storage/*", "microsoft.network/*/write", "Microsoft.KeyVault/vaults/write"),
)
_DEEDS = ("microsoft.0/0/write", "microsoft.0/0/delete", "microsoft.0/0/action")
_EXAMPLES = (
    "microsoft.compute/virtualmachines/write",
    "microsoft.keyvault/vaults/write",
    "microsoft.network/networksecuritygroups/write",
    "microsoft.storage/storageaccounts/write",
    "microsoft.storage/storageaccounts/blobservices/containers/blobs/write",
)
_GIVES = (
    "microsoft.authorization/roleassignments/write",
    "microsoft.authorization/roledefinitions/write",
    "microsoft.authorization/elevateaccess/action",
)
_PEOPLE = tuple(f"{number}1111111-1111-1111-1111-111111111111" for number in range(1, 5))
_EVERYBODY = "00000000-0000-0000-0000-000000000000"

Block = tuple[list[str], list[str]]


class Given(NamedTuple):
    """An assignment."""

    who: str
    scope: str
    role: str


class Denied(NamedTuple):
    """A deny assignment."""

    scope: str
    blocks: list[Block]
    of: list[str]
    without: list[str]
    here_only: bool


class Case(NamedTuple):
    """What a subscription has: own roles by their ids, assignments and deny assignments."""

    roles: dict[str, list[Block]]
    given: list[Given]
    denied: list[Denied]


def _block(dice: random.Random) -> Block:
    allowed = dice.sample(_ALLOWED, dice.choice((1, 1, 2, 3)))
    return allowed, dice.sample(_ALLOWED, dice.choice((0, 0, 1, 2)))


@cache
def case(seed: int) -> Case:
    dice = random.Random(seed)  # noqa: S311 - nothing is secret here
    roles = {
        f"00000000-0000-0000-0000-00000000000{number}": [_block(dice) for _ in range(dice.choice((1, 1, 2)))]
        for number in range(1, 4)
    }
    named = [*roles, *_BUILT_IN]
    given = [
        Given(dice.choice(_PEOPLE), dice.choice(_SCOPES), dice.choice(named))
        for _ in range(dice.choice((1, 3, 6)))
    ]
    denied = [
        Denied(
            dice.choice(_SCOPES),
            [_block(dice) for _ in range(dice.choice((1, 2)))],
            dice.choice(([_EVERYBODY], list(dice.sample(_PEOPLE, 2)))),
            list(dice.sample(_PEOPLE, dice.choice((0, 1)))),
            dice.random() < 0.3,
        )
        for _ in range(dice.choice((0, 0, 1, 2)))
    ]
    return Case(roles, given, denied)


def _fits(pattern: str, action: str) -> bool:
    return fnmatchcase(action, pattern.lower())


def _in(blocks: list[Block], action: str) -> bool:
    return any(
        any(_fits(each, action) for each in allowed) and not any(_fits(each, action) for each in without)
        for allowed, without in blocks
    )


def _blocks(of: Case, role: str) -> list[Block]:
    return of.roles.get(role) or [_BUILT_IN[role]]


def _is_denied(of: Case, given: Given, actions: tuple[str, ...]) -> bool:
    """Whether one deny assignment denies all of the actions at all of the scope."""
    for each in of.denied:
        above = each.scope == _MG or given.scope.startswith(f"{each.scope}/")
        covers = each.scope == given.scope or (above and not each.here_only)
        named = _EVERYBODY in each.of or given.who in each.of
        if covers and named and given.who not in each.without and all(_in(each.blocks, a) for a in actions):
            return True
    return False


def everything(of: Case, given: Given) -> bool:
    """Return whether an assignment allows whatever there is, in one part or in several."""
    blocks = _blocks(of, given.role)
    one = any(
        all(any(_fits(each, deed) for each in allowed) for deed in _DEEDS)
        and not all(any(_fits(each, action) for each in without) for action in _EXAMPLES)
        for allowed, without in blocks
    )
    several = all(_in(blocks, deed) for deed in _DEEDS)
    return (one or several) and not _is_denied(of, given, _EXAMPLES)


def gives(of: Case, given: Given) -> bool:
    """Return whether an assignment lets its holder give roles."""
    return any(_in(_blocks(of, given.role), each) for each in _GIVES) and not _is_denied(of, given, _GIVES)


def owners(of: Case) -> int:
    """Return how many have all and give roles at the subscription or above it."""
    wide = [each for each in of.given if each.scope in (_MG, _S)]
    return sum(
        any(everything(of, each) for each in wide if each.who == who)
        and any(gives(of, each) for each in wide if each.who == who)
        for who in _PEOPLE
    )


def _permissions(blocks: list[Block]) -> list[dict[str, Any]]:
    return [{"actions": allowed, "notActions": without} for allowed, without in blocks]


def live(of: Case) -> list[Asset]:
    definitions = f"{_S}/providers/{_AUTH}/roleDefinitions"
    things: list[dict[str, Any]] = [{"id": _S, "name": "s", "properties": {}}]
    things += [
        {
            "id": f"{definitions}/{id_}",
            "name": id_,
            "properties": {"roleName": id_, "type": "CustomRole", "permissions": _permissions(blocks)},
        }
        for id_, blocks in of.roles.items()
    ]
    things += [
        {
            "id": f"{each.scope}/providers/{_AUTH}/roleAssignments/a{number}",
            "name": f"a{number}",
            "properties": {
                "scope": each.scope,
                "principalId": each.who,
                "principalType": "User",
                "roleDefinitionId": f"{definitions}/{each.role}",
            },
        }
        for number, each in enumerate(of.given)
    ]
    things += [
        {
            "id": f"{each.scope}/providers/{_AUTH}/denyAssignments/d{number}",
            "name": f"d{number}",
            "properties": {
                "scope": each.scope,
                "permissions": _permissions(each.blocks),
                "principals": [{"id": id_, "type": "User"} for id_ in each.of],
                "excludePrincipals": [{"id": id_, "type": "User"} for id_ in each.without],
                "doNotApplyToChildScopes": each.here_only,
            },
        }
        for number, each in enumerate(of.denied)
    ]
    asked = {
        f"{_AUTH}/{each}".lower()
        for each in ("roleAssignments", "roleDefinitions", "denyAssignments", "roleAssignmentSchedules")
    }
    seen = [
        Thing(type_of(each["id"]).lower() or _SUBSCRIPTIONS, each, "recorded", asked=asked) for each in things
    ]
    links = Links(seen, _S)
    found = assets([resource(each, links, _S, {}) for each in seen], Registry())
    return [each for each in found if isinstance(each, Asset)]


@pytest.mark.parametrize("seed", range(CASES))
def test_who_administers_and_who_owns_as_actions_say(seed: int) -> None:
    of = case(seed)
    found = live(of)
    bindings = {each.address.rpartition("/")[2]: each for each in found if each.kind == "role_binding"}
    for number, each in enumerate(of.given):
        administers = everything(of, each) or gives(of, each)
        assert told(bindings[f"a{number}"], "admin") is administers, (each, of)
    account = next(each for each in found if each.kind == "account")
    assert told(account, "owners") == owners(of), of
