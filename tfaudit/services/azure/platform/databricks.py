"""Azure Databricks workspaces, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_databricks_workspace", "microsoft.databricks/workspaces")
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.Databricks/workspaces",)

ARM_TYPE = "microsoft.databricks/workspaces"
IDENTITY = common.IDENTITY
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/databricks_workspace"

# word, then its path in Terraform and in ARM
TABLE: Spelling = common.spelling(
    azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    key=azure(
        ("managed_services_cmk_key_vault_key_id", "managed_disk_cmk_key_vault_key_id"),
        "properties.encryption.entities.managedServices.keyvaultproperties",
    ),
    identity=common.ABSENT,
)

SERVICE: Facts = common.facts(
    _PAGE,
    ARM_TYPE,
    without_identity="a workspace has none: its clusters and users have their own",
    without_keys="whether personal tokens are taken is set inside of the workspace",
)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
