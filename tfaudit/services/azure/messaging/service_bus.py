"""Azure Service Bus: namespaces, their queues and topics, and the subscriptions of these, as `queue` assets.

A topic keeps nothing itself: each of its subscriptions has a copy of the messages, as a queue has.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset, Key
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE, below, by_id, named, parent_key, part_of, raw
from tfaudit.services.azure.messaging import namespaces

READS = (
    "azurerm_servicebus_namespace",
    "azurerm_servicebus_queue",
    "azurerm_servicebus_topic",
    "azurerm_servicebus_subscription",
    "microsoft.servicebus/namespaces",
    "microsoft.servicebus/namespaces/queues",
    "microsoft.servicebus/namespaces/topics",
    "microsoft.servicebus/namespaces/topics/subscriptions",
)
KINDS = ("queue",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_servicebus_namespace_customer_managed_key": "namespace_id",
    "azurerm_servicebus_namespace_network_rule_set": "namespace_id",
    "microsoft.servicebus/namespaces/networkrulesets": "parent",
}
ARM_TYPES = (
    "Microsoft.ServiceBus/namespaces",
    "Microsoft.ServiceBus/namespaces/networkRuleSets",
    "Microsoft.ServiceBus/namespaces/queues",
    "Microsoft.ServiceBus/namespaces/topics",
    "Microsoft.ServiceBus/namespaces/topics/subscriptions",
)

ARM_TYPE = "microsoft.servicebus/namespaces"
_PAGE = Cited(
    "hashicorp/azurerm/4.50.0/docs/resources/servicebus_namespace",
    "learn.microsoft.com/azure/templates/microsoft.servicebus/namespaces",
)
_TLS = (
    "learn.microsoft.com/azure/service-bus-messaging/transport-layer-security-configure-minimum-version: "
    "of every namespace since February 2025"
)
_ENCRYPTION = "learn.microsoft.com/azure/service-bus-messaging/configure-customer-managed-key"
_RULES = "microsoft.servicebus/namespaces/networkrulesets"
_NETWORK = "learn.microsoft.com/azure/service-bus-messaging/network-security"
_KEYS = Cited(
    _PAGE.terraform,
    "learn.microsoft.com/azure/service-bus-messaging/service-bus-sas: a namespace is made with a policy of keys",
)
_DEAD = "learn.microsoft.com/azure/service-bus-messaging/service-bus-dead-letter-queues"
_KEY = "azurerm_servicebus_namespace_customer_managed_key"

TABLE: Spelling = namespaces.spelling(
    ("customer_managed_key.key_vault_key_id", f"{_KEY}/key_vault_key_id"),
    ("local_auth_enabled",),
    ("network_rule_set.", "azurerm_servicebus_namespace_network_rule_set/"),
    _RULES,
    ("ip_rules", "network_rules", ""),
)
QUEUE_TABLE: Spelling = {
    "id": RESOURCE["id"],
    "name": RESOURCE["name"],
    "namespace": azure("namespace_id", "parent"),
    "expired": azure("dead_lettering_on_message_expiration", "properties.deadLetteringOnMessageExpiration"),
}
TOPIC_TABLE: Spelling = {name: QUEUE_TABLE[name] for name in ("id", "name", "namespace")}
SUBSCRIPTION_TABLE: Spelling = {
    "id": RESOURCE["id"],
    "name": RESOURCE["name"],
    "topic": azure("topic_id", "parent"),
    "expired": QUEUE_TABLE["expired"],
}
IDENTITY = (*namespaces.IDENTITY, "namespace", "topic")
_QUEUES = ("azurerm_servicebus_queue", f"{ARM_TYPE}/queues")
_TOPICS = ("azurerm_servicebus_topic", f"{ARM_TYPE}/topics")
_SUBSCRIPTIONS = ("azurerm_servicebus_subscription", f"{ARM_TYPE}/topics/subscriptions")

NAMESPACE: Facts = namespaces.facts(ARM_TYPE, _KEYS, _TLS, _ENCRYPTION, _NETWORK)
_PUT_ASIDE = Fact(switched, of=("expired",), default=Documented(False, f"{_DEAD}: not for those that expire"))
QUEUE: Facts = {**namespaces.inside(NAMESPACE, "a queue"), "dead_letter": _PUT_ASIDE}
TOPIC: Facts = {
    **namespaces.inside(NAMESPACE, "a topic"),
    "dead_letter": inapplicable("each of its subscriptions says what becomes of messages that fail"),
}
SUBSCRIPTION: Facts = {**namespaces.inside(NAMESPACE, "a subscription"), "dead_letter": _PUT_ASIDE}


def _topic_key(view: View) -> Key:
    return below(view, "namespace", ARM_TYPE, "topics")


def _subscription_key(view: View) -> Key:
    if (known := by_id(view)) is not None:
        return known
    above = parent_key(view, "topic", _TOPICS[1])
    for topic in view.leads_to("topic", *_TOPICS):
        above = _topic_key(topic.spelled(TOPIC_TABLE))
    return part_of(above, _TOPICS[1], "subscriptions", raw(view, "name"))


def assets(view: View) -> Iterator[Asset]:
    """Yield the `queue` that the resource declares: a namespace, or a queue, topic or subscription of it."""
    if view.resource.type in _QUEUES:
        own = view.spelled(QUEUE_TABLE)
        yield asset("queue", own, QUEUE, below(own, "namespace", ARM_TYPE, "queues"))
    elif view.resource.type in _TOPICS:
        own = view.spelled(TOPIC_TABLE)
        yield asset("queue", own, TOPIC, _topic_key(own))
    elif view.resource.type in _SUBSCRIPTIONS:
        own = view.spelled(SUBSCRIPTION_TABLE)
        yield asset("queue", own, SUBSCRIPTION, _subscription_key(own))
    else:
        yield asset("queue", view, NAMESPACE, named(view, ARM_TYPE))
