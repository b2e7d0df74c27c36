"""Ids of ARM as texts: what is not known of one stands in it as an expression, `${resourceGroup().name}`.

A deployment fills in its subscription and its resource group, which a template does not know. Within one deployment
they are the same wherever they stand, so that two ids of the same text name the same resource.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

SUBSCRIPTION = "${subscription().subscriptionId}"
GROUP = "${resourceGroup().name}"
MANAGEMENT_GROUP = "${managementGroup().name}"
TENANT = "${tenant().tenantId}"


class Scope(Struct, frozen=True):
    """Where a deployment puts what it declares: `kind` is group, subscription, management_group or tenant."""

    kind: str = "group"
    subscription: str = SUBSCRIPTION
    group: str = GROUP
    management_group: str = MANAGEMENT_GROUP

    @property
    def id(self) -> str:
        """Return the id of the scope, "" for the tenant."""
        match self.kind:
            case "group":
                return f"/subscriptions/{self.subscription}/resourceGroups/{self.group}"
            case "subscription":
                return f"/subscriptions/{self.subscription}"
            case "management_group":
                return f"/providers/Microsoft.Management/managementGroups/{self.management_group}"
            case _:
                return ""

    def of_kind(self, kind: str) -> Scope:
        """Return a scope of another kind in the same place."""
        return Scope(kind, self.subscription, self.group, self.management_group)


@lru_cache(maxsize=32_768)  # the same few ids are asked for by whatever stands below them
def parts(text: str) -> tuple[str, ...]:
    """Return the segments of a path; a slash inside of an expression parts nothing."""
    if "${" not in text:
        return tuple(text.split("/"))
    found: list[str] = []
    depth = 0
    for piece in text.split("/"):
        if depth:
            found[-1] = f"{found[-1]}/{piece}"
        else:
            found.append(piece)
        if "{" in piece or "}" in piece:
            depth = max(depth + piece.count("{") - piece.count("}"), 0)
    return tuple(found)


def resource_id(scope: str, type_: str, names: Sequence[str]) -> str:
    """Return the id of a resource of `type_` at a scope's id; names beyond its segments are left out."""
    namespace, *types = type_.split("/")
    if type_.lower() == "microsoft.resources/resourcegroups":
        return f"{scope}/resourceGroups/{names[0]}"
    if type_.lower() == "microsoft.resources/subscriptions":
        return f"/subscriptions/{names[0]}"
    below = "".join(f"/{one}/{name}" for one, name in zip(types, names, strict=False))
    return f"{scope}/providers/{namespace}{below}"


def above(id_: str) -> str:
    """Return the id of what a resource is a child of, or, of one that is none, the scope at which it stands."""
    steps = parts(id_)
    at = _provider(steps)
    if at < 0:
        return "/".join(steps[:-2])
    return "/".join(steps[:-2]) if len(steps) - at > 4 else "/".join(steps[:at])


def is_child(id_: str) -> bool:
    """Whether an id is that of a child, `…/servers/s/databases/d`."""
    steps = parts(id_)
    at = _provider(steps)
    return at >= 0 and len(steps) - at > 4


def type_of(id_: str) -> str:
    """Return the type of the resource with an id, `Microsoft.Sql/servers/databases`; "" for none."""
    steps = parts(id_)
    at = _provider(steps)
    if at < 0:
        return ""
    return "/".join([steps[at + 1], *steps[at + 2 :: 2]])


def _provider(steps: Sequence[str]) -> int:
    """Return where the last `providers` stands in the segments of an id; -1 for nowhere."""
    for at in range(len(steps) - 1, -1, -1):
        if steps[at].lower() == "providers":
            return at
    return -1


def scope_of(id_: str) -> Scope | None:
    """Return the scope that an id is that of; None for that of a resource."""
    steps = [each for each in parts(id_) if each]
    lower = [each.lower() for each in steps]
    if not steps:
        return Scope("tenant")
    if lower[0] == "subscriptions" and len(steps) == 2:
        return Scope("subscription", steps[1])
    if lower[0] == "subscriptions" and len(steps) == 4 and lower[2] == "resourcegroups":
        return Scope("group", steps[1], steps[3])
    if lower[:3] == ["providers", "microsoft.management", "managementgroups"] and len(steps) == 4:
        return Scope("management_group", management_group=steps[3])
    return None
