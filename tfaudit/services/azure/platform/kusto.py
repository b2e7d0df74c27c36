"""Azure Data Explorer clusters, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_kusto_cluster", "microsoft.kusto/clusters")
KINDS = ("managed_service",)
NAMES = ("name",)
COMPANIONS = {"azurerm_kusto_cluster_customer_managed_key": "cluster_id"}
ARM_TYPES = ("Microsoft.Kusto/clusters",)

ARM_TYPE = "microsoft.kusto/clusters"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/kusto_cluster",
    "learn.microsoft.com/azure/templates/microsoft.kusto/clusters",
)

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        key=azure(
            "azurerm_kusto_cluster_customer_managed_key/key_name", "properties.keyvaultproperties.keyname"
        ),
    ),
    # word, then its path in Terraform and in ARM
    "outbound": azure("outbound_network_access_restricted", "properties.restrictOutboundNetworkAccess"),
    "disks": azure(("disk_encryption_enabled", "enable_disk_encryption"), "properties.enableDiskEncryption"),
    "twice": azure("double_encryption_enabled", "properties.enableDoubleEncryption"),
}

SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE, without_keys="callers sign in by identities alone"),
    "network.outbound_restricted": Fact(switched, of=("outbound",), default=Documented(False, _PAGE)),
    "scratch_encrypted": Fact(switched, of=("disks",), default=Documented(False, _PAGE)),
    "encrypted_twice": Fact(switched, of=("twice",), default=Documented(False, _PAGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
