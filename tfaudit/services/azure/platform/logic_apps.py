"""Azure Logic Apps that are paid by use, as `managed_service` assets. Those on a plan are web apps (`app_service.py`).

A workflow that a request starts has an address of its own: everybody who has it may call, from wherever its access
control lets in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_logic_app_workflow", "microsoft.logic/workflows")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Logic/workflows",)

ARM_TYPE = "microsoft.logic/workflows"
IDENTITY = common.IDENTITY
_PAGE = "learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app"

TABLE: Spelling = {
    **common.spelling(common.ABSENT),
    # word, then its path in Terraform and in ARM
    "callers": azure(
        "access_control.trigger.allowed_caller_ip_address_range",
        "properties.accessControl.triggers.allowedCallerIpAddresses",
    ),
}
_EVERYWHERE = ("0.0.0.0/0", "0.0.0.0-255.255.255.255", "*")


def _called_by_all(callers: Any) -> Any:
    """Return whether callers may stand anywhere: none are listed, or all addresses are."""
    return None if callers is None else some(callers, lambda each: _range(each) in _EVERYWHERE)


def _range(caller: Any) -> str:
    """Return the range of addresses of a caller: itself in Terraform, a member of it in ARM."""
    return str(caller["addressRange"] if isinstance(caller, dict) else caller)


SERVICE: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_keys="each of its triggers says who may start it",
        without_customer_key="workflows that are paid by use take no key of the customer's",
        without_endpoint="workflows that are paid by use have no address in a network",
    ),
    "network.public": Fact(_called_by_all, of=("callers",), default=Documented(True, _PAGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
