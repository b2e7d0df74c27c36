"""What Service Bus and Event Hubs have in common: a namespace with addresses, keys and encryption."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable, stated
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.platform.common import reached_by_all, reached_by_named, takes_keys
from tfaudit.services.azure.tags import TAGGED, TAGS

IDENTITY = tuple(RESOURCE)


def spelling(
    key: tuple[str, ...],
    local: tuple[str, ...],
    rules: tuple[str, ...],
    arm_rules: str,
    lists: tuple[str, str, str],
) -> Spelling:
    """Return the words of a namespace: `key`, `local` and `rules` are where Terraform has these.

    `arm_rules` is the type of the resource that ARM has for the rules of its network; `lists` are what Terraform calls
    the rules for addresses and those for subnets, and the range of the former, "" where each is one.
    """
    ranges, subnets, mask = lists
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
        "ranges": azure(
            tuple(f"{each}{ranges}" for each in rules),
            f"{arm_rules}/properties.ipRules",
            rows={"range": azure(mask, "ipMask")},
        ),
        "subnets": azure(
            tuple(f"{each}{subnets}" for each in rules), f"{arm_rules}/properties.virtualNetworkRules"
        ),
    }


def _reached(endpoint: Any, by_rules: Any, action: Any, ranges: Any, subnets: Any) -> Any:
    """Return whether everybody's network reaches it; the rules of its network may close its address, too.

    Without a rule nothing is denied, whatever the action is: the pages of the firewalls of both services say so.
    """
    if switched(endpoint) is False or switched(by_rules) is False:
        return False
    if lower(action) != "deny":
        return reached_by_all(endpoint, action)
    if as_list(subnets) and not as_list(ranges):
        return Said(False, by="subnets")
    reached = reached_by_named(True, ranges)
    return Said(True, by="default_action") if reached is True else reached


def facts(arm_type: str, page: Cited, tls: str, encryption: str, network: str) -> Facts:
    """Return the facts of a namespace of `arm_type`; the pages say what holds where nothing is set."""
    return {
        "encryption.at_rest": always(True, encryption),
        "encryption.customer_managed_key": stated("key", default=Documented(False, encryption)),
        "tls.min_version": Fact("lowest_tls", default=Documented("1.2", tls)),
        "network.public": Fact(
            _reached,
            of=("endpoint", "endpoint_by_rules", "default_action", "ranges", "subnets"),
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
