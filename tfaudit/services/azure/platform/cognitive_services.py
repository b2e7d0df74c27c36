"""Azure AI services (Cognitive Services, OpenAI), as `managed_service` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.platform import common

READS = ("azurerm_cognitive_account", "azurerm_ai_services", "microsoft.cognitiveservices/accounts")
KINDS = ("managed_service",)
NAMES = ("name",)
COMPANIONS = {"azurerm_cognitive_account_customer_managed_key": "cognitive_account_id"}
ARM_TYPES = ("Microsoft.CognitiveServices/accounts",)

ARM_TYPE = "microsoft.cognitiveservices/accounts"
IDENTITY = common.IDENTITY
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/cognitive_account",
    "learn.microsoft.com/azure/templates/microsoft.cognitiveservices/accounts",
)
_NETWORKS = Cited(
    _PAGE.terraform, "learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks"
)

TABLE: Spelling = {
    **common.spelling(
        azure(("public_network_access_enabled", "public_network_access"), "properties.publicNetworkAccess"),
        keys_taken=azure(("local_auth_enabled", "local_authentication_enabled"), NOTHING),
        no_keys=azure(NOTHING, "properties.disableLocalAuth"),
        key=azure(
            (
                "customer_managed_key.key_vault_key_id",
                "customer_managed_key.managed_hsm_key_id",
                "azurerm_cognitive_account_customer_managed_key/key_vault_key_id",
            ),
            "properties.encryption.keyvaultproperties.keyname",
        ),
        action=azure("network_acls.default_action", "properties.networkAcls.defaultAction"),
    ),
    # word, then its path in Terraform and in ARM
    "outbound": azure("outbound_network_access_restricted", "properties.restrictOutboundNetworkAccess"),
}

SERVICE: Facts = {
    **common.facts(_NETWORKS, ARM_TYPE, keys=_PAGE),
    "network.outbound_restricted": Fact(switched, of=("outbound",), default=Documented(False, _PAGE)),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `managed_service` that the resource declares."""
    yield asset("managed_service", view, SERVICE, named(view, ARM_TYPE))
