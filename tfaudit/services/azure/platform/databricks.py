"""Azure Databricks workspaces, as `managed_service` assets, and the clusters that they start, as `node_pool`."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, negated, switched
from tfaudit.services.azure.keys.keys import named, part_of, raw
from tfaudit.services.azure.platform import common
from tfaudit.services.azure.provider import changed_in

READS = ("azurerm_databricks_workspace", "microsoft.databricks/workspaces")
KINDS = ("managed_service", "node_pool")
NAMES = ("name",)
COMPANIONS = {
    "azurerm_databricks_workspace_root_dbfs_customer_managed_key": "workspace_id",
    "azurerm_databricks_workspace_customer_managed_key": "workspace_id",
}
ARM_TYPES = ("Microsoft.Databricks/workspaces",)

ARM_TYPE = "microsoft.databricks/workspaces"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/databricks_workspace",
    "learn.microsoft.com/azure/templates/microsoft.databricks/workspaces",
)
_NO_ADDRESS = "learn.microsoft.com/azure/databricks/security/network/classic/secure-cluster-connectivity"
_TEMPLATE = "learn.microsoft.com/azure/templates/microsoft.databricks/workspaces"
_ROOT_KEYS = (
    "azurerm_databricks_workspace_root_dbfs_customer_managed_key",
    "azurerm_databricks_workspace_customer_managed_key",
)
_KEYS = "properties.encryption.entities"

TABLE: Spelling = {
    **common.spelling(
        azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        key=azure(
            (
                "managed_services_cmk_key_vault_key_id",
                "managed_disk_cmk_key_vault_key_id",
                *(f"{each}/key_vault_key_id" for each in _ROOT_KEYS),
            ),
            (
                f"{_KEYS}.managedServices.keyvaultproperties",
                f"{_KEYS}.managedDisk.keyvaultproperties",
                "properties.parameters.encryption.value.keyname",
            ),
        ),
        identity=common.ABSENT,
    ),
    # word, then its path in Terraform and in ARM
    "twice": azure(
        "infrastructure_encryption_enabled", "properties.parameters.requireInfrastructureEncryption.value"
    ),
    "no_address": azure("custom_parameters.no_public_ip", "properties.parameters.enableNoPublicIp.value"),
    "mode": azure(NOTHING, "properties.computeMode"),
}

SERVICE: Facts = {
    **common.facts(
        _PAGE,
        ARM_TYPE,
        without_identity="a workspace has none: its clusters and users have their own",
        without_keys="whether personal tokens are taken is set inside of the workspace",
    ),
    "encrypted_twice": Fact(switched, of=("twice",), default=Documented(False, _PAGE)),
    "scratch_encrypted": inapplicable("the platform encrypts the disks of its clusters"),
}


CLUSTERS: Facts = {
    "encryption.at_host": inapplicable("the platform encrypts the disks of its clusters"),
    "inline_secrets": inapplicable("the platform makes the accounts on its machines"),
    "public_ip": Fact(
        negated,
        of=("no_address",),
        default=ByPlane(
            terraform=changed_in(4, before=True, since=False, source=_PAGE.terraform),
            arm=Documented(False, f"{_TEMPLATE}; {_NO_ADDRESS}"),
        ),
    ),
    "remote_access_open": inapplicable("a workspace does not offer SSH to its clusters from outside"),
    "ha.multi_zone": inapplicable("the platform places the machines of a cluster"),
    "tags": inapplicable("its workspace is judged"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `managed_service` that the workspace is, and a `node_pool` for its clusters where it has machines."""
    key, name, mode = named(view, ARM_TYPE), raw(view, "name"), raw(view, "mode")
    yield asset("managed_service", view, SERVICE, key)
    if isinstance(mode, str) and lower(mode) == "serverless":
        return
    called = name if isinstance(name, str) else ""
    yield asset(
        "node_pool", view, CLUSTERS, part_of(key, ARM_TYPE, "clusters", "all"), called, part="clusters"
    )
