"""Keys, secrets and what holds them."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "encryption_key": {
        "tags": "map",
        "rotation": "bool",
        "rotation_days": "int",
        "hsm": "bool",
        "policy.public": "bool",
        "expires": "bool",
        "deletion_window_days": "int",
    },
    "secret": {
        "encryption.customer_managed_key": "bool",
        "tags": "map",
        "inline": "bool",
        "rotation": "bool",
        "rotation_days": "int",
        "expires": "bool",
        "external": "bool",
        "policy.public": "bool",
        "recovery_window_days": "int",
    },
    "stored_variable": {
        "encryption.at_rest": "bool",
        "inline_secrets": "bool",
    },
    "secret_store": {
        "network.public": "bool",
        "network.private_endpoint": "bool",
        "network.published": "bool",  # whether something that faces the internet passes on to it
        "network.published_by": "list",  # from the internet to it, hop by hop
        "audit.enabled": "bool",
        "tags": "map",
        "purge_protection": "bool",
        "soft_delete_days": "int",
        "rbac": "bool",
    },
    "certificate": {
        "auto_renew": "bool",  # without anybody's doing
        "days_left": "int",
        "validity_months": "int",  # for how long a new one is made
        "key_strength_bits": "int",  # bits of security: 112 for RSA of 2,048 bits, 128 for P-256
        "tags": "map",
    },
}
