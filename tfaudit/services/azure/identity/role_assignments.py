"""Azure role assignments, as `role_binding` assets, and custom role definitions, as `role` assets.

What an assignment gives is told by the role's name, by the id of a built-in role, or by the custom role that it
leads to. How far it reaches is told by its scope: an id, or a reference to what it is the id of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.azure.identity.scopes import scope_of

READS = ("azurerm_role_assignment", "azurerm_role_definition")
KINDS = ("role_binding", "role")

_SETTLE = "scan the plan or the live subscription"
_BUILT_IN = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
}
_PRIVILEGED = frozenset(name.lower() for name in _BUILT_IN.values())
_GUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_ROLES = "learn.microsoft.com/azure/role-based-access-control/built-in-roles"


def _scope(view: View) -> Any:
    reading = view.read("scope")
    told = scope_of(reading.value)
    if told is None and reading.known:
        return Reading(
            Unresolved(f"its scope {reading.value} is not one that tfaudit knows", _SETTLE),
            reading.resource,
            reading.path,
        )
    return Known(told, reading.resource, reading.path) if told else reading


def _role(view: View) -> Reading:
    """Return the role's name where it can be told, else why not."""
    name = view.read("role_definition_name")
    if not name.absent:
        return name
    role = view.read("role_definition_id")
    for target in view.targets("role_definition_id"):
        of_target = target.read("name")
        if of_target.known:
            return Reading(of_target.value, role.resource, role.path)
        guid = target.get("role_definition_id")
        return Reading(_BUILT_IN.get(str(guid).lower(), of_target.value), role.resource, role.path)
    text = role.value.expression if isinstance(role.value, Unresolved) else role.value
    found = _GUID.search(text.strip('"')) if isinstance(text, str) else None
    if found:
        return Reading(_BUILT_IN.get(found[0].lower(), found[0]), role.resource, role.path)
    return role


def _privileged(view: View) -> Any:
    role = _role(view)
    for target in view.targets("role_definition_id"):
        if target.resource.type == "azurerm_role_definition":
            return _all_actions(target)
    if not role.known:
        return role
    name = str(role.value).lower()
    if _GUID.fullmatch(name):
        why = f"role {name} is none of the built-in roles that administer and is not declared here"
        return Reading(Unresolved(why, _SETTLE), role.resource, role.path)
    return Known(name in _PRIVILEGED, role.resource, role.path)


def _actions(view: View, *names: str) -> Iterator[Reading]:
    for permissions in view.each("permissions"):
        for name in names:
            reading = permissions.read(name)
            if not reading.absent:
                yield reading


def _all_actions(view: View) -> Any:
    """Return whether a custom role allows every action."""
    unsure: Reading | None = None
    where: Reading | None = None
    for reading in _actions(view, "actions", "data_actions"):
        parts = reading.value if isinstance(reading.value, list) else [reading.value]
        if any(part in ("*", "*/*") for part in parts):
            return Known(True, reading.resource, reading.path)
        if any(isinstance(part, (Unresolved, Reference)) for part in parts):
            part = next(part for part in parts if isinstance(part, (Unresolved, Reference)))
            unsure = Reading(part, reading.resource, reading.path)
        where = where or reading
    if unsure is not None:
        return unsure
    return Known(False, where.resource, where.path) if where else ABSENT


BINDING = {
    "admin": Fact(terraform=_privileged),
    "role": Fact(terraform=_role),
    "scope": Fact(terraform=_scope),
    "of_cluster": Fact(always=Documented(False, _ROLES)),
    "subjects": Fact(terraform="principal_id"),
    "unauthenticated": Fact(
        always=Documented(False, "Azure assigns roles to identities of Microsoft Entra ID only")
    ),
    "public_principal": Fact(
        always=Documented(False, "Azure assigns roles to identities of Microsoft Entra ID only")
    ),
    "cross_account": Fact(not_applicable="whose identity it is, code does not tell"),
    "wildcard_actions": Fact(not_applicable="its role is judged"),
    "wildcard_resources": Fact(not_applicable="its scope is judged"),
    "deletion_protection": Fact(not_applicable="an assignment holds no data"),
    "tags": Fact(not_applicable="an assignment has no tags"),
}
ROLE = {
    "admin": Fact(terraform=_all_actions, default=Documented(False, _ROLES)),
    "wildcard_actions": Fact(terraform=_all_actions, default=Documented(False, _ROLES)),
    "wildcard_resources": Fact(
        not_applicable="an Azure role names no resources: its assignments say where it holds"
    ),
    "scope": Fact(terraform=_scope),
    "escalation_paths": Fact(not_applicable="they are ways through IAM of AWS"),
    "escalates": Fact(not_applicable="it speaks of roles of a cluster"),
    "reads_secrets": Fact(not_applicable="it speaks of roles of a cluster"),
    "public_principal": Fact(not_applicable="a role names nobody: its assignments do"),
    "cross_account": Fact(not_applicable="a role names nobody: its assignments do"),
    "deletion_protection": Fact(not_applicable="a role holds no data"),
    "tags": Fact(not_applicable="a role has no tags"),
}


def _key(view: View, path: str, type_: str) -> Key:
    name = view.read(path).value
    if isinstance(name, str):
        return f"azure:{type_}/{name}".lower()
    return Unresolved(f"{path} is not set: the provider makes an id up", _SETTLE)


def assets(view: View) -> Iterator[Asset]:
    """Yield the `role_binding` or the `role` that the resource declares."""
    if view.resource.type == "azurerm_role_definition":
        key = _key(view, "role_definition_id", "microsoft.authorization/roledefinitions")
        yield asset("role", view, ROLE, key, str(view.get("name") or ""))
    else:
        yield asset(
            "role_binding", view, BINDING, _key(view, "name", "microsoft.authorization/roleassignments")
        )
