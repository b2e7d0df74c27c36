"""Kinds and settings: every word that a policy may use, with the type of its value.

A group is mixed into the kinds that share it. A type is one of

    bool  int  number  str  tls  list  set  map

where `tls` is a TLS version ("1.0" < "1.1" < "1.2" < "1.3"), `list` and `set` hold strings unless said otherwise, and
sizes, times and counts carry their unit in the name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

SettingType: TypeAlias = Literal["bool", "int", "number", "str", "tls", "list", "set", "map"]
Settings: TypeAlias = Mapping[str, SettingType]

ENCRYPTION: Settings = {
    "encryption.at_rest": "bool",
    "encryption.algorithm": "str",  # AES256, aws:kms ...
    "encryption.customer_managed_key": "bool",
}
TLS: Settings = {
    "tls.required": "bool",
    "tls.min_version": "tls",
    "tls.ciphers": "list",
    "tls.certificate_days_left": "int",
}
EXPOSURE: Settings = {
    "network.public": "bool",
    "network.allowed_sources": "list",  # CIDRs
    "network.private_endpoint": "bool",
    "network.reachable_from_internet": "bool",
    "network.segment": "str",
}
BACKUP: Settings = {
    "backup.enabled": "bool",
    "backup.retention_days": "int",
    "backup.frequency_hours": "int",
    "backup.pitr": "bool",
    "backup.pitr_days": "int",
    "backup.long_term_retention_days": "int",
    "backup.cross_region": "bool",
    "backup.encrypted": "bool",
    "backup.immutable": "bool",
    "backup.last_restore_test_days": "int",
}
AUDIT: Settings = {
    "audit.enabled": "bool",
    "audit.events": "set",  # reads, writes, admin, connections, statements
    "audit.retention_days": "int",
    "audit.tamper_proof": "bool",
}
LOGGING: Settings = {
    "logs.enabled": "bool",
    "logs.retention_days": "int",
    "logs.structured": "bool",
    "logs.central": "bool",
}
AVAILABILITY: Settings = {
    "ha.multi_zone": "bool",
    "ha.multi_region": "bool",
    "ha.replicas": "int",
    "ha.automatic_failover": "bool",
    "ha.failover_seconds": "int",
}
PROTECTION: Settings = {
    "deletion_protection": "bool",
    "versioning": "bool",
    "tags": "map",
    "environment": "str",
}
_STORE: Settings = {
    **ENCRYPTION,
    **TLS,
    **EXPOSURE,
    **BACKUP,
    **AUDIT,
    **LOGGING,
    **AVAILABILITY,
    **PROTECTION,
    "policy.public": "bool",
}

_TRAFFIC: Settings = {
    **TLS,
    **EXPOSURE,
    **AUDIT,
    **LOGGING,
    **AVAILABILITY,
    **PROTECTION,
    "https_only": "bool",
    "redirect_to_https": "bool",
    "drop_invalid_headers": "bool",
    "headers": "map",
    "rate_limit.per_minute": "int",
    "rate_limit.burst": "int",
    "waf": "bool",
    "waf.mode": "str",
    "ddos_protection": "bool",
    "authentication": "bool",
    "health_check.interval_seconds": "int",
    "compression": "bool",
    "drain_seconds": "int",
}
_RULE: Settings = {
    **PROTECTION,
    "rule.action": "str",  # allow, deny
    "rule.direction": "str",  # ingress, egress
    "rule.protocol": "str",  # tcp, udp, icmp, all
    "rule.ports": "list",  # "22", "8000-8100", "all"
    "rule.sources": "list",  # CIDRs
    "rule.admin_ports": "list",  # those of administration that are open to the whole internet
    "rule.opens_admin_port": "bool",  # SSH or RDP to the whole internet
    "rule.opens_data_port": "bool",  # a database, cache or queue port to the whole internet
    "rule.open_to_world": "bool",  # any port to 0.0.0.0/0 or ::/0
    "rule.all_ports": "bool",
    "rule.description": "str",
}
_CONTAINER: Settings = {
    "run_as_root": "bool",
    "privileged": "bool",
    "privilege_escalation": "bool",
    "capabilities.added": "list",
    "capabilities.drop_all": "bool",
    "read_only_root": "bool",
    "seccomp": "str",
    "resources.cpu_request": "str",
    "resources.memory_request": "str",
    "resources.cpu_limit": "str",
    "resources.memory_limit": "str",
    "probes.liveness": "bool",
    "probes.readiness": "bool",
    "image": "str",
    "image.pinned": "bool",
    "image.tag": "str",
    "image.registry": "str",
    "host_ports": "list",
    "secrets_in_environment": "bool",
    "inline_secrets": "bool",
}
_ACCESS: Settings = {
    **PROTECTION,
    "admin": "bool",
    "wildcard_actions": "bool",
    "wildcard_resources": "bool",
    "sensitive_actions": "list",
    "reads_secrets": "bool",  # any secret in its scope
    "escalates": "bool",  # its holder can gain rights that it does not have
    "scope": "str",  # resource, namespace, resource_group, subscription, cluster, account
    "escalation_paths": "list",
    "public_principal": "bool",
    "public_principal.by": "list",  # principal, federation
    "wildcard_actions.named": "list",
    "cross_account": "bool",
}

KINDS: Mapping[str, Settings] = {
    "database": {
        **_STORE,
        "engine": "str",
        "version": "str",
        "auth.method": "str",
        "auth.iam": "bool",
        "auth.password_hash": "str",
        "auth.trusts_any_host": "bool",
        "inline_secrets": "bool",
        "row_level_security": "bool",
        "pooling": "bool",
        "extensions": "list",
        "superusers": "list",
        "wal_archiving": "bool",
        "slow_query_log": "bool",
        "auto_minor_upgrade": "bool",
    },
    "cache": {
        **_STORE,
        "engine": "str",
        "version": "str",
        "auth.required": "bool",
        "inline_secrets": "bool",
        "eviction_policy": "str",
        "max_memory_percent": "int",
        "persistence": "set",
        "dangerous_commands_disabled": "bool",
        "sentinel.quorum": "int",
    },
    "object_store": {
        **_STORE,
        "public_access_blocked": "bool",
        "public_access_blocked.missing": "list",  # the blocks that are not on
        "public_acl": "bool",
        "public_acl.rights": "list",  # what everyone may do: read, write, authenticated
        "acl_disabled": "bool",
        "lifecycle_days": "int",
        "object_lock": "bool",
        "access_logged": "bool",
        "shared_key_access": "bool",
        "soft_delete_days": "int",
        "mfa_delete": "bool",
    },
    "file_store": {**_STORE},
    "block_volume": {**ENCRYPTION, **BACKUP, **PROTECTION, "network.public": "bool"},
    "snapshot": {**ENCRYPTION, **PROTECTION, "network.public": "bool"},
    "queue": {**_STORE, "dead_letter": "bool"},
    "encryption_key": {
        **PROTECTION,
        "rotation": "bool",
        "rotation_days": "int",
        "hsm": "bool",
        "policy.public": "bool",
        "customer_managed": "bool",
        "expires": "bool",
        "deletion_window_days": "int",
    },
    "secret": {
        **ENCRYPTION,
        **PROTECTION,
        "inline": "bool",
        "rotation": "bool",
        "rotation_days": "int",
        "expires": "bool",
        "external": "bool",
        "policy.public": "bool",
        "recovery_window_days": "int",
    },
    "secret_store": {
        **EXPOSURE,
        **AUDIT,
        **PROTECTION,
        "purge_protection": "bool",
        "soft_delete_days": "int",
        "rbac": "bool",
        "hsm": "bool",
    },
    "certificate": {
        **PROTECTION,
        "auto_renew": "bool",
        "days_left": "int",
        "key_bits": "int",
        "issuer": "str",
    },
    "load_balancer": _TRAFFIC,
    "listener": {
        **TLS,
        **PROTECTION,
        "https_only": "bool",
        "redirect_to_https": "bool",
        "protocol": "str",
        "network.public": "bool",
        "authentication": "bool",
    },
    "api_gateway": _TRAFFIC,
    "cdn": _TRAFFIC,
    "web_server": _TRAFFIC,
    "endpoint": _TRAFFIC,
    "ingress": {**_TRAFFIC, "class": "str", "wildcard_host": "bool"},
    "service": {**EXPOSURE, **PROTECTION, "type": "str"},
    "network": {
        **LOGGING,
        **PROTECTION,
        "flow_logs": "bool",
        "flow_logs.retention_days": "int",
        "default_deny": "bool",
        "is_default": "bool",
        "ddos_protection": "bool",
    },
    "subnet": {
        **PROTECTION,
        "tier": "str",
        "assigns_public_ip": "bool",
        "network_security_group": "bool",
        "flow_logs": "bool",
    },
    "firewall": {
        **PROTECTION,
        "is_default": "bool",
        "default_deny": "bool",
        "closed": "bool",
        "description": "str",
    },
    "firewall_rule": _RULE,
    "network_policy": {**PROTECTION, "default_deny": "bool", "open_to_world": "bool", "directions": "set"},
    "cluster": {
        **ENCRYPTION,
        **EXPOSURE,
        **AUDIT,
        **LOGGING,
        **AVAILABILITY,
        **PROTECTION,
        "auth.iam": "bool",
        "version": "str",
        "api.public": "bool",
        "api.allowed_sources": "list",
        "secrets_encrypted": "bool",
        "rbac": "bool",
        "local_accounts": "bool",
        "control_plane_logs": "set",
        "cni": "str",
        "network_policy": "bool",
        "private_nodes": "bool",
        "policy_add_on": "bool",
    },
    "node_pool": {
        **ENCRYPTION,
        **PROTECTION,
        "taints": "list",
        "labels": "map",
        "autoscaling": "bool",
        "autoscaling.min": "int",
        "autoscaling.max": "int",
        "public_ip": "bool",
        "remote_access_open": "bool",
        "ha.multi_zone": "bool",
    },
    "namespace": {
        **PROTECTION,
        "pod_security_level": "str",
        "quota": "bool",
        "limit_range": "bool",
        "network_policy": "bool",
        "default_deny_ingress": "bool",
        "default_deny_egress": "bool",
        "is_default": "bool",
    },
    "workload": {
        **PROTECTION,
        **AVAILABILITY,
        "replicas": "int",
        "host_network": "bool",
        "host_pid": "bool",
        "host_ipc": "bool",
        "host_paths": "list",
        "host_access": "bool",
        "run_as_root": "bool",
        "seccomp": "str",
        "service_account": "str",
        "token_mounted": "bool",
        "spread_over_zones": "bool",
        "disruption_budget": "bool",
        "autoscaler": "bool",
        "default_namespace": "bool",
        "network.isolated": "bool",
    },
    "container": _CONTAINER,
    "container_image": {**_CONTAINER, "image.multi_stage": "bool"},
    "identity": {
        **PROTECTION,
        "admin": "bool",
        "mfa": "bool",
        "console_access": "bool",
        "access_keys": "int",
        "access_key_age_days": "int",
        "last_used_days": "int",
        "token_lifetime_minutes": "int",
        "federated": "bool",
        "direct_policies": "bool",
        "token_mounted": "bool",
        "is_root": "bool",
    },
    "role": _ACCESS,
    "role_binding": {
        **_ACCESS,
        "subjects": "list",
        "role": "str",
        "unauthenticated": "bool",
        "of_cluster": "bool",
    },
    "access_policy": {**_ACCESS, "tls_enforced": "bool", "principals": "list"},
    "password_policy": {
        "min_length": "int",
        "reuse_prevention": "int",
        "max_age_days": "int",
        "complexity": "bool",
        "complexity.missing": "list",  # lowercase, uppercase, numbers, symbols
    },
    "mesh_policy": {"mtls": "str", **PROTECTION},
    "audit_trail": {
        **ENCRYPTION,
        **AUDIT,
        **LOGGING,
        **PROTECTION,
        "multi_region": "bool",
        "validated": "bool",
        "covers": "set",
        "receivers": "list",
        "target": "str",
        "scope": "str",  # account, subscription
    },
    "log_store": {**ENCRYPTION, **LOGGING, **PROTECTION, "audit.retention_days": "int"},
    "alert_rule": {
        **PROTECTION,
        "receivers": "list",
        "severity_routes": "list",
        "thresholds": "map",
        "covers": "set",
    },
    "monitor": {**PROTECTION, **LOGGING, "covers": "set"},
    "dashboard": {**PROTECTION},
    "trace_collector": {**PROTECTION, **TLS},
    "backup_plan": {**BACKUP, **PROTECTION, "schedule": "str", "covers": "set", "immutable": "bool"},
    "replication": {**PROTECTION, "recovery_point_minutes": "int", "ha.multi_region": "bool"},
    "registry": {
        **ENCRYPTION,
        **EXPOSURE,
        **PROTECTION,
        "scan_on_push": "bool",
        "immutable_tags": "bool",
        "image_expiry": "bool",
    },
    "repository": {**PROTECTION, "branch_protected": "bool", "reviews_required": "int"},
    "pipeline": {
        "actions_pinned": "bool",
        "token_permissions": "str",
        "steps": "set",
        "deploy_strategy": "str",
    },
    "dependency_updates": {"ecosystems": "set"},
    "budget": {"limit": "number"},
    "autoscaler": {**PROTECTION, "min": "int", "max": "int", "targets": "map"},
    "attestation": {"owner": "str", "date": "str", "expires": "str", "attachments": "list"},
}
"""Every kind, with its settings. Add to it when a policy needs a word that the field uses and it lacks."""


def setting_type(kind: str, setting: str) -> SettingType | None:
    """Return the type of `setting` of `kind`, or None where the vocabulary has no such word."""
    return KINDS.get(kind, {}).get(setting)
