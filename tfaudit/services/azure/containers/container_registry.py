"""Azure Container Registry, as `registry` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, stated
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network.acls import open_to_all
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_container_registry", "microsoft.containerregistry/registries")
KINDS = ("registry",)
NAMES = ("name",)
ARM_TYPES = ("Microsoft.ContainerRegistry/registries",)

ARM_TYPE = "microsoft.containerregistry/registries"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/container_registry",
    "learn.microsoft.com/azure/container-registry/container-registry-authentication",
)
_ANONYMOUS = Cited(_PAGE.terraform, "learn.microsoft.com/azure/container-registry/anonymous-pull-access")
_ENCRYPTION = "learn.microsoft.com/azure/container-registry/tutorial-customer-managed-keys"
_NETWORK = "learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "key": azure("encryption.key_vault_key_id", "properties.encryption.keyvaultproperties.keyIdentifier"),
    "admin": azure("admin_enabled", "properties.adminUserEnabled"),
    "anonymous": azure("anonymous_pull_enabled", "properties.anonymousPullEnabled"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "default_action": azure("network_rule_set.default_action", "properties.networkRuleSet.defaultAction"),
}
IDENTITY = tuple(RESOURCE)

REGISTRY: Facts = {
    "encryption.customer_managed_key": stated("key", default=Documented(False, _ENCRYPTION)),
    "network.public": open_to_all(_NETWORK),
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "admin_user": Fact(switched, of=("admin",), default=Documented(False, _PAGE)),
    "anonymous_pull": Fact(switched, of=("anonymous",), default=Documented(False, _ANONYMOUS)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `registry` that the resource declares."""
    yield asset("registry", view, REGISTRY, named(view, ARM_TYPE))
