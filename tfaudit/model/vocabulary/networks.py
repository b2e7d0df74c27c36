"""Networks and what traffic goes through."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "load_balancer": {
        "tls.required": "bool",
        "tls.min_version": "tls",
        "network.public": "bool",
        "audit.enabled": "bool",
        "logs.enabled": "bool",
        "ha.multi_zone": "bool",
        "deletion_protection": "bool",
        "tags": "map",
        "https_only": "bool",
        "redirect_to_https": "bool",
        "drop_invalid_headers": "bool",
        "waf": "bool",
        "waf.mode": "str",
        "ddos_protection": "bool",
        "authentication": "bool",
    },
    "listener": {
        "tls.required": "bool",
        "tls.min_version": "tls",
        "deletion_protection": "bool",
        "tags": "map",
        "https_only": "bool",
        "redirect_to_https": "bool",
        "protocol": "str",
        "network.public": "bool",
        "authentication": "bool",
    },
    "ingress": {
        "tls.required": "bool",
        "tags": "map",
        "redirect_to_https": "bool",
        "class": "str",
        "wildcard_host": "bool",
        "snippets": "bool",
    },
    "service": {
        "network.public": "bool",
        "network.allowed_sources": "list",  # CIDRs
        "tags": "map",
        "type": "str",
        "external_addresses": "list",
    },
    "network": {
        "logs.enabled": "bool",
        "deletion_protection": "bool",
        "tags": "map",
        "flow_logs": "bool",
        "flow_logs.retention_days": "int",
        "default_deny": "bool",
        "is_default": "bool",
        "ddos_protection": "bool",
    },
    "subnet": {
        "deletion_protection": "bool",
        "tags": "map",
        "assigns_public_ip": "bool",
        "network_security_group": "bool",
        "flow_logs": "bool",
    },
    "firewall": {
        "deletion_protection": "bool",
        "tags": "map",
        "is_default": "bool",
        "default_deny": "bool",
        "closed": "bool",
        "description": "str",
    },
    "firewall_rule": {
        "deletion_protection": "bool",
        "tags": "map",
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
    },
    "network_firewall": {
        "logs.enabled": "bool",
        "tags": "map",
        "threat_intelligence": "str",  # off, alert, deny
        "intrusion_detection": "str",  # off, alert, deny
        "allows_all": "bool",  # whether a rule lets everything through
    },
    "vpn": {
        "tags": "map",
        "ike_version": "str",  # IKEv1, IKEv2
        "weak_ciphers": "list",  # those that a tunnel may be made with
        "inline_secrets": "bool",
        "auth.iam": "bool",  # whether people who dial in sign in at the directory alone
        "basic_tier": "bool",
    },
    "waf_policy": {
        "tags": "map",
        "waf": "bool",  # whether it is in force
        "waf.mode": "str",  # prevention, detection
        "waf.managed_rules": "bool",  # whether it has a set of rules that the provider keeps up to date
        "waf.bot_protection": "bool",
        "waf.bodies_inspected": "bool",  # whether it looks into the bodies of requests
    },
    "private_endpoint": {
        "tags": "map",
        "private_dns": "bool",  # whether private zones lead names to it
    },
    "network_policy": {
        "tags": "map",
        "default_deny": "bool",
        "open_to_world": "bool",
        "directions": "set",
    },
}
