"""Whether somebody hears of outages of Azure's own: an activity log alert on service health.

One that asks for kinds of events hears of outages where `Incident` is one of them. Which regions and services it is
about takes nothing away here: those that are used are a team's own choice.
"""

from __future__ import annotations

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_bool, as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.logs import activity_alerts, alert_rules
from tfaudit.services.azure.logs.activity_alerts import ALERT, ALERTS, NotKnown
from tfaudit.services.azure.security.statements import more, statements

ARM_TYPES = ("Microsoft.Insights/activityLogAlerts",)

HEALTH: Spelling = {
    **ALERT,
    # word, then its path in Terraform and in ARM, which has it among the conditions
    "events": azure("criteria.service_health.events", NOTHING),
}
_CATEGORY = "servicehealth"
_OUTAGE = "incident"
_KINDS = "properties.incidenttype"
_WHERE = ("service_health", "properties.impactedservices")


def _lets_through(choice: activity_alerts.Choice) -> bool:
    """Whether a choice of an alert holds for an outage."""
    if choice.field == "category":
        return _CATEGORY in choice.values
    if choice.field == _KINDS:
        return _OUTAGE in choice.values
    return choice.field.startswith(_WHERE)


def _hears(view: View, subscription: str) -> bool:
    """Whether somebody hears of outages by an alert; `NotKnown` where that is not known."""
    enabled = activity_alerts.known(activity_alerts.value_at(view, "enabled"))
    if as_bool(enabled) is False or not activity_alerts.is_wide(view, subscription):
        return False
    limits = list(activity_alerts.limits_of(view))
    if not all(any(map(_lets_through, limit)) for limit in limits):
        return False
    about_health = any(
        one.field == "category" and _CATEGORY in one.values for limit in limits for one in limit
    )
    events = as_list(activity_alerts.known(activity_alerts.value_at(view, "events")))
    if events and _OUTAGE not in {str(each).lower() for each in events}:
        return False
    return about_health and activity_alerts.heard(view)


def _heard_of(view: View) -> Known | Unknown:
    found = statements(view, ALERTS, HEALTH, "activity log alerts")
    own = view.resource.address.lower() if view.resource.plane == "live" else ""
    unsure: Unresolved | Unknown | None = more(found)
    for each in found.views:
        try:
            if _hears(each, own):
                return Known(True, each.resource, each.base)
        except NotKnown as not_known:
            unsure = not_known.because
    if unsure is not None:
        return Unknown(unsure.because, unsure.settle_with, view.resource, view.base)
    return Known(False, view.resource, ())


SERVICE_HEALTH = Fact(joins=_heard_of, beside=(*ALERTS, *alert_rules.GROUPS))
"""Whether somebody hears of outages of the provider's."""
