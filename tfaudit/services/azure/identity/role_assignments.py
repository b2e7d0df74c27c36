"""Azure role assignments, as `role_binding` assets, and custom role definitions, as `role` assets.

What an assignment gives is known from the role's name, by the id of a built-in role, or by the custom role that it
leads to. How far it reaches is known from its scope: an id, or a reference to what it is the id of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfaudit.enclosed import text_of
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
from tfaudit.services.azure.identity.guests import held_by_guest
from tfaudit.services.azure.identity.role_actions import gives_roles
from tfaudit.services.azure.identity.schedules import HELD
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

ASSIGNMENTS = ("azurerm_role_assignment", "microsoft.authorization/roleassignments")
_DEFINITIONS = ("azurerm_role_definition", "microsoft.authorization/roledefinitions")
_SETTLE = "scan the plan or the live subscription"
_ADMINISTER = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
}
_PRIVILEGED = frozenset(name.lower() for name in _ADMINISTER.values())
_BUILT_IN = {
    **_ADMINISTER,
    "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": "Storage Blob Data Reader",
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
    "00482a5a-887f-4fb3-b363-3b7fe8e74483": "Key Vault Administrator",
    "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": "Key Vault Secrets Officer",
    "e147488a-f6f5-4113-8e2d-b22465e65bf6": "Key Vault Crypto Service Encryption User",
    "14b46e9e-c2b7-41b4-b07b-48a6ebf60603": "Key Vault Crypto Officer",
    "21090545-7ca7-4776-b22c-e363652d74d2": "Key Vault Reader",
    "7f951dda-4ed3-4680-a7ca-43fe172d538d": "AcrPull",
    "8311e382-0749-4cb8-b61a-304f252e45ec": "AcrPush",
    "4d97b98b-1d4f-4787-a291-c67834d212e7": "Network Contributor",
    "9980e02c-c2be-4d73-94e8-173b1dc7cf3c": "Virtual Machine Contributor",
    "f1a07417-d97a-45cb-824c-7a7467783830": "Managed Identity Operator",
    "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
    "92aaf0da-9dab-42b6-94a3-d43ce8d16293": "Log Analytics Contributor",
    "73c42c96-874c-492b-b04d-ab87d138a893": "Log Analytics Reader",
    "17d1049b-9a84-46fb-8f53-869881c3d3ab": "Storage Account Contributor",
    "43d0d8ad-25c7-4714-9337-8ba259a9fe05": "Monitoring Reader",
    "39bc4728-0917-49c7-9d2c-d95423bc2eb4": "Security Reader",
}
"""Of the built-in roles those that administer, and the others that templates most often name by their ids."""

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
    text = _written(value.expression) if isinstance(value, Unresolved) else value
    named = _GUID.search(text) if isinstance(text, str) else None
    if named:
        return Known(_BUILT_IN.get(named[0].lower(), named[0]), role.resource, role.path)
    return role


def _written(expression: str) -> str:
    return expression if expression[:1] == "/" else text_of(expression)


def _targets(view: View) -> Iterator[View]:
    for target in view.leads_to("role"):
        yield target.spelled(ROLE_TABLE)


def _privileged(view: View) -> states.Reading:
    if _administers(raw(view, "role")):
        return Known(True, view.resource, view.word("role").path)
    role = _role(view)
    for target in _targets(view):
        if target.resource.type in _DEFINITIONS:
            return _administers_by(target)
    if not isinstance(role, Known):
        return role
    name = str(role.value).lower()
    if _GUID.fullmatch(name):
        because = f"role {name} is none of the built-in roles that administer and is not declared here"
        return Unknown(because, _SETTLE, role.resource, role.path)
    return Known(name in _PRIVILEGED, role.resource, role.path)


def _administers(value: object) -> bool:
    """Whether a role is, by the id that stands there or that a reference leads to, a built-in one that administers."""
    text = value.address if isinstance(value, Reference) else value
    named = _GUID.search(text) if isinstance(text, str) else None
    return named is not None and _BUILT_IN.get(named[0].lower(), "").lower() in _PRIVILEGED


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


def _administers_by(role: View) -> states.Reading:
    """Return whether a custom role is as good as an owner's: it allows everything, or lets its holder give roles."""
    everything = _all_actions(role)
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
_EVERYTHING = Fact(joins=_all_actions, of=("permissions",), default=Documented(False, _ROLES))
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
