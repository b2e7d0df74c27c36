"""Microsoft Defender for Cloud: which of its plans are off in a subscription, and what it installs by itself.

A plan is on in the tier Standard. Plans that Azure has replaced by others are reported as deprecated, and do not count.
One that is stated for a single machine holds for that alone.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.fact import Fact
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.azure.identity.scopes import scope_of
from tfaudit.services.azure.keys.keys import raw
from tfaudit.services.azure.security.statements import SETTLE, more, statements

ARM_TYPES = ("Microsoft.Security/pricings", "Microsoft.Security/autoProvisioningSettings")
PLANS = ("azurerm_security_center_subscription_pricing", "microsoft.security/pricings")
PROVISIONING = ("azurerm_security_center_auto_provisioning", "microsoft.security/autoprovisioningsettings")

CURRENT = frozenset(
    {
        "virtualmachines",
        "sqlservers",
        "appservices",
        "storageaccounts",
        "sqlservervirtualmachines",
        "containers",
        "keyvaults",
        "arm",
        "opensourcerelationaldatabases",
        "cosmosdbs",
    }
)
"""The plans for resources, in small letters: of one that is not reported, whether it is on is not known.

learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction
"""

PLAN: Spelling = {
    # word, then its path in Terraform and in ARM
    "id": azure(NOTHING, "id"),
    "scope": azure(NOTHING, "scope"),
    "plan": azure("resource_type", "name"),
    "tier": azure("tier", "properties.pricingTier"),
    "deprecated": azure(NOTHING, "properties.deprecated"),
}
AUTOMATIC: Spelling = {
    "installs": azure("auto_provision", "properties.autoProvision"),
}


_NOT_REPORTED = Unresolved(
    "Azure does not report all plans of Defender for Cloud",
    "register the provider Microsoft.Security in the subscription, and look at its plans",
)


def _is_deprecated(plan: View) -> bool:
    deprecated = plan.word("deprecated")
    return isinstance(deprecated, Known) and as_bool(deprecated.value) is True


def of_resource(plan: View) -> bool | None:
    """Return whether a plan is stated for a single resource; None where that is not known.

    A template of a resource group that states one is deployed to the subscription: no plan is of a group.
    """
    scope, id_ = raw(plan, "scope"), raw(plan, "id")
    if isinstance(id_, str):
        scope = id_.lower().rpartition("/providers/microsoft.security/")[0]
    found = scope_of(scope, plan.inventory) if scope else "subscription"
    return None if found is None else found == "resource"


def _name(plan: View) -> Any:
    """Return which plan it is; in Terraform that of virtual machines where none is named."""
    name = plan.word("plan")
    return "VirtualMachines" if isinstance(name, Absent) else _value(name)


def _value(reading: Known | Unknown | Pointer) -> Any:
    """Return what stands in a list: the value, or why it is not known."""
    match reading:
        case Known(value=value):
            return str(value)
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case Pointer() as pointer:
            return Unresolved(pointer.unknown.because, pointer.unknown.settle_with)


def _off(view: View) -> states.Reading:
    """Return the plans that are off, and for those of which it is not known, why."""
    found = statements(view, PLANS, PLAN, "Defender plans")
    off: list[Any] = []
    stated: set[str] = set()
    where: Known | None = None
    for plan in (each for each in found.views if not _is_deprecated(each)):
        name, tier, narrow = _name(plan), plan.word("tier"), of_resource(plan)
        if narrow is None:
            off.append(Unresolved(f"what {plan.resource.address} is stated for is not known", SETTLE))
        if narrow is not False:
            continue
        stated.add(str(name).lower())
        if isinstance(tier, Absent):
            off.append(Unresolved(f"{plan.resource.address} states no tier", SETTLE))
        elif not isinstance(tier, Known):
            off.append(_value(tier))
        elif str(tier.value).lower() == "free":
            off.append(name)
            where = where or tier
    if not stated >= CURRENT:
        rest = more(found)
        off.append(_NOT_REPORTED if rest is None else Unresolved(rest.because, rest.settle_with))
    return Known(off, view.resource, ()) if where is None else Known(off, where.resource, where.path)


def _installs(view: View) -> states.Reading:
    found = statements(view, PROVISIONING, AUTOMATIC, "settings of Defender for Cloud")
    for each in found.views:
        reading = each.word("installs")
        if isinstance(reading, Known):
            return Known(str(reading.value).lower() == "on", reading.resource, reading.path)
        return reading
    return more(found) or Known(False, view.resource, ())


THREAT_DETECTION_OFF = Fact(joins=_off, beside=PLANS)
"""The plans of Defender for Cloud that are off."""

AUTOMATIC_PROVISIONING = Fact(joins=_installs, beside=PROVISIONING)
"""Whether Defender for Cloud installs its agent on new machines by itself."""
