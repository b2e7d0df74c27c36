"""Azure Service Bus: namespaces and their queues, as `queue` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, named
from tfaudit.services.azure.messaging import namespaces

READS = (
    "azurerm_servicebus_namespace",
    "azurerm_servicebus_queue",
    "microsoft.servicebus/namespaces",
    "microsoft.servicebus/namespaces/queues",
)
KINDS = ("queue",)
NAMES = ("name",)
COMPANIONS = {"azurerm_servicebus_namespace_customer_managed_key": "namespace_id"}
ARM_TYPES = ("Microsoft.ServiceBus/namespaces", "Microsoft.ServiceBus/namespaces/queues")

ARM_TYPE = "microsoft.servicebus/namespaces"
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/servicebus_namespace"
_TLS = (
    "learn.microsoft.com/azure/service-bus-messaging/transport-layer-security-configure-minimum-version: "
    "of every namespace since February 2025"
)
_ENCRYPTION = "learn.microsoft.com/azure/service-bus-messaging/configure-customer-managed-key"
_NETWORK = "learn.microsoft.com/azure/service-bus-messaging/network-security"
_DEAD = "learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues"
_KEY = "azurerm_servicebus_namespace_customer_managed_key"

TABLE: Spelling = namespaces.spelling(
    ("customer_managed_key.key_vault_key_id", f"{_KEY}/key_vault_key_id"),
    ("local_auth_enabled",),
    "network_rule_set",
)
QUEUE_TABLE: Spelling = {
    "id": RESOURCE["id"],
    "name": RESOURCE["name"],
    "namespace": azure("namespace_id", "parent"),
    "expired": azure("dead_lettering_on_message_expiration", "properties.deadLetteringOnMessageExpiration"),
}
IDENTITY = (*namespaces.IDENTITY, "namespace")
_QUEUES = ("azurerm_servicebus_queue", f"{ARM_TYPE}/queues")

NAMESPACE: Facts = namespaces.facts(ARM_TYPE, _PAGE, _TLS, _ENCRYPTION, _NETWORK)
QUEUE: Facts = {
    **namespaces.inside(NAMESPACE, "a queue"),
    "dead_letter": Fact(
        switched, of=("expired",), default=Documented(False, f"{_DEAD}: not for those that expire")
    ),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `queue` that the resource declares: a namespace, or one queue of it."""
    if view.resource.type in _QUEUES:
        own = view.spelled(QUEUE_TABLE)
        yield asset("queue", own, QUEUE, below(own, "namespace", ARM_TYPE, "queues"))
    else:
        yield asset("queue", view, NAMESPACE, named(view, ARM_TYPE))
