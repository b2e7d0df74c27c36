"""Azure Container Registry, as `registry` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Reading, Unknown
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network.acls import open_to_all
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_container_registry", "microsoft.containerregistry/registries")
KINDS = ("registry",)
NAMES = ("name",)
COMPANIONS = {"microsoft.containerregistry/registries/replications": "parent"}
ARM_TYPES = (
    "Microsoft.ContainerRegistry/registries",
    "Microsoft.ContainerRegistry/registries/replications",
)

ARM_TYPE = "microsoft.containerregistry/registries"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/container_registry",
    "learn.microsoft.com/azure/container-registry/container-registry-authentication",
)
_ANONYMOUS = Cited(_PAGE.terraform, "learn.microsoft.com/azure/container-registry/anonymous-pull-access")
_ENCRYPTION = "learn.microsoft.com/azure/container-registry/tutorial-customer-managed-keys"
_NETWORK = "learn.microsoft.com/azure/container-registry/container-registry-access-selected-networks"
_EXPORTS = Cited(_PAGE.terraform, "learn.microsoft.com/azure/container-registry/data-loss-prevention")
_DATA_ENDPOINTS = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/container-registry/container-registry-dedicated-data-endpoints",
)
_REPLICAS = "learn.microsoft.com/azure/container-registry/container-registry-geo-replication"
_REPLICATIONS = "microsoft.containerregistry/registries/replications"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word, then its path in Terraform and in ARM
    "key": azure("encryption.key_vault_key_id", "properties.encryption.keyvaultproperties.keyIdentifier"),
    "admin": azure("admin_enabled", "properties.adminUserEnabled"),
    "anonymous": azure("anonymous_pull_enabled", "properties.anonymousPullEnabled"),
    "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
    "exports": azure("export_policy_enabled", "properties.policies.exportPolicy.status"),
    "own_data_endpoints": azure("data_endpoint_enabled", "properties.dataEndpointEnabled"),
    "location": azure("location", "location"),
    "copies": azure("georeplications", NOTHING),
    "default_action": azure("network_rule_set.default_action", "properties.networkRuleSet.defaultAction"),
}
_REPLICATION: Spelling = {"location": azure(NOTHING, "location")}
IDENTITY = tuple(RESOURCE)


def _elsewhere(view: View) -> Known | Reading:
    """Return whether another region has its images: its list of copies has its own region as well, live."""
    copies = view.word("copies")
    if isinstance(copies, Known):
        blocks = copies.value if isinstance(copies.value, list) else [copies.value]
        open_ = next((each for each in blocks if isinstance(each, Unresolved)), None)
        if open_ is not None:
            return Unknown(open_.because, open_.settle_with, copies.resource, copies.path)
        return Known(any(each is not None for each in blocks), copies.resource, copies.path)
    if not isinstance(copies, Absent):
        return copies
    found = view.companions(_REPLICATIONS)
    own, unclear = view.word("location"), found.more if isinstance(found, Some) else None
    for each in found.views:
        where = each.spelled(_REPLICATION).word("location")
        if isinstance(where, Known) and isinstance(own, Known):
            if _region(where.value) != _region(own.value):
                return Known(True, where.resource, where.path)
        elif isinstance(where, Unknown):
            unclear = unclear or where
        elif unclear is None:
            because = f"where {each.resource.address} is, or the registry itself, is not known"
            unclear = Unknown(because, "scan the plan or the live subscription", each.resource, each.base)
    return unclear or Absent(view.resource, view.base)


def _region(name: Any) -> str:
    """Return a region as its list has it: `West Europe` is the name for people of `westeurope`."""
    return str(name).replace(" ", "").lower()


REGISTRY: Facts = {
    "encryption.customer_managed_key": stated("key", default=Documented(False, _ENCRYPTION)),
    "network.public": open_to_all(_NETWORK),
    "network.private_endpoint": has_private_endpoint(ARM_TYPE),
    "admin_user": Fact(switched, of=("admin",), default=Documented(False, _PAGE)),
    "anonymous_pull": Fact(switched, of=("anonymous",), default=Documented(False, _ANONYMOUS)),
    "exports": Fact(switched, of=("exports",), default=Documented(True, _EXPORTS)),
    "own_data_endpoints": Fact(
        switched, of=("own_data_endpoints",), default=Documented(False, _DATA_ENDPOINTS)
    ),
    "ha.multi_region": Fact(
        joins=_elsewhere,
        of=("copies", "location"),
        default=Documented(False, _REPLICAS),
        beside=(_REPLICATIONS,),
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `registry` that the resource declares."""
    yield asset("registry", view, REGISTRY, named(view, ARM_TYPE))
