"""The custom role that a live scan needs: types in, the actions of Azure's role-based access out, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tfaudit.sources.live.azure.collect import Plan
from tfaudit.sources.live.azure.graph import ACTION
from tfaudit.sources.live.azure.types import RESTS

if TYPE_CHECKING:
    from tfaudit.services.needs_azure import Needs

ALWAYS = (ACTION, "Microsoft.Authorization/permissions/read", "Microsoft.Resources/subscriptions/read")
"""What finding the subscriptions takes, asking the graph, and knowing whether it shows everything."""

_GROUPS = (
    "Microsoft.Management/managementGroups/read",
    "Microsoft.Management/managementGroups/descendants/read",
)
_VERSIONS = "Microsoft.Resources/subscriptions/providers/read"
_ANY = "/subscriptions/00000000-0000-0000-0000-000000000000"


def actions(needs: Needs, *, groups: bool = False) -> list[str]:
    """Return every action that looking at `needs` takes, sorted; with `groups`, at management groups as well."""
    found = set(ALWAYS)
    for each in Plan.of(needs).ways.values():
        if each.key in RESTS:
            found.add(RESTS[each.key].action)
        if each.how == "inside":
            continue
        found.add(each.action)
        if each.how != "graph" and not each.api:
            found.add(_VERSIONS)
    return sorted(found | set(_GROUPS) if groups else found)


def custom_role(needs: Needs, scopes: Sequence[str]) -> dict[str, Any]:
    """Return a role definition for `az role definition create`, assignable at `scopes` (none: at an empty one)."""
    of_group = any("/managementgroups/" in each.lower() for each in scopes)
    return {
        "Name": "tfaudit read",
        "IsCustom": True,
        "Description": "What tfaudit reads of a subscription, and nothing else.",
        "Actions": actions(needs, groups=of_group),
        "NotActions": [],
        "DataActions": [],
        "NotDataActions": [],
        "AssignableScopes": list(scopes) or [_ANY],
    }
