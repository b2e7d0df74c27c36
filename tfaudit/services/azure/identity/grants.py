"""What a role assignment of Azure gives: which role, what that comes to, and over how much.

The role is known by its name, by the id of a built-in one, or by the definition that it leads to. A condition on an
assignment takes nothing from what a role may do but the giving of roles: of that it says which may be given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer, Unknown
from tfaudit.reading.view import View
from tfaudit.services.azure.identity import built_in_roles
from tfaudit.services.azure.identity.built_in_roles import ALL, ALL_BUT_ROLES, GIVES_ROLES, ON_A_CONDITION
from tfaudit.services.azure.identity.denials import left
from tfaudit.services.azure.identity.role_actions import all_actions, gives_roles
from tfaudit.services.azure.identity.role_conditions import limits
from tfaudit.services.azure.identity.scopes import scope_of, written_id
from tfaudit.services.azure.keys.keys import raw

ARM_TYPES = ("Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions")
ASSIGNMENTS = ("azurerm_role_assignment", "microsoft.authorization/roleassignments")
DEFINITIONS = ("azurerm_role_definition", "microsoft.authorization/roledefinitions")
SETTLE = "scan the plan or the live subscription"
OF_AZURE = "BuiltInRole"
"""What Azure says of a role that it has made itself: its assignments are judged, and it is not."""

_GUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")

TABLE: Spelling = {
    # word of an assignment, then its path in Terraform and in ARM
    "id": azure("name", "name"),
    "scope": azure("scope", ("properties.scope", "scope")),
    "role_name": azure("role_definition_name", NOTHING),
    "role": azure("role_definition_id", "properties.roleDefinitionId"),
    "condition": azure("condition", "properties.condition"),
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
            "condition": azure(NOTHING, "condition"),
        },
    ),
}


def scope(view: View) -> states.Reading:
    """Return how far an assignment, or a role, reaches."""
    reading, value = view.word("scope"), raw(view, "scope")
    found = scope_of(value, view.inventory)
    if found:
        return Known(found, reading.resource, reading.path)
    if isinstance(reading, Known):
        because = f"its scope {value} is not one that tfaudit knows"
        return Unknown(because, SETTLE, reading.resource, reading.path)
    return reading


def role(view: View) -> states.Reading:
    """Return the role's name where it is known, else why not."""
    name = view.word("role_name")
    if isinstance(name, Pointer):
        for target in view.leads_to("role_name"):
            stated = target.spelled(ROLE_TABLE).word("name")
            if isinstance(stated, Known):
                return Known(stated.value, name.resource, name.path)
    if not isinstance(name, Absent):
        return name
    reading, value = view.word("role"), raw(view, "role")
    for target in view.leads_to("role"):
        definition = target.spelled(ROLE_TABLE)
        of_target = definition.word("name")
        if isinstance(of_target, Known):
            return Known(of_target.value, reading.resource, reading.path)
        found = built_in_roles.name_of(str(raw(definition, "id"))) or raw(definition, "name")
        return states.state(found, reading.resource, reading.path)
    if id_ := _id(value):
        return Known(built_in_roles.name_of(id_) or id_, reading.resource, reading.path)
    return reading


def _id(value: object) -> str:
    """Return the id of a role that stands at the end of a text, or of an expression or a reference; "" for none."""
    if isinstance(value, Reference):
        text: object = value.address
    else:
        text = written_id(value.expression) if isinstance(value, Unresolved) else value
    found = _GUID.search(text) if isinstance(text, str) else None
    return found[0] if found else ""


def _led_to(view: View) -> Iterator[View]:
    """Yield the definition that stands here and that an assignment points at."""
    for word in ("role", "role_name"):
        for target in view.leads_to(word):
            if target.resource.type in DEFINITIONS:
                yield target.spelled(ROLE_TABLE)


def _called(view: View, name: str) -> Iterator[View]:
    """Yield the definitions here that have this name, or this id."""
    for resource in view.inventory.of_type(*DEFINITIONS):
        definition = View(resource, view.inventory, table=ROLE_TABLE)
        if name.lower() in (str(raw(definition, "name")).lower(), str(raw(definition, "id")).lower()):
            yield definition


def _gives(view: View) -> tuple[states.Reading, states.Reading]:
    """Return whether the role of an assignment allows everything, and whether it lets its holder give roles."""
    for target in _led_to(view):
        if raw(target, "made_by") != OF_AZURE:
            return all_actions(target), gives_roles(target)
    named = role(view)
    where = named if isinstance(named, Known) else view.word("role")
    name = str(named.value) if isinstance(named, Known) else ""
    name = built_in_roles.name_of(_id(raw(view, "role"))) or name
    comes_to = built_in_roles.may(name)
    if comes_to is not None:
        return _of_built_in(comes_to, Known(name, where.resource, where.path))
    if not isinstance(named, Known):
        return named, named
    for target in (*_led_to(view), *_called(view, name)):
        return all_actions(target), gives_roles(target)
    because = f"role {name} is none of the built-in roles that tfaudit knows, and is not declared here"
    unknown = Unknown(because, SETTLE, named.resource, named.path)
    return unknown, unknown


def _of_built_in(comes_to: str, named: Known) -> tuple[states.Reading, states.Reading]:
    everything = Known(comes_to in (ALL, ALL_BUT_ROLES), named.resource, named.path)
    if comes_to == ON_A_CONDITION:
        because = f"the role {named.value} gives other roles, on a condition"
        return everything, Unknown(because, "look at who uses it", named.resource, named.path)
    return everything, Known(comes_to in (ALL, GIVES_ROLES), named.resource, named.path)


def _unlimited(view: View, gives: states.Reading) -> states.Reading:
    """Return whether an assignment lets its holder give roles that administer, where its role lets him give any."""
    if isinstance(gives, Known) and not gives.value:
        return gives
    condition = view.word("condition")
    match limits(condition):
        case True:
            return gives
        case False:
            return Known(False, view.resource, condition.path)
        case Unresolved(because=because, settle_with=settle_with):
            return Unknown(because, settle_with, view.resource, condition.path)


def administers(view: View) -> states.Reading:
    """Return whether an assignment makes an administrator: of everything, or of who may do what."""
    return either(*parts(view))


def parts(view: View) -> tuple[states.Reading, states.Reading]:
    """Return the two halves of an owner: whether an assignment allows everything, and whether it gives any role."""
    everything, gives = _gives(view)
    return left(view, (everything, _unlimited(view, gives)))


def administers_by(definition: View) -> states.Reading:
    """Return whether a custom role is as good as an owner's: it allows everything, or lets its holder give roles."""
    return either(all_actions(definition), gives_roles(definition))


def either(first: states.Reading, second: states.Reading) -> states.Reading:
    """Return the reading that is true, else the one that is not known, else the last."""
    for each in (first, second):
        if isinstance(each, Known) and each.value is True:
            return each
    return first if isinstance(first, Unknown) else second
