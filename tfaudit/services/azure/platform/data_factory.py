"""Azure Data Factory, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited
from tfaudit.reading.fact import Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_data_factory", "microsoft.datafactory/factories")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.DataFactory/factories",)

ARM_TYPE = "microsoft.datafactory/factories"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/data_factory",
    "learn.microsoft.com/azure/templates/microsoft.datafactory/factories",
)

# word, then its path in Terraform and in ARM
TABLE: Spelling = common.spelling(
    azure("public_network_enabled", "properties.publicNetworkAccess"),
    key=azure("customer_managed_key_id", "properties.encryption.keyname"),
)

SERVICE: Facts = common.facts(_PAGE, ARM_TYPE, without_keys="callers sign in by identities alone")


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
