"""A subscription, as an `account` asset: what holds for all of it, and what of it nothing watches.

Live, each subscription is one. In code it is made up from the first statement that holds for a whole subscription: of
the rest, which another root or a person may have stated, nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.governance.budgets import BUDGETED
from tfaudit.services.azure.governance.policy_assignments import BASELINE_ASSIGNED
from tfaudit.services.azure.identity.owners import OWNERS
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.logs.activity_alerts import ALERTS, WITHOUT_ALERT, of_subscription
from tfaudit.services.azure.logs.diagnostics import SETTING, TYPES, Sent, collect
from tfaudit.services.azure.logs.monitor import is_of_subscription
from tfaudit.services.azure.logs.service_health import SERVICE_HEALTH
from tfaudit.services.azure.security import contacts, defender
from tfaudit.services.azure.security.integrations import INTEGRATIONS_OFF
from tfaudit.services.azure.security.statements import more, statements

READS = (
    "microsoft.resources/subscriptions",
    "azurerm_security_center_subscription_pricing",
    "azurerm_security_center_contact",
    "azurerm_security_center_auto_provisioning",
    "azurerm_security_center_setting",
    "azurerm_monitor_activity_log_alert",
    "microsoft.security/pricings",
    "microsoft.security/securitycontacts",
    "microsoft.security/autoprovisioningsettings",
    "microsoft.security/settings",
    "microsoft.insights/activitylogalerts",
)
DECLARED = (
    "microsoft.security/pricings",
    "microsoft.security/securitycontacts",
    "microsoft.security/autoprovisioningsettings",
    "microsoft.security/settings",
    "microsoft.insights/activitylogalerts",
)
"""Types of which a template alone makes an account: live, they are asked for as far as a fact needs them."""
KINDS = ("account",)
ARM_TYPES = (
    "Microsoft.Security/pricings",
    "Microsoft.Security/securityContacts",
    "Microsoft.Security/autoProvisioningSettings",
    "Microsoft.Security/settings",
    "Microsoft.Insights/activityLogAlerts",
    "Microsoft.Insights/diagnosticSettings",
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Authorization/roleAssignments",
    "Microsoft.Consumption/budgets",
)

_LIVE = "microsoft.resources/subscriptions"
_DECLARED = tuple(each for each in READS if each != _LIVE)
_ALERTS = frozenset(ALERTS)

TABLE: Spelling = {
    "shown": azure(NOTHING, "name"),
}
IDENTITY = ("shown",)


_DEEDS = frozenset({"administrative"})
"""The category that has who changed what. learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema"""


def _exported(view: View) -> states.Reading:
    """Return whether a diagnostic setting sends what is done to the subscription somewhere."""
    found = statements(view, TYPES, SETTING, "diagnostic settings of a subscription")
    unsure = more(found)
    for each in found.views:
        target = each.word("target")
        if scope_of(raw(each, "target"), view.inventory) is None and isinstance(target, Unknown):
            unsure = target
        elif is_of_subscription(each):
            sent = Sent()
            collect(each, sent)
            where = sent.first(_DEEDS)
            if where is not None:
                return Known(True, *where)
            unsure = sent.perhaps(_DEEDS) or unsure
    return unsure or Known(False, view.resource, ())


ACCOUNT: Facts = {
    "threat_detection.off": defender.THREAT_DETECTION_OFF,
    "threat_detection.automatic": defender.AUTOMATIC_PROVISIONING,
    "threat_detection.integrations_off": INTEGRATIONS_OFF,
    "security_contact.email": contacts.HAS_EMAIL,
    "security_contact.alerts": contacts.ALERTS_SENT,
    "security_contact.attack_paths": contacts.ATTACK_PATHS_SENT,
    "security_contact.owners": contacts.OWNERS_INFORMED,
    "alerts.missing": WITHOUT_ALERT,
    "alerts.service_health": SERVICE_HEALTH,
    "audit.exported": Fact(joins=_exported, beside=TYPES),
    "owners": OWNERS,
    "budget": BUDGETED,
    "policy.baseline": BASELINE_ASSIGNED,
}


def _states_something(view: View) -> bool:
    if view.resource.plane == "live":
        return False
    if view.resource.type in defender.PLANS:
        return not defender.of_resource(view.spelled(defender.PLAN))
    return view.resource.type not in _ALERTS or of_subscription(view)


def _first(inventory: Inventory) -> Resource | None:
    """Return the first resource of a scope that states something of its whole subscription."""
    for each in inventory.of_type(*_DECLARED):
        if _states_something(View(each, inventory)):
            return each
    return None


def _key(view: View) -> Key:
    if view.resource.type == _LIVE:
        return f"azure:subscription/{view.resource.address.rpartition('/')[2]}".lower()
    return Unresolved("its subscription is not known in code", "scan the live subscription")


def assets(view: View) -> Iterator[Asset]:
    """Yield the `account` that a live subscription is, or one in code for all that states something of it."""
    if view.resource.type == _LIVE:
        yield asset("account", view, ACCOUNT, _key(view))
    elif view.resource is view.inventory.derived(_first):
        yield asset("account", view, ACCOUNT, _key(view), "subscription", "subscription")
