"""Azure Container Instances: groups of containers, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Documented
from tfaudit.reading.fact import Fact, Facts, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_container_group", "microsoft.containerinstance/containergroups")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.ContainerInstance/containerGroups",)

ARM_TYPE = "microsoft.containerinstance/containergroups"
IDENTITY = common.IDENTITY
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/container_group"
_ENCRYPTION = "learn.microsoft.com/azure/container-instances/container-instances-encrypt-data"
_LOGS = "learn.microsoft.com/azure/container-instances/container-instances-log-analytics"
_NETWORK = "learn.microsoft.com/azure/container-instances/container-instances-virtual-network-concepts"

TABLE: Spelling = {
    **common.spelling(
        common.ABSENT, key=azure("key_vault_key_id", "properties.encryptionProperties.keyname")
    ),
    # word, then its path in Terraform and in ARM
    "address": azure("ip_address_type", "properties.ipAddress.type"),
    "subnets": azure(("subnet_ids", "network_profile_id"), NOTHING),
    "workspace": azure(
        "diagnostics.log_analytics.workspace_id", "properties.diagnostics.logAnalytics.workspaceId"
    ),
}


def _public(address: Any, subnets: Any) -> Any:
    """Return whether the group has a public address: one inside a network has none."""
    if address is not None:
        return lower(address) == "public"
    return False if subnets else None


GROUP: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_keys="what runs in it says who gets in",
        without_endpoint="a group stands in a network itself, or has a public address",
    ),
    "logs.enabled": stated("workspace", default=Documented(False, _LOGS)),
    "network.public": Fact(
        _public,
        of=("address", "subnets"),
        default=ByPlane(terraform=Documented(True, _PAGE), arm=Documented(False, f"{_NETWORK}: no address")),
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the group is."""
    yield asset("managed_service", view, GROUP, named(view, ARM_TYPE))
