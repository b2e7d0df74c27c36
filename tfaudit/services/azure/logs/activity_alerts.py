"""Activity log alerts: which deeds in a subscription somebody hears of.

An alert fires where all of its conditions hold. One that asks for the operation, or for its category alone, fires for
all of it; the type that the operation is of takes nothing away. One that asks for more, as for a level, a caller or a
resource group, leaves some of it out. Terraform has a block with an attribute for each condition, ARM a list of fields.
Nobody hears of one whose action groups have no receiver, or are switched off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.fact import Fact
from tfaudit.reading.lift import SCALARS, holds_unknown
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.logs import alert_rules
from tfaudit.services.azure.security.statements import SETTLE, more, statements

ARM_TYPES = ("Microsoft.Insights/activityLogAlerts",)
ALERTS = ("azurerm_monitor_activity_log_alert", "microsoft.insights/activitylogalerts")

DEEDS = (
    "microsoft.authorization/policyassignments/write",
    "microsoft.authorization/policyassignments/delete",
    "microsoft.network/networksecuritygroups/write",
    "microsoft.network/networksecuritygroups/delete",
    "microsoft.network/publicipaddresses/write",
    "microsoft.network/publicipaddresses/delete",
    "microsoft.security/securitysolutions/write",
    "microsoft.security/securitysolutions/delete",
    "microsoft.sql/servers/firewallrules/write",
    "microsoft.sql/servers/firewallrules/delete",
)
"""The operations that open a subscription, or take its guards away: the common benchmarks ask for an alert on each."""


def _of_field() -> Spelling:
    """Return the words of one field that an alert asks for."""
    return {
        "field": azure(NOTHING, "field"),
        "equals": azure(NOTHING, "equals"),
        "one_of": azure(NOTHING, "containsAny"),
    }


ALERT: Spelling = {
    # word, then its path in Terraform and in ARM
    "enabled": azure("enabled", "properties.enabled"),
    "scopes": azure("scopes", "properties.scopes"),
    "operation": azure("criteria.operation_name", NOTHING),
    "category": azure("criteria.category", NOTHING),
    "criteria": azure("criteria", NOTHING),
    "conditions": azure(
        NOTHING,
        "properties.condition.allOf",
        rows={**_of_field(), "any_of": azure(NOTHING, "anyOf", rows=_of_field())},
    ),
}
_OF_TERRAFORM = {
    # attribute of a condition, then the field that it is
    "operation_name": "operationname",
    "category": "category",
    "resource_type": "resourcetype",
    "resource_types": "resourcetype",
    "resource_provider": "resourceprovider",
    "resource_providers": "resourceprovider",
}
_ALL_OF_IT = "administrative"


class NotKnown(Exception):
    """What an alert fires on is not known, for this reason."""

    def __init__(self, because: Unresolved) -> None:
        super().__init__(because.because)
        self.because = because


def known(value: Any) -> Any:
    """Return a value as it is; `NotKnown` where it, or a part of it, is not."""
    if isinstance(value, Unresolved):
        raise NotKnown(value)
    if isinstance(value, Reference) or (value.__class__ not in SCALARS and holds_unknown(value)):
        raise NotKnown(Unresolved(f"it is taken from {value}", SETTLE))
    return value


def _of_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [known(each) for each in value]
    return [] if value is None else [known(value)]


def value_at(view: View, word: str) -> Any:
    """Return what stands at a word of an alert as its source has it, None for nothing."""
    value = view.stated(word).value
    return None if isinstance(view.word(word), Absent) else value


class Choice(NamedTuple):
    """One field that an alert asks for, in small letters, and the values of which one is asked for."""

    field: str
    values: list[str]


def limits_of(view: View) -> Iterator[list[Choice]]:
    """Yield each condition of an alert: the choices of which one has to hold."""
    criteria = value_at(view, "criteria")
    for block in criteria if isinstance(criteria, list) else [criteria]:
        if block is not None and not isinstance(block, dict):
            known(block)
        for name, value in (block or {}).items():
            if value not in (None, "", []):
                values = _of_list(value) if name in _OF_TERRAFORM else []
                yield [Choice(_OF_TERRAFORM.get(name, name), [str(each).lower() for each in values])]
    for condition in view.elements("conditions"):
        if not isinstance(condition.body, dict):
            known(condition.body)
        yield [_choice(each) for each in condition.elements("any_of") or [condition]]


def _choice(choice: View) -> Choice:
    if not isinstance(choice.body, dict):
        known(choice.body)
    values = (*_of_list(value_at(choice, "equals")), *_of_list(value_at(choice, "one_of")))
    return Choice(str(known(value_at(choice, "field"))).lower(), [str(each).lower() for each in values])


def fires_on(view: View, subscription: str = "") -> Iterator[str]:
    """Yield the operations of `DEEDS` of which somebody hears by an alert; `NotKnown` where that is not known.

    `subscription` is the id of the one in which they are, where it is known.
    """
    enabled = value_at(view, "enabled")
    if as_bool(known(enabled)) is False or not is_wide(view, subscription):
        return
    limits = list(limits_of(view))
    if not any(one.field in ("operationname", "category") for limit in limits for one in limit):
        return
    found = [each for each in DEEDS if all(any(_holds(each, one) for one in limit) for limit in limits)]
    if found and heard(view):
        yield from found


def _holds(deed: str, choice: Choice) -> bool:
    """Whether a choice holds for an operation, whoever does it, on whatever, and however it ends."""
    whole = {
        "operationname": deed,
        "category": _ALL_OF_IT,
        "resourcetype": deed.rpartition("/")[0],
        "resourceprovider": deed.partition("/")[0],
    }
    return whole.get(choice.field) in choice.values


def heard(view: View) -> bool:
    """Whether an alert reaches anybody."""
    match alert_rules.receivers(view.spelled(alert_rules.TABLE)):
        case Known(value=kinds):
            return bool(kinds)
        case Absent():
            return False
        case Unknown(because=because, settle_with=settle_with):
            raise NotKnown(Unresolved(because, settle_with))
        case Pointer() as pointer:
            raise NotKnown(Unresolved(pointer.unknown.because, pointer.unknown.settle_with))


def is_wide(view: View, subscription: str = "") -> bool:
    """Whether an alert is about a whole subscription: about `subscription`, where the ids of both are known."""
    scopes = value_at(view, "scopes")
    stated = [each for each in (scopes if isinstance(scopes, list) else [scopes]) if each]
    found = [(each, scope_of(each, view.inventory)) for each in stated]
    if any(
        kind == "tenant" or (kind == "subscription" and _may_be(each, subscription)) for each, kind in found
    ):
        return True
    if any(kind is None for _, kind in found):
        raise NotKnown(Unresolved(f"the scope of {view.resource.address} is not known", SETTLE))
    return False


def _may_be(scope: Any, subscription: str) -> bool:
    return not (subscription and isinstance(scope, str)) or scope.rstrip("/").lower() == subscription


def of_subscription(view: View) -> bool:
    """Whether an alert is about a whole subscription, as far as that is known."""
    try:
        return is_wide(view.spelled(ALERT))
    except NotKnown:
        return False


def without_alert(alerts: Iterable[View], rest: Unknown | None, subscription: str = "") -> list[Any]:
    """Return the operations of which nobody hears by `alerts`, and why there may be alerts on those after all."""
    heard: set[str] = set()
    unsure = None if rest is None else Unresolved(rest.because, rest.settle_with)
    for each in alerts:
        try:
            heard.update(fires_on(each, subscription))
        except NotKnown as not_known:
            unsure = not_known.because
    silent: list[Any] = [each for each in DEEDS if each not in heard]
    return [unsure] if silent and unsure is not None else silent


def _missing(view: View) -> states.Reading:
    found = statements(view, ALERTS, ALERT, "activity log alerts")
    own = view.resource.address.lower() if view.resource.plane == "live" else ""
    return Known(without_alert(found.views, more(found), own), view.resource, ())


WITHOUT_ALERT = Fact(joins=_missing, beside=(*ALERTS, *alert_rules.GROUPS))
"""The operations of `DEEDS` of which nobody hears by an alert."""
