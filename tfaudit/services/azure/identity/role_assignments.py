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
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.identity.built_in_roles import BUILT_IN, KNOWN, PRIVILEGED
from tfaudit.services.azure.identity.guests import held_by_guest
from tfaudit.services.azure.identity.role_actions import all_actions, gives_roles
from tfaudit.services.azure.identity.schedules import HELD
from tfaudit.services.azure.identity.scopes import scope_of, written_id
from tfaudit.services.azure.keys.keys import raw

READS = (
    "azurerm_role_assignment",
    "azurerm_role_definition",
    "microsoft.authorization/roleassignments",
    "microsoft.authorization/roledefinitions",
)
KINDS = ("role_binding", "role")
ARM_TYPES = ("Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions")

ASSIGNMENTS = ("azurerm_role_assignment", "microsoft.authorization/roleassignments")
_DEFINITIONS = ("azurerm_role_definition", "microsoft.authorization/roledefinitions")
_SETTLE = "scan the plan or the live subscription"
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
    "principal_type": azure("principal_type", "properties.principalType"),
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
            "not_actions": azure("not_actions", "notActions"),
            "data_actions": azure("data_actions", "dataActions"),
            "not_data_actions": azure("not_data_actions", "notDataActions"),
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
    if isinstance(name, Pointer):
        for target in view.leads_to("role_name"):
            stated = target.spelled(ROLE_TABLE).word("name")
            if isinstance(stated, Known):
                return Known(stated.value, name.resource, name.path)
    if not isinstance(name, Absent):
        return name
    role, value = view.word("role"), raw(view, "role")
    for target in view.leads_to("role"):
        definition = target.spelled(ROLE_TABLE)
        of_target = definition.word("name")
        if isinstance(of_target, Known):
            return Known(of_target.value, role.resource, role.path)
        guid = raw(definition, "id")
        found = BUILT_IN.get(str(guid).lower(), raw(definition, "name"))
        return states.state(found, role.resource, role.path)
    text = written_id(value.expression) if isinstance(value, Unresolved) else value
    named = _GUID.search(text) if isinstance(text, str) else None
    if named:
        return Known(BUILT_IN.get(named[0].lower(), named[0]), role.resource, role.path)
    return role


def _definitions(view: View) -> Iterator[View]:
    """Yield the custom role that an assignment leads to, or names as one that is declared here."""
    for word in ("role", "role_name"):
        for target in view.leads_to(word):
            if target.resource.type in _DEFINITIONS:
                yield target.spelled(ROLE_TABLE)
    role = _role(view)
    wanted = str(role.value).lower() if isinstance(role, Known) else ""
    for resource in view.inventory.of_type(*_DEFINITIONS) if wanted and wanted not in KNOWN else ():
        definition = View(resource, view.inventory, table=ROLE_TABLE)
        if wanted in (str(raw(definition, "name")).lower(), str(raw(definition, "id")).lower()):
            yield definition


def _privileged(view: View) -> states.Reading:
    if _administers(raw(view, "role")):
        return Known(True, view.resource, view.word("role").path)
    role = _role(view)
    for target in _definitions(view):
        if raw(target, "made_by") != _OF_AZURE:
            return _administers_by(target)
    if not isinstance(role, Known):
        return role
    name = str(role.value).lower()
    if name not in KNOWN:
        because = (
            f"role {role.value} is none of the built-in roles that tfaudit knows, and is not declared here"
        )
        return Unknown(because, _SETTLE, role.resource, role.path)
    return Known(name in PRIVILEGED, role.resource, role.path)


def owns(view: View) -> states.Reading:
    """Return whether an assignment makes an owner: by that role, or by a custom one that allows as much."""
    role = _role(view)
    if isinstance(role, Known) and str(role.value).lower() in KNOWN:
        return Known(str(role.value).lower() == "owner", role.resource, role.path)
    for target in _definitions(view):
        everything, gives = all_actions(target), gives_roles(target)
        answers = [each.value if isinstance(each, Known) else None for each in (everything, gives)]
        if False in answers:
            return Known(False, role.resource, role.path)
        return next((each for each in (everything, gives) if isinstance(each, Unknown)), everything)
    return role if isinstance(role, Unknown) else Known(False, role.resource, role.path)


def _administers(value: object) -> bool:
    """Whether a role is, by the id that stands there or that a reference leads to, a built-in one that administers."""
    text = value.address if isinstance(value, Reference) else value
    named = _GUID.search(text) if isinstance(text, str) else None
    return named is not None and BUILT_IN.get(named[0].lower(), "").lower() in PRIVILEGED


def _administers_by(role: View) -> states.Reading:
    """Return whether a custom role is as good as an owner's: it allows everything, or lets its holder give roles."""
    everything = all_actions(role)
    if isinstance(everything, Known) and everything.value is True:
        return everything
    gives = gives_roles(role)
    if isinstance(gives, Known) and gives.value is True:
        return gives
    return everything if isinstance(everything, Unknown) else gives


_OF_ENTRA = "Azure assigns roles to identities of Microsoft Entra ID only"
BINDING: Facts = {
    "admin": Fact(joins=_privileged, of=("role_name", "role")),
    "role": Fact(joins=_role, of=("role_name", "role")),
    "scope": Fact(joins=_scope, of=("scope",)),
    "of_cluster": always(False, _ROLES),
    "subjects.guests": Fact(joins=held_by_guest, of=("principal", "principal_type")),
    "standing": HELD,
    "subjects": Fact("principal"),
    "unauthenticated": always(False, _OF_ENTRA),
    "public_principal": always(False, _OF_ENTRA),
    "tags": inapplicable("an assignment has no tags"),
}
_EVERYTHING = Fact(joins=all_actions, of=("permissions",), default=Documented(False, _ROLES))
ROLE: Facts = {
    "admin": Fact(joins=_administers_by, of=("permissions",), default=Documented(False, _ROLES)),
    "wildcard_actions": _EVERYTHING,
    "wildcard_resources": inapplicable(
        "an Azure role names no resources: its assignments say where it holds"
    ),
    "scope": Fact(joins=_scope, of=("scope",)),
    "escalation_paths": inapplicable("they are ways through IAM of AWS"),
    "escalates": Fact(joins=gives_roles, of=("permissions",), default=Documented(False, _ROLES)),
    "reads_secrets": inapplicable("it speaks of roles of a cluster"),
    "starts_pods": inapplicable("it speaks of roles of a cluster"),
    "trusted_accounts": inapplicable("a role of Azure is given by assignments, and trusts nobody"),
    "public_principal": inapplicable("a role names nobody: its assignments do"),
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
    elif "repeated" not in view.resource.context:
        key = _key(view, "microsoft.authorization/roleassignments")
        yield asset("role_binding", view, BINDING, key)
