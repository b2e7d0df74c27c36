"""What Service Bus and Event Hubs have in common: a namespace with addresses, keys and encryption."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.services.azure.choices import switched
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.platform.common import reached_by_all, takes_keys
from tfaudit.services.azure.tags import TAGGED, TAGS

IDENTITY = tuple(RESOURCE)


def spelling(
    key: tuple[str, ...], local: tuple[str, ...], rules: tuple[str, ...], arm_rules: str
) -> Spelling:
    """Return the words of a namespace: `key`, `local` and `rules` are where Terraform has these.

    `arm_rules` is the type of the resource that ARM has for the rules of its network.
    """
    return {
        **RESOURCE,
        **TAGGED,
        "key": azure(key, "properties.encryption.keyvaultproperties"),
        "lowest_tls": azure("minimum_tls_version", "properties.minimumTlsVersion"),
        "keys_taken": azure(local, NOTHING),
        "no_keys": azure(NOTHING, "properties.disableLocalAuth"),
        "endpoint": azure("public_network_access_enabled", "properties.publicNetworkAccess"),
        "endpoint_by_rules": azure(NOTHING, f"{arm_rules}/properties.publicNetworkAccess"),
        "default_action": azure(
            tuple(f"{each}default_action" for each in rules), f"{arm_rules}/properties.defaultAction"
        ),
    }


def _reached(endpoint: Any, by_rules: Any, action: Any) -> Any:
    """Return whether everybody's network reaches it; the rules of its network may close its address, too."""
    reached = reached_by_all(endpoint, action)
    return reached if reached is False or switched(by_rules) is not False else False


def facts(arm_type: str, page: Cited, tls: str, encryption: str, network: str) -> Facts:
    """Return the facts of a namespace of `arm_type`; the pages say what holds where nothing is set."""
    return {
        "encryption.at_rest": always(True, encryption),
        "encryption.customer_managed_key": stated("key", default=Documented(False, encryption)),
        "tls.min_version": Fact("lowest_tls", default=Documented("1.2", tls)),
        "network.public": Fact(
            _reached,
            of=("endpoint", "endpoint_by_rules", "default_action"),
            default=Documented(True, network),
            beside=(f"{arm_type}/networkrulesets",),
        ),
        "network.private_endpoint": has_private_endpoint(arm_type),
        "shared_key_access": Fact(takes_keys, of=("keys_taken", "no_keys"), default=Documented(True, page)),
        "logs.enabled": logged(arm_type=arm_type),
        "dead_letter": inapplicable("each of its queues says what becomes of messages that fail"),
        "tags": TAGS,
    }


def inside(facts_: Facts, what: str) -> Facts:
    """Return the facts of what is in a namespace, which says all but what becomes of messages that fail."""
    return {name: inapplicable(f"its namespace is judged: {what} has none of its own") for name in facts_}
