"""Azure role assignments, as `role_binding` assets, and custom role definitions, as `role` assets.

What an assignment gives is known from the role's name, by the id of a built-in role, or by the custom role that it
leads to. How far it reaches is known from its scope: an id, or a reference to what it is the id of.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.view import View
from tfaudit.services.azure.identity import grants
from tfaudit.services.azure.identity.denials import DENIALS
from tfaudit.services.azure.identity.grants import OF_AZURE, ROLE_TABLE, SETTLE
from tfaudit.services.azure.identity.guests import held_by_guest
from tfaudit.services.azure.identity.role_actions import all_actions, gives_roles
from tfaudit.services.azure.identity.schedules import HELD, TEMPORARY
from tfaudit.services.azure.keys.keys import raw

READS = (
    "azurerm_role_assignment",
    "azurerm_role_definition",
    "microsoft.authorization/roleassignments",
    "microsoft.authorization/roledefinitions",
)
KINDS = ("role_binding", "role")
ARM_TYPES = ("Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions")

TABLE = grants.TABLE
IDENTITY = ("id", "name")

_ROLES = "learn.microsoft.com/azure/role-based-access-control/built-in-roles"
_OF_ENTRA = "Azure assigns roles to identities of Microsoft Entra ID only"
BINDING: Facts = {
    "admin": Fact(joins=grants.administers, of=("role_name", "role", "condition"), beside=(DENIALS,)),
    "role": Fact(joins=grants.role, of=("role_name", "role")),
    "scope": Fact(joins=grants.scope, of=("scope",)),
    "of_cluster": always(False, _ROLES),
    "subjects.guests": Fact(joins=held_by_guest, of=("principal", "principal_type")),
    "standing": HELD,
    "temporary": TEMPORARY,
    "subjects": Fact("principal"),
    "unauthenticated": always(False, _OF_ENTRA),
    "public_principal": always(False, _OF_ENTRA),
    "tags": inapplicable("an assignment has no tags"),
}
_EVERYTHING = Fact(joins=all_actions, of=("permissions",), default=Documented(False, _ROLES))
ROLE: Facts = {
    "admin": Fact(joins=grants.administers_by, of=("permissions",), default=Documented(False, _ROLES)),
    "wildcard_actions": _EVERYTHING,
    "wildcard_resources": inapplicable(
        "an Azure role names no resources: its assignments say where it holds"
    ),
    "scope": Fact(joins=grants.scope, of=("scope",)),
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
    return Unresolved(f"{path} is not set: the provider makes an id up", SETTLE)


def assets(view: View) -> Iterator[Asset]:
    """Yield the `role_binding` or the custom `role` that the resource declares."""
    if view.resource.type in grants.DEFINITIONS:
        role = view.spelled(ROLE_TABLE)
        if raw(role, "made_by") == OF_AZURE:
            return
        name = raw(role, "name")
        shown = name if isinstance(name, str) else ""
        yield asset("role", role, ROLE, _key(role, "microsoft.authorization/roledefinitions"), shown)
    elif "repeated" not in view.resource.context:
        key = _key(view, "microsoft.authorization/roleassignments")
        yield asset("role_binding", view, BINDING, key)
