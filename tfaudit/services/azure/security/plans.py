"""Whether a plan of Defender watches a resource: one that is declared beside it, for its whole subscription."""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower

ARM_TYPES = ("Microsoft.Security/pricings",)

DEFENDER = "microsoft.security/pricings"
_PLANS = ("azurerm_security_center_subscription_pricing", DEFENDER)

PLAN: Spelling = {
    # word of a plan, then its path in Terraform and in ARM
    "of": azure("resource_type", "name"),
    "tier": azure("tier", "properties.pricingTier"),
}


def by_plan(view: View, *names: str) -> Known | Unknown | None:
    """Return whether one of the plans called `names`, in small letters, is on; None where none is declared here."""
    for plan in view.inventory.of_type(*_PLANS):
        own = View(plan, view.inventory, table=PLAN)
        of, tier = own.word("of"), own.word("tier")
        if isinstance(of, Known) and lower(of.value) in names:
            if (doubt := may_be_missing(plan, view.resource)) is not None:
                return Unknown(doubt.because, doubt.settle_with, plan)
            if isinstance(tier, Known):
                return Known(lower(tier.value) == "standard", tier.resource, tier.path)
            return tier if isinstance(tier, Unknown) else None
    return None
