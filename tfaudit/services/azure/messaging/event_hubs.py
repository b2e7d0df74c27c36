"""Azure Event Hubs: namespaces, as `queue` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited
from tfaudit.reading.fact import Facts, inapplicable
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import named
from tfaudit.services.azure.messaging import namespaces

READS = ("azurerm_eventhub_namespace", "microsoft.eventhub/namespaces")
KINDS = ("queue",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_eventhub_namespace_customer_managed_key": "eventhub_namespace_id",
    "microsoft.eventhub/namespaces/networkrulesets": "parent",
}
ARM_TYPES = ("Microsoft.EventHub/namespaces", "Microsoft.EventHub/namespaces/networkRuleSets")

ARM_TYPE = "microsoft.eventhub/namespaces"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/eventhub_namespace",
    "learn.microsoft.com/azure/templates/microsoft.eventhub/namespaces",
)
_TLS = (
    "learn.microsoft.com/azure/event-hubs/transport-layer-security-configure-minimum-version: "
    "of every namespace since February 2025"
)
_KEYS = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/event-hubs/authorize-access-shared-access-signature: "
    "a namespace is made with a policy of keys",
)
_ENCRYPTION = "learn.microsoft.com/azure/event-hubs/configure-customer-managed-key"
_RULES = "microsoft.eventhub/namespaces/networkrulesets"
_NETWORK = "learn.microsoft.com/azure/event-hubs/network-security"

TABLE: Spelling = namespaces.spelling(
    ("azurerm_eventhub_namespace_customer_managed_key/key_vault_key_ids",),
    ("local_authentication_enabled",),
    ("network_rulesets.",),
    _RULES,
    ("ip_rule", "virtual_network_rule", "ip_mask"),
)
IDENTITY = namespaces.IDENTITY

NAMESPACE: Facts = {
    **namespaces.facts(ARM_TYPE, _KEYS, _TLS, _ENCRYPTION, _NETWORK),
    "dead_letter": inapplicable("readers of a stream keep their place: no message is put aside"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue` that the resource declares."""
    yield asset("queue", view, NAMESPACE, named(view, ARM_TYPE))
