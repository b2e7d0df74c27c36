"""Stores of data: databases, caches, objects, files, volumes and queues."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "database": {
        "encryption.at_rest": "bool",
        "encryption.customer_managed_key": "bool",
        "tls.required": "bool",
        "tls.min_version": "tls",
        "network.public": "bool",
        "network.private_endpoint": "bool",
        "network.published": "bool",  # whether something that faces the internet passes on to it
        "network.published_by": "list",  # from the internet to it, hop by hop
        "network.allowed_sources": "list",  # CIDRs
        "backup.enabled": "bool",
        "backup.retention_days": "int",
        "backup.cross_region": "bool",
        "backup.long_term": "bool",  # whether copies are kept for months or years
        "audit.retention_days": "int",
        "threat_detection": "bool",
        "vulnerability_assessment": "bool",  # whether scans for weaknesses recur
        "audit.events": "set",  # reads, writes, admin, connections, statements
        "logs.enabled": "bool",
        "ha.multi_zone": "bool",
        "deletion_protection": "bool",
        "tags": "map",
        "engine": "str",
        "version": "str",
        "auth.iam": "bool",
        "auth.passwords": "bool",  # whether it takes passwords of its own at all
        "inline_secrets": "bool",
        "auto_minor_upgrade": "bool",
        "logs.sessions": "bool",  # its log says who connected and who left
        "logs.checkpoints": "bool",
        "connections.throttled": "bool",  # whoever fails to sign in again and again is slowed down
        "keys_change_structure": "bool",  # whether who has its key may change its structure as well
        "tamper_evident": "bool",  # a ledger shows whether rows were changed afterwards
        "session.idle_minutes": "int",  # after which a session ends, 0 for never
    },
    "cache": {
        "encryption.at_rest": "bool",
        "encryption.customer_managed_key": "bool",
        "tls.required": "bool",
        "tls.min_version": "tls",
        "network.public": "bool",
        "network.private_endpoint": "bool",
        "network.published": "bool",  # whether something that faces the internet passes on to it
        "network.published_by": "list",  # from the internet to it, hop by hop
        "network.allowed_sources": "list",  # CIDRs
        "backup.enabled": "bool",
        "backup.retention_days": "int",
        "ha.multi_zone": "bool",
        "ha.automatic_failover": "bool",
        "tags": "map",
        "version": "str",
        "auth.required": "bool",
        "inline_secrets": "bool",
    },
    "object_store": {
        "encryption.at_rest": "bool",
        "encryption.algorithm": "str",  # AES256, aws:kms ...
        "encryption.customer_managed_key": "bool",
        "tls.required": "bool",
        "tls.min_version": "tls",
        "network.private_endpoint": "bool",
        "network.published": "bool",  # whether something that faces the internet passes on to it
        "network.published_by": "list",  # from the internet to it, hop by hop
        "network.allowed_sources": "list",  # CIDRs
        "ha.multi_zone": "bool",
        "ha.multi_region": "bool",
        "versioning": "bool",
        "tags": "map",
        "policy.public": "bool",
        "public_access_blocked": "bool",
        "public_access_blocked.missing": "list",  # the blocks that are not on
        "public_acl": "bool",
        "public_acl.rights": "list",  # what everyone may do: read, write, authenticated
        "acl_disabled": "bool",
        "lifecycle_days": "int",
        "object_lock": "bool",
        "access_logged": "bool",
        "shared_key_access": "bool",
        "shared_key_days": "int",  # after how many days a reminder says that a key is due, 0 for never
        "sas_expires": "bool",  # whether there is a policy on how long signatures last
        "cross_tenant_copies": "bool",  # whether objects may be replicated to another tenant
        "copies_from_anywhere": "bool",  # whether stores of everybody may be copied into it
        "directory_by_default": "bool",  # the provider's portal signs in by the directory and not by a key
        "network.trusted_services": "bool",  # whether services of the provider pass its network rules
        "encrypted_twice": "bool",
        "local_users": "bool",  # whether users of the store's own sign in
        "soft_delete_days": "int",
        "containers_kept_days": "int",  # for how long a deleted container comes back whole
        "mfa_delete": "bool",
    },
    "file_store": {
        "encryption.at_rest": "bool",
        "encryption.customer_managed_key": "bool",
        "tls.required": "bool",
        "backup.enabled": "bool",
        "ha.multi_zone": "bool",
        "tags": "map",
        "policy.public": "bool",
        "soft_delete_days": "int",
        "smb.versions": "set",  # those that clients may speak: SMB2.1, SMB3.0, SMB3.1.1
        "smb.ciphers": "set",  # those that connections may be encrypted by
    },
    "block_volume": {
        "encryption.at_rest": "bool",
        "encryption.customer_managed_key": "bool",
        "tags": "map",
        "network.public": "bool",
    },
    "snapshot": {
        "encryption.at_rest": "bool",
        "encryption.customer_managed_key": "bool",
        "tags": "map",
        "network.public": "bool",
    },
    "queue": {
        "encryption.at_rest": "bool",
        "encryption.customer_managed_key": "bool",
        "tags": "map",
        "dead_letter": "bool",
        "tls.min_version": "tls",
        "network.public": "bool",
        "network.private_endpoint": "bool",
        "shared_key_access": "bool",
        "logs.enabled": "bool",
    },
}
