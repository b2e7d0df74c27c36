"""Azure SignalR Service, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited
from tfaudit.reading.fact import Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common
from tfaudit.services.azure.platform.request_lists import lists_of, reached

READS = ("azurerm_signalr_service", "microsoft.signalrservice/signalr")
KINDS = ("managed_service",)
NAMES = ("name",)
COMPANIONS = {"azurerm_signalr_service_network_acl": "signalr_service_id"}
ARM_TYPES = ("Microsoft.SignalRService/signalR",)

ARM_TYPE = "microsoft.signalrservice/signalr"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/signalr_service",
    "learn.microsoft.com/azure/templates/microsoft.signalrservice/signalr",
)

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        keys_taken=azure("local_auth_enabled", NOTHING),
        no_keys=azure(NOTHING, "properties.disableLocalAuth"),
    ),
    **lists_of("azurerm_signalr_service_network_acl"),
}

SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE, without_customer_key="the service keeps no messages"),
    "network.public": reached(_PAGE),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
