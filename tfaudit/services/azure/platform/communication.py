"""Azure Communication Services, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_communication_service", "microsoft.communication/communicationservices")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Communication/communicationServices",)

ARM_TYPE = "microsoft.communication/communicationservices"
IDENTITY = common.IDENTITY
_PAGE = "learn.microsoft.com/rest/api/communication/resourcemanager/communication-services/create-or-update"

# word, then its path in Terraform, whose resource has no word for any of this, and in ARM
TABLE: Spelling = common.spelling(
    azure(NOTHING, "properties.publicNetworkAccess"),
    no_keys=azure(NOTHING, "properties.disableLocalAuth"),
    identity=azure(NOTHING, "identity.type"),
)
_BY_AZURE = Unresolved("azurerm has no word for it", "scan the live subscription")

SERVICE: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_customer_key="the service takes no key of the customer's",
        without_endpoint="clients all over the world call it",
    ),
    "network.public": Fact(
        common.reached_by_all, of=("endpoint", "default_action"), default=Documented(True, _PAGE)
    ),
    "shared_key_access": Fact(
        common.takes_keys,
        of=("keys_taken", "no_keys"),
        default=ByPlane(terraform=_BY_AZURE, arm=Documented(True, _PAGE)),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
