"""Azure role assignments, as `role_binding` assets, and custom role definitions, as `role` assets.

What an assignment gives is known from the role's name, by the id of a built-in role, or by the custom role that it
leads to. How far it reaches is known from its scope: an id, or a reference to what it is the id of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import raw

READS = (
    "azurerm_role_assignment",
    "azurerm_role_definition",
    "microsoft.authorization/roleassignments",
    "microsoft.authorization/roledefinitions",
)
KINDS = ("role_binding", "role")
ARM_TYPES = ("Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions")

_DEFINITIONS = ("azurerm_role_definition", "microsoft.authorization/roledefinitions")
_SETTLE = "scan the plan or the live subscription"
_BUILT_IN = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
}
_PRIVILEGED = frozenset(name.lower() for name in _BUILT_IN.values())
_OF_AZURE = "BuiltInRole"
"""What Azure says of a role that it has made itself: its assignments are judged, and it is not."""

_GUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
_ROLES = "learn.microsoft.com/azure/role-based-access-control/built-in-roles"


TABLE: Spelling = {
    # word of an assignment, then its path in Terraform and in ARM
    "id": azure("name", "name"),
    "scope": azure("scope", ("properties.scope", "scope")),
    "role_name": azure("role_definition_name", NOTHING),
    "role": azure("role_definition_id", "properties.roleDefinitionId"),
    "principal": azure("principal_id", "properties.principalId"),
}
ROLE_TABLE: Spelling = {
    # word of a role, then its path in Terraform and in ARM
    "id": azure("role_definition_id", "name"),
    "name": azure("name", "properties.roleName"),
    "made_by": azure(NOTHING, "properties.type"),
    "scope": azure("scope", "properties.assignableScopes.0"),
    "permissions": azure(
        "permissions",
        "properties.permissions",
        rows={
            "actions": azure("actions", "actions"),
            "data_actions": azure("data_actions", "dataActions"),
        },
    ),
}
IDENTITY = ("id", "name")


def _scope(view: View) -> states.Reading:
    reading, value = view.word("scope"), raw(view, "scope")
    scope = scope_of(value, view.inventory)
    if scope:
        return Known(scope, reading.resource, reading.path)
    if isinstance(reading, Known):
        because = f"its scope {value} is not one that tfaudit knows"
        return Unknown(because, _SETTLE, reading.resource, reading.path)
    return reading


def _role(view: View) -> states.Reading:
    """Return the role's name where it is known, else why not."""
    name = view.word("role_name")
    if not isinstance(name, Absent):
        return name
    role, value = view.word("role"), raw(view, "role")
    for target in _targets(view):
        of_target = target.word("name")
        if isinstance(of_target, Known):
            return Known(of_target.value, role.resource, role.path)
        guid = raw(target, "id")
        found = _BUILT_IN.get(str(guid).lower(), raw(target, "name"))
        return states.state(found, role.resource, role.path)
    text = value.expression if isinstance(value, Unresolved) else value
    named = _GUID.search(text.strip('"')) if isinstance(text, str) else None
    if named:
        return Known(_BUILT_IN.get(named[0].lower(), named[0]), role.resource, role.path)
    return role


def _targets(view: View) -> Iterator[View]:
    for target in view.leads_to("role"):
        yield target.spelled(ROLE_TABLE)


def _privileged(view: View) -> states.Reading:
    if _is_built_in(raw(view, "role")):
        return Known(True, view.resource, view.word("role").path)
    role = _role(view)
    for target in _targets(view):
        if target.resource.type in _DEFINITIONS:
            return _all_actions(target)
    if not isinstance(role, Known):
        return role
    name = str(role.value).lower()
    if _GUID.fullmatch(name):
        because = f"role {name} is none of the built-in roles that administer and is not declared here"
        return Unknown(because, _SETTLE, role.resource, role.path)
    return Known(name in _PRIVILEGED, role.resource, role.path)


