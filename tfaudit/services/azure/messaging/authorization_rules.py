"""Authorization rules of Service Bus, Event Hubs and Relay, as `queue_key` assets.

Each rule has two keys. One of a namespace opens all that is in it; Azure makes each namespace with one of every right,
which cannot be taken away: whether keys are taken at all is the namespace's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_bool, as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower
from tfaudit.services.azure.keys.keys import GLOBAL, RESOURCE, by_id, name_of, parent_key, part_of

READS = (
    "azurerm_servicebus_namespace_authorization_rule",
    "azurerm_servicebus_queue_authorization_rule",
    "azurerm_servicebus_topic_authorization_rule",
    "azurerm_eventhub_namespace_authorization_rule",
    "azurerm_eventhub_authorization_rule",
    "azurerm_relay_namespace_authorization_rule",
    "azurerm_relay_hybrid_connection_authorization_rule",
    "microsoft.servicebus/namespaces/authorizationrules",
    "microsoft.servicebus/namespaces/queues/authorizationrules",
    "microsoft.servicebus/namespaces/topics/authorizationrules",
    "microsoft.eventhub/namespaces/authorizationrules",
    "microsoft.eventhub/namespaces/eventhubs/authorizationrules",
    "microsoft.relay/namespaces/authorizationrules",
    "microsoft.relay/namespaces/hybridconnections/authorizationrules",
)
KINDS = ("queue_key",)
ARM_TYPES = (
    "Microsoft.ServiceBus/namespaces/authorizationRules",
    "Microsoft.ServiceBus/namespaces/queues/authorizationRules",
    "Microsoft.ServiceBus/namespaces/topics/authorizationRules",
    "Microsoft.EventHub/namespaces/authorizationRules",
    "Microsoft.EventHub/namespaces/eventhubs/authorizationRules",
    "Microsoft.Relay/namespaces/authorizationRules",
    "Microsoft.Relay/namespaces/hybridConnections/authorizationRules",
)

_TYPES = dict(zip(READS[:7], READS[7:], strict=True))
"""The type that ARM has for each of Terraform's."""
_OWN = "rootmanagesharedaccesskey"
_RIGHTS = "learn.microsoft.com/azure/service-bus-messaging/service-bus-sas"

TABLE: Spelling = {
    **RESOURCE,
    # word, then its path in Terraform, whose older resources name what they are of, and in ARM
    "of": azure(("namespace_id", "queue_id", "topic_id"), "parent"),
    "namespace": azure("namespace_name", NOTHING),
    "entity": azure(("eventhub_name", "hybrid_connection_name"), NOTHING),
    "listen": azure("listen", NOTHING),
    "send": azure("send", NOTHING),
    "manage": azure("manage", NOTHING),
    "rights": azure(NOTHING, "properties.rights"),
}
IDENTITY = (*RESOURCE, "of", "namespace", "entity")


def _made_by_azure(name: Any) -> bool:
    return lower(name if name is None else str(name).rpartition("/")[2]) == _OWN


_CANNOT = Inapplicable("Azure makes it with the namespace, and it cannot be taken away")


def _rights(rights: Any, manage: Any, send: Any, listen: Any, name: Any) -> Any:
    """Return what its keys let somebody do; who may manage may do the rest as well."""
    if _made_by_azure(name):
        return _CANNOT
    if rights is not None:
        return sorted({str(lower(each)) for each in as_list(rights) or []})
    flags = {"manage": manage, "send": send, "listen": listen}
    if all(each is None for each in flags.values()):
        return None
    on = [word for word, value in flags.items() if as_bool(value) is True]
    return ["listen", "manage", "send"] if "manage" in on else sorted(on)


def _scope(word: str) -> Fact:
    """Return the fact for what its keys open."""

    def opens(name: Any) -> Any:
        return _CANNOT if _made_by_azure(name) else Documented(word, _RIGHTS)

    return Fact(opens, of=("name",))


RULE: Facts = {"rights": Fact(_rights, of=("rights", "manage", "send", "listen", "name"))}
OF_NAMESPACE: Facts = {**RULE, "scope": _scope("namespace")}
OF_ENTITY: Facts = {**RULE, "scope": _scope("queue")}


def _key(view: View, type_: str) -> Key:
    """Return the key of a rule of `type_`, by the id of what it is of, or by the names of that."""
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    above_type = type_.rpartition("/")[0]
    own: Any = name_of(view, "name")
    if not isinstance(view.word("of"), Absent):
        return part_of(parent_key(view, "of", above_type), above_type, "authorizationrules", own)
    namespace_type = "/".join(type_.split("/")[:2])
    words = ("namespace",) if namespace_type in GLOBAL else ("group", "namespace")
    words = (*words, "entity") if above_type.count("/") == 2 else words
    names = [name_of(view, word) for word in words]
    open_ = next((each for each in names if isinstance(each, Unresolved)), None)
    if open_ is not None:
        return open_
    return part_of(f"azure:{above_type}/{'/'.join(map(str, names))}", above_type, "authorizationrules", own)


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `queue_key` that the rule is."""
    type_ = _TYPES.get(view.resource.type, view.resource.type)
    facts = OF_NAMESPACE if type_.count("/") == 2 else OF_ENTITY
    yield asset("queue_key", view, facts, _key(view, type_))
