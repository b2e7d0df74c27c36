"""Azure Policy as `policy_assignment` assets: assignments, the definitions and sets that they assign, and blueprints.

An assignment that is not enforced reports what breaks its rule and denies nothing. A definition's effect is
judged where it is not left to the assignment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.model.vocabulary.types import SettingType
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Unknown
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.security.statements import more, statements

ASSIGNMENTS = (
    "azurerm_subscription_policy_assignment",
    "azurerm_resource_group_policy_assignment",
    "azurerm_management_group_policy_assignment",
    "azurerm_resource_policy_assignment",
    "azurerm_policy_assignment",
    "microsoft.authorization/policyassignments",
)
READS = (
    "azurerm_subscription_policy_assignment",
    "azurerm_resource_group_policy_assignment",
    "azurerm_management_group_policy_assignment",
    "azurerm_resource_policy_assignment",
    "azurerm_policy_assignment",
    "azurerm_policy_definition",
    "azurerm_policy_set_definition",
    "azurerm_management_group_policy_set_definition",
    "azurerm_blueprint_assignment",
    "microsoft.authorization/policyassignments",
    "microsoft.authorization/policydefinitions",
    "microsoft.authorization/policysetdefinitions",
)
DECLARED = ("microsoft.authorization/policydefinitions", "microsoft.authorization/policysetdefinitions")
"""Thousands of them are Azure's own: a live scan looks at what is assigned."""
KINDS = ("policy_assignment",)
ARM_TYPES = (
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Authorization/policyDefinitions",
    "Microsoft.Authorization/policySetDefinitions",
)

_MODES = "learn.microsoft.com/azure/governance/policy/concepts/assignment-structure"
_EFFECTS = "learn.microsoft.com/azure/governance/policy/concepts/effect-basics"
_LOCKS = "learn.microsoft.com/azure/governance/blueprints/concepts/resource-locking"
_BASELINE = "1f3afdf9-d0c9-4c3d-847f-89da613e70a8"
"""The built-in set that is Microsoft's cloud security benchmark."""

_OF_TYPE = {
    "azurerm_subscription_policy_assignment": "subscription",
    "azurerm_resource_group_policy_assignment": "resource_group",
    "azurerm_management_group_policy_assignment": "management_group",
    "azurerm_resource_policy_assignment": "resource",
}
_TEXT: SettingType = "str"
_SETTLE = "scan the plan or the live subscription"

TABLE: Spelling = {
    # word, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "scope": azure("scope", ("properties.scope", "scope")),
    "enforce": azure(("enforce", "enforcement_mode"), "properties.enforcementMode"),
    "definition": azure("policy_definition_id", "properties.policyDefinitionId"),
    "rule": azure("policy_rule", "properties.policyRule"),
    "lock": azure("lock_mode", NOTHING),
}
IDENTITY = ("name", "scope")


def _enforced(enforce: Any) -> bool | None:
    """Return whether an assignment denies: a switch in Terraform, a mode in ARM."""
    if enforce is None:
        return None
    switch = as_bool(enforce)
    return lower(enforce) != "donotenforce" if switch is None else switch


def _has_effect(rule: Any) -> Any:
    """Return whether a definition does anything; its rule is an object, in Terraform one as JSON."""
    if isinstance(rule, str):
        try:
            rule = json.loads(rule)
        except ValueError:
            return Inapplicable("its rule is no JSON")
    then = rule.get("then") if isinstance(rule, dict) else None
    effect = then.get("effect") if isinstance(then, dict) else None
    if effect is None or str(effect).startswith("["):
        return Inapplicable("its effect is chosen where it is assigned")
    return lower(effect) != "disabled"


def _locks(lock: Any) -> bool | None:
    return None if lock is None else lower(lock) != "none"


def _scope(view: View) -> states.Reading:
    own = _OF_TYPE.get(view.resource.type)
    if own is not None:
        return Known(own, view.resource, ())
    reading = view.word("scope")
    scope = scope_of(raw(view, "scope"), view.inventory)
    if scope is not None:
        return Known(scope, reading.resource, reading.path)
    if isinstance(reading, Known):
        return Unknown(f"its scope {reading.value} is not one that tfaudit knows", _SETTLE, view.resource, ())
    return reading


ASSIGNMENT: Facts = {
    "enforced": Fact(_enforced, of=("enforce",), default=Documented(True, _MODES)),
    "scope": Fact(joins=_scope, of=("scope",), default=Documented("resource_group", _MODES)),
}
DEFINITION: Facts = {
    "enforced": Fact(_has_effect, of=("rule",), default=Documented(True, _EFFECTS)),
    "scope": inapplicable("it holds where it is assigned"),
}
SET: Facts = {
    "enforced": inapplicable("its assignments are judged"),
    "scope": inapplicable("it holds where it is assigned"),
}
BLUEPRINT: Facts = {
    "enforced": Fact(_locks, of=("lock",), default=Documented(False, _LOCKS)),
    "scope": inapplicable("it is assigned to a subscription"),
}


def _facts(type_: str) -> Facts:
    if type_ in ASSIGNMENTS:
        return ASSIGNMENT
    if type_ == "azurerm_blueprint_assignment":
        return BLUEPRINT
    return SET if "policyset" in type_.replace("_", "") else DEFINITION


def _is_baseline(view: View) -> bool | Unresolved:
    definition = raw(view, "definition")
    if isinstance(definition, Unresolved):
        return definition
    return str(definition).lower().rstrip("/").endswith(_BASELINE)


def _watched(view: View) -> states.Reading:
    """Return whether the benchmark's set is assigned to a subscription, or above it, and enforced."""
    found = statements(view, ASSIGNMENTS, TABLE, "policy assignments")
    unsure = more(found)
    off: Known | None = None
    for each in found.views:
        scope = ASSIGNMENT["scope"].read(each, _TEXT)
        is_one = _is_baseline(each)
        if getattr(scope, "value", "") in ("resource_group", "resource") or is_one is False:
            continue
        enforced = ASSIGNMENT["enforced"].read(each, "bool")
        if isinstance(scope, Unknown):
            unsure = unsure or scope
        elif isinstance(is_one, Unresolved):
            unsure = unsure or Unknown(is_one.because, is_one.settle_with, each.resource, ())
        elif isinstance(enforced, Unknown):
            unsure = enforced
        elif getattr(enforced, "value", None) is True:
            return Known(True, each.resource, ())
        else:
            off = Known(False, each.resource, each.word("enforce").path)
    return off or unsure or Known(False, view.resource, ())


BASELINE_ASSIGNED = Fact(joins=_watched, beside=ASSIGNMENTS)
"""Whether the provider holds the subscription's settings against its own security benchmark."""


def _key(view: View) -> Key:
    name = raw(view, "name")
    if not isinstance(name, str):
        return Unresolved(f"its name is {name}", _SETTLE)
    type_ = view.resource.type
    if type_.startswith("azurerm_"):
        facts = _facts(type_)
        type_ = "microsoft.authorization/policyassignments"
        if facts is BLUEPRINT:
            type_ = "microsoft.blueprint/blueprintassignments"
        elif facts is not ASSIGNMENT:
            type_ = f"microsoft.authorization/policy{'set' if facts is SET else ''}definitions"
    return f"azure:{type_}/{name}".lower()


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `policy_assignment` that the resource declares."""
    if "repeated" not in view.resource.context:
        yield asset("policy_assignment", view, _facts(view.resource.type), _key(view))
