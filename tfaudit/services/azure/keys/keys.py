"""Keys of Azure assets: the part of an ARM id that code can know as well.

An ARM id reads `/subscriptions/S/resourceGroups/G/providers/N/T/NAME/CHILD_T/CHILD_NAME`. Code seldom knows the
subscription, so the key is `azure:` + namespace and types, lower case, + the names, lower case since ARM ignores
case:

    azure:microsoft.storage/storageaccounts/orders             a name that is unique in all of Azure
    azure:microsoft.keyvault/vaults/keys/orders-kv/payments    the child of one
    azure:microsoft.network/virtualnetworks/rg-app/hub         unique in its group only: the group comes first

`from_id` gives the same key for an ARM id, so that live resources meet the code that declares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tfaudit.model.asset import Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.view import View

GLOBAL = frozenset(
    {
        "microsoft.storage/storageaccounts",
        "microsoft.keyvault/vaults",
        "microsoft.keyvault/managedhsms",
        "microsoft.dbforpostgresql/flexibleservers",
        "microsoft.dbforpostgresql/servers",
        "microsoft.dbformysql/flexibleservers",
        "microsoft.dbformysql/servers",
        "microsoft.dbformariadb/servers",
        "microsoft.sql/servers",
        "microsoft.cache/redis",
    }
)
"""Types whose names are unique in all of Azure, since they are DNS names."""

_SETTLE = "scan the plan or the live subscription"
_ID = re.compile(
    r"(?i)^/subscriptions/[^/]+(?:/resourcegroups/(?P<group>[^/]+))?/providers/(?P<namespace>[^/]+)/(?P<rest>[^/]+/[^/]+(?:/[^/]+/[^/]+)*)/?$"
)


def from_id(arm_id: str) -> str | None:
    """Return the key for a full ARM id; None for what is not the id of a resource below a provider."""
    found = _ID.match(arm_id.strip())
    if not found:
        return None
    steps = found["rest"].split("/")
    types = [found["namespace"], *steps[::2]]
    names = steps[1::2]
    if "/".join(types[:2]).lower() not in GLOBAL and found["group"]:
        names = [found["group"], *names]
    return _key("/".join(types), names)


def named(view: View, type_: str) -> Key:
    """Return the key of the resource of `type_` that `view` shows, from its `name` and, where needed, its group."""
    if view.dialect == "arm":
        arm_id = view.get("id")
        return (from_id(str(arm_id)) if arm_id else None) or Unresolved("its id is not known", _SETTLE)
    paths = ("name",) if type_ in GLOBAL else ("resource_group_name", "name")
    parts: list[str] = []
    for path in paths:
        part = _name(view, path)
        if isinstance(part, Unresolved):
            return part
        parts.append(part)
    return _key(type_, parts)


def below(view: View, parent: str, parent_type: str, child: str, name: str = "") -> Key:
    """Return the key of a child of the resource whose id stands at `parent`.

    `child` is the last step of its type, `keys`; `name` its name where that is not the view's own `name`.
    """
    above = parent_key(view, parent, parent_type)
    own = name or _name(view, "name")
    if isinstance(above, Unresolved):
        return above
    if isinstance(own, Unresolved):
        return own
    return inside(above, parent_type, child, own)


def inside(above: str, type_: str, child: str, name: str) -> str:
    """Return the key of the child called `name` of the resource with the key `above`."""
    return f"azure:{type_}/{child}{above.removeprefix('azure:' + type_)}/{name}".lower()


def parent_key(view: View, path: str, type_: str) -> Key:
    """Return the key of the resource of `type_` whose id, a reference or an ARM id, stands at `path`."""
    value = view.read(path).value
    if isinstance(value, Reference):
        for target in view.targets(path):
            return named(target, type_)
        return Unresolved(f"{path} leads to {value}, which is not declared here", _SETTLE)
    found = from_id(value) if isinstance(value, str) else None
    return found or Unresolved(f"{path} is {value}", _SETTLE)


def _name(view: View, path: str) -> str | Unresolved:
    value = view.read(path).value
    if isinstance(value, str) and value:
        return value
    if isinstance(value, Reference):
        for target in view.targets(path):
            name = target.get("name")
            if isinstance(name, str):
                return name
    if isinstance(value, (Reference, Unresolved)):
        return Unresolved(f"{path} is {value}", _SETTLE)
    return Unresolved(f"{path} is not set: the provider makes a name up", _SETTLE)


def _key(type_: str, names: Iterable[str]) -> str:
    return f"azure:{type_}/{'/'.join(names)}".lower()
