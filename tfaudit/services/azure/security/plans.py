"""Whether a plan of Defender watches a resource: one that is declared beside it, for its whole subscription."""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.security.defender import PLAN, PLANS, of_resource
from tfaudit.services.azure.security.statements import SETTLE

ARM_TYPES = ("Microsoft.Security/pricings",)

DEFENDER = PLANS[1]


def by_plan(view: View, *names: str) -> Known | Unknown | None:
    """Return whether one of the plans called `names`, in small letters, is on; None where none is declared here."""
    for plan in view.inventory.of_type(*PLANS):
        own = View(plan, view.inventory, table=PLAN)
        of, tier = own.word("plan"), own.word("tier")
        narrow = of_resource(own)
        if isinstance(of, Known) and lower(of.value) in names and narrow is not True:
            if narrow is None:
                because = f"whether {plan.address} is stated for a whole subscription is not known"
                return Unknown(because, SETTLE, plan)
            if (doubt := may_be_missing(plan, view.resource)) is not None:
                return Unknown(doubt.because, doubt.settle_with, plan)
            if isinstance(tier, Known):
                return Known(lower(tier.value) == "standard", tier.resource, tier.path)
            return tier if isinstance(tier, Unknown) else None
    return None
