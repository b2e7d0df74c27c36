"""Azure Machine Learning: workspaces and hubs, and endpoints that answer from models, as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, not_judged, switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, named
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.platform import common
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = (
    "azurerm_machine_learning_workspace",
    "azurerm_ai_foundry",
    "microsoft.machinelearningservices/workspaces",
    "microsoft.machinelearningservices/workspaces/onlineendpoints",
)
KINDS = ("managed_service",)
NAMES = ("name",)
ARM_TYPES = (
    "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
)

ARM_TYPE = "microsoft.machinelearningservices/workspaces"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/machine_learning_workspace",
    "learn.microsoft.com/azure/templates/microsoft.machinelearningservices/workspaces",
)
_ISOLATION = "learn.microsoft.com/azure/machine-learning/how-to-managed-network"
_SCRATCH = "learn.microsoft.com/azure/machine-learning/concept-data-encryption"
_ENDPOINT = "learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint"
_ENDPOINTS = "microsoft.machinelearningservices/workspaces/onlineendpoints"

TABLE: Spelling = {
    **common.spelling(
        azure(
            (
                "public_network_access_enabled",
                "public_network_access",
                "public_access_behind_virtual_network_enabled",
            ),
            "properties.publicNetworkAccess",
        ),
        key=azure("encryption.key_id", "properties.encryption.keyvaultproperties.keyIdentifier"),
    ),
    # word, then its path in Terraform and in ARM
    "isolation": azure("managed_network.isolation_mode", "properties.managedNetwork.isolationMode"),
    "sensitive": azure(("high_business_impact", "high_business_impact_enabled"), "properties.hbiWorkspace"),
}
ENDPOINT_TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of an endpoint, then its path in Terraform, whose provider has none, and in ARM
    "workspace": azure(NOTHING, "parent"),
    "endpoint": azure(NOTHING, "properties.publicNetworkAccess"),
    "keys": azure(NOTHING, "properties.authMode"),
    "identity": azure(NOTHING, "identity.type"),
}


def _restricted(isolation: Any) -> Any:
    """Return whether what runs in its network reaches approved destinations alone."""
    word = lower(isolation)
    if word is None:
        return None
    known = ("disabled", "allowinternetoutbound", "allowonlyapprovedoutbound")
    return word == known[2] if word in known else not_judged(isolation)


def _own_network(isolation: Any) -> Any:
    """Return whether it has a network of its own at all."""
    restricted = _restricted(isolation)
    return lower(isolation) != "disabled" if isinstance(restricted, bool) else restricted


def _by_keys(mode: Any) -> Any:
    """Return whether whoever has a key may ask: tokens are given to identities, and end."""
    word = lower(mode)
    return (
        None
        if word is None
        else word == "key"
        if word in ("key", "amltoken", "aadtoken")
        else not_judged(mode)
    )


SERVICE: Facts = {
    **common.facts(_PAGE, ARM_TYPE, without_keys="callers sign in by identities alone"),
    "network.own": Fact(_own_network, of=("isolation",), default=Documented(False, _ISOLATION)),
    "network.outbound_restricted": Fact(
        _restricted, of=("isolation",), default=Documented(False, _ISOLATION)
    ),
    "scratch_encrypted": Fact(switched, of=("sensitive",), default=Documented(False, _SCRATCH)),
}
ANSWERING: Facts = {
    **common.SELDOM,
    "network.public": Fact(switched, of=("endpoint",), default=Documented(True, _ENDPOINT)),
    "network.private_endpoint": inapplicable("it is reached by that of its workspace"),
    "shared_key_access": Fact(_by_keys, of=("keys",), default=Documented(True, _ENDPOINT)),
    "managed_identity": Fact(common.has_identity, of=("identity",), default=Documented(False, _ENDPOINT)),
    "encryption.customer_managed_key": inapplicable("its workspace is judged"),
    "logs.enabled": logged(arm_type=_ENDPOINTS),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    if view.resource.type == _ENDPOINTS:
        own = view.spelled(ENDPOINT_TABLE)
        yield asset("managed_service", own, ANSWERING, below(own, "workspace", ARM_TYPE, "onlineendpoints"))
    else:
        yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
