"""Azure Synapse workspaces, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_synapse_workspace", "microsoft.synapse/workspaces")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Synapse/workspaces",)

ARM_TYPE = "microsoft.synapse/workspaces"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/synapse_workspace",
    "learn.microsoft.com/azure/templates/microsoft.synapse/workspaces",
)
_OWN_NETWORK = Cited(
    _PAGE.terraform, "learn.microsoft.com/azure/synapse-analytics/security/synapse-workspace-managed-vnet"
)

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        no_keys=azure("azuread_authentication_only", "properties.azureADOnlyAuthentication"),
        key=azure("customer_managed_key.key_versionless_id", "properties.encryption.cmk.key.name"),
    ),
    # word, then its path in Terraform and in ARM
    "own_network": azure("managed_virtual_network_enabled", "properties.managedVirtualNetwork"),
    "outbound": azure(
        "data_exfiltration_protection_enabled",
        "properties.managedVirtualNetworkSettings.preventDataExfiltration",
    ),
}


def _own_network(value: Any) -> Any:
    """Return whether pools run in a network of the workspace's own: Terraform says so, ARM names it `default`."""
    return (
        lower(value) == "default"
        if isinstance(value, str) and switched(value) is not False
        else switched(value)
    )


SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE),
    "network.own": Fact(_own_network, of=("own_network",), default=Documented(False, _OWN_NETWORK)),
    "network.outbound_restricted": Fact(switched, of=("outbound",), default=Documented(False, _PAGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
