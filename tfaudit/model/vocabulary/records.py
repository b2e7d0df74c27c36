"""What records what was done: audit trails, and the stores of logs."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "audit_trail": {
        "encryption.customer_managed_key": "bool",
        "audit.enabled": "bool",
        "audit.events": "set",  # reads, writes, admin, connections, statements
        "logs.retention_days": "int",
        "logs.central": "bool",
        "tags": "map",
        "multi_region": "bool",
        "validated": "bool",
        "covers": "set",
        "scope": "str",  # account, subscription
    },
    "trail_store": {  # where an audit trail keeps its records
        "public_access_blocked": "bool",
        "public_acl": "bool",
        "policy.public": "bool",
        "versioning": "bool",
        "object_lock": "bool",
        "access_logged": "bool",
        "tags": "map",
    },
    "log_store": {
        "encryption.customer_managed_key": "bool",
        "logs.retention_days": "int",
        "tags": "map",
        "network.public": "bool",
        "shared_key_access": "bool",
    },
    "siem": {  # what looks for attacks in the records of many sources
        "rules.enabled": "bool",
        "data.connected": "bool",
    },
    "alert_rule": {
        "enabled": "bool",
        "receivers": "list",  # the kinds of receivers that it reaches
        "tags": "map",
    },
}