def _is_built_in(value: object) -> bool:
    """Whether a role is, by the id that stands there or that a reference leads to, one of those that administer."""
    text = value.address if isinstance(value, Reference) else value
    named = _GUID.search(text) if isinstance(text, str) else None
    return named is not None and named[0].lower() in _BUILT_IN


def _actions(view: View) -> Iterator[states.Reading]:
    for permissions in elements(view, "permissions"):
        for word in ("actions", "data_actions"):
            reading = permissions.word(word)
            if not isinstance(reading, Absent):
                yield reading


def _all_actions(view: View) -> states.Reading:
    """Return whether a custom role allows every action."""
    unsure: states.Reading | None = None
    where: states.Reading | None = None
    for reading in _actions(view):
        where = where or reading
        if not isinstance(reading, Known):
            unsure = reading
            continue
        parts = reading.value if isinstance(reading.value, list) else [reading.value]
        if any(part in ("*", "*/*") for part in parts):
            return Known(True, reading.resource, reading.path)
        for part in parts:
            if isinstance(part, (Unresolved, Reference)):
                unsure = states.state(part, reading.resource, reading.path)
                break
    if unsure is not None:
        return unsure
    return Known(False, where.resource, where.path) if where else Absent(view.resource, view.base)


_OF_ENTRA = "Azure assigns roles to identities of Microsoft Entra ID only"
BINDING: Facts = {
    "admin": Fact(joins=_privileged, of=("role_name", "role")),
    "role": Fact(joins=_role, of=("role_name", "role")),
    "scope": Fact(joins=_scope, of=("scope",)),
    "of_cluster": always(False, _ROLES),
    "subjects": Fact("principal"),
    "unauthenticated": always(False, _OF_ENTRA),
    "public_principal": always(False, _OF_ENTRA),
    "cross_account": inapplicable("whose identity it is, code does not tell"),
    "wildcard_actions": inapplicable("its role is judged"),
    "wildcard_resources": inapplicable("its scope is judged"),
    "deletion_protection": inapplicable("an assignment holds no data"),
    "tags": inapplicable("an assignment has no tags"),
}
_EVERYTHING = Fact(joins=_all_actions, of=("permissions",), default=Documented(False, _ROLES))
ROLE: Facts = {
    "admin": _EVERYTHING,
    "wildcard_actions": _EVERYTHING,
    "wildcard_resources": inapplicable(
        "an Azure role names no resources: its assignments say where it holds"
    ),
    "scope": Fact(joins=_scope, of=("scope",)),
    "escalation_paths": inapplicable("they are ways through IAM of AWS"),
    "escalates": inapplicable("it speaks of roles of a cluster"),
    "reads_secrets": inapplicable("it speaks of roles of a cluster"),
    "public_principal": inapplicable("a role names nobody: its assignments do"),
    "cross_account": inapplicable("a role names nobody: its assignments do"),
    "deletion_protection": inapplicable("a role holds no data"),
    "tags": inapplicable("a role has no tags"),
}


def _key(view: View, type_: str) -> Key:
    name = raw(view, "id")
    if isinstance(name, str):
        return f"azure:{type_}/{name}".lower()
    path = next(iter(view.table["id"].paths(view.resource.dialect)))
    return Unresolved(f"{path} is not set: the provider makes an id up", _SETTLE)


def assets(view: View) -> Iterator[Asset]:
    """Yield the `role_binding` or the custom `role` that the resource declares."""
    if view.resource.type in _DEFINITIONS:
        role = view.spelled(ROLE_TABLE)
        if raw(role, "made_by") == _OF_AZURE:
            return
        name = raw(role, "name")
        shown = name if isinstance(name, str) else ""
        yield asset("role", role, ROLE, _key(role, "microsoft.authorization/roledefinitions"), shown)
    else:
        key = _key(view, "microsoft.authorization/roleassignments")
        yield asset("role_binding", view, BINDING, key)
