"""Azure Event Grid topics and domains, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = (
    "azurerm_eventgrid_topic",
    "azurerm_eventgrid_domain",
    "microsoft.eventgrid/topics",
    "microsoft.eventgrid/domains",
)
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.EventGrid/topics",
    "Microsoft.EventGrid/domains",
)

_TYPES = dict(zip(READS[:2], READS[2:], strict=True))
IDENTITY = common.IDENTITY
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/eventgrid_topic"

# word, then its path in Terraform and in ARM
TABLE: Spelling = common.spelling(
    azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    keys_taken=azure("local_auth_enabled", NOTHING),
    no_keys=azure(NOTHING, "properties.disableLocalAuth"),
)

_WITHOUT = "the service takes no key of the customer's"
TOPIC: Facts = common.facts(_PAGE, READS[2], without_customer_key=_WITHOUT)
DOMAIN: Facts = common.facts(_PAGE, READS[3], without_customer_key=_WITHOUT)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    type_ = _TYPES.get(view.resource.type, view.resource.type)
    yield asset("managed_service", view, TOPIC if type_ == READS[2] else DOMAIN, named(view, type_))
