"""Security contacts: who hears of the alerts of Defender for Cloud.

The API has changed its words twice: 2017-08-01-preview has `email`, `alertNotifications` and `alertsToAdmins` as On and
Off, 2020-01-01-preview `emails` with objects, and 2023-12-01-preview `notificationsSources`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.fact import Fact
from tfaudit.reading.lift import lifted
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.security.statements import more, statements

ARM_TYPES = ("Microsoft.Security/securityContacts",)
CONTACTS = ("azurerm_security_center_contact", "microsoft.security/securitycontacts")

CONTACT: Spelling = {
    # word, then its path in Terraform and in ARM
    "email": azure("email", ("properties.emails", "properties.email")),
    "enabled": azure(NOTHING, "properties.isEnabled"),
    "alerts": azure("alert_notifications", "properties.alertNotifications"),
    "sources": azure(
        NOTHING,
        "properties.notificationsSources",
        rows={"source": azure(NOTHING, "sourceType")},
    ),
    "admins": azure("alerts_to_admins", "properties.alertsToAdmins"),
    "by_role": azure(NOTHING, "properties.notificationsByRole.state"),
    "roles": azure(NOTHING, "properties.notificationsByRole.roles"),
}


def _has_email(email: Any) -> bool:
    return bool(email)


def _is_on(value: Any) -> bool | CannotTell:
    """Return whether a switch is on: true, On, or an object with a state that is."""
    value = value.get("state") if isinstance(value, dict) else value
    if value is None:
        return False
    word = str(value).lower()
    if word in ("on", "off"):
        return word == "on"
    switch = as_bool(value)
    if switch is None:
        return CannotTell(
            f"its value {str(value)[:80]!r} is not one that tfaudit can judge", "check it by hand"
        )
    return switch


def _alerts(alerts: Any, sources: Any, email: Any, enabled: Any) -> bool | CannotTell:
    """Return whether alerts are sent to the contact."""
    if not email or as_bool(enabled) is False:
        return False
    if sources is not None:
        return any(str(each.get("source")).lower() == "alert" for each in sources)
    return _is_on(alerts)


def _hears_paths(sources: Any, email: Any, enabled: Any) -> bool:
    """Return whether the contact is told of ways of attack that Defender finds."""
    if not email or as_bool(enabled) is False:
        return False
    return any(str(each.get("source")).lower() == "attackpath" for each in sources or ())


def _owners(admins: Any, by_role: Any, roles: Any) -> bool | CannotTell:
    """Return whether the owners of the subscription hear of alerts."""
    if roles is None:
        return _is_on(admins)
    if str(by_role).lower() == "off":
        return False
    return any(str(each).lower() == "owner" for each in roles)


def _some(decides: Callable[..., Any], *words: str) -> Callable[[View], states.Reading]:
    """Return what joins: whether `decides`, a function of `words`, holds for some contact."""

    def joins(view: View) -> states.Reading:
        found = statements(view, CONTACTS, CONTACT, "security contacts")
        unsure: Unknown | None = None
        where: Known | None = None
        for each in found.views:
            readings = [each.word(name) for name in words]
            answer = lifted(decides, readings, words)
            stated = next((one for one in readings if not isinstance(one, Absent)), readings[0])
            if answer is True:
                return Known(True, each.resource, stated.path)
            if answer is False:
                where = where or Known(False, each.resource, stated.path)
            else:
                unsure = Unknown(answer.because, answer.settle_with, each.resource, stated.path)
        return unsure or where or more(found) or Known(False, view.resource, ())

    return joins


HAS_EMAIL = Fact(joins=_some(_has_email, "email"), beside=CONTACTS)
"""Whether an address is there to which Azure can write about the subscription's security."""

ALERTS_SENT = Fact(joins=_some(_alerts, "alerts", "sources", "email", "enabled"), beside=CONTACTS)
"""Whether alerts are sent to such an address."""


def _attack_paths(view: View) -> states.Reading | NotApplicable:
    """Return whether somebody hears of them; azurerm has no word for the sources of what is sent."""
    if view.resource.dialect != "arm":
        because = "azurerm has no word for it: the live subscription is judged"
        return NotApplicable(because, view.resource, view.base)
    return _some(_hears_paths, "sources", "email", "enabled")(view)


ATTACK_PATHS_SENT = Fact(joins=_attack_paths, beside=CONTACTS)
"""Whether ways of attack that Defender finds are sent to such an address."""

OWNERS_INFORMED = Fact(joins=_some(_owners, "admins", "by_role", "roles"), beside=CONTACTS)
"""Whether the owners of the subscription are written to as well."""
