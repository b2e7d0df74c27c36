"""Networks and what traffic goes through."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "load_balancer": {
        "tls.min_version": "tls",
        "network.public": "bool",
        "logs.enabled": "bool",
        "deletion_protection": "bool",
        "tags": "map",
        "drop_invalid_headers": "bool",
        "waf": "bool",
        "waf.mode": "str",
    },
    "route_table": {
        "routes.internet": "bool",  # whether a route for all addresses leads straight there
        "tags": "map",
    },
    "dedicated_line": {
        "encryption.in_transit": "bool",
        "tags": "map",
    },
    "listener": {
        "tls.min_version": "tls",
        "tags": "map",
        "https_only": "bool",
    },
    "backend": {
        "encryption.in_transit": "bool",
        "certificate_checked": "bool",  # whether what is sent to has to prove who it is
    },
    "ingress": {
        "tls.required": "bool",
        "tags": "map",
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
        "tags": "map",
        "flow_logs": "bool",
        "flow_logs.retention_days": "int",
        "flow_logs.analysed": "bool",  # whether somebody can ask them questions, rather than keep files only
        "ddos_protection": "bool",
        "watched": "bool",  # what records flows and finds faults is there in its region
    },
    "network_interface": {
        "ip_forwarding": "bool",
        "network.public": "bool",
        "network.reachable_from_internet": "bool",
        "network.reachable_ports": "list",  # "22", "8000-8100", "all", "udp 53"
        "network.reachable_admin_ports": "list",
        "network.admin_port_reachable": "bool",
        "network.reachable_by": "list",  # from the internet to it, hop by hop
        "network.published_by": "list",  # the same, through what speaks for it: gateways, Front Door
        "network.published_unfiltered": "bool",  # by a way without a web application firewall
        "tags": "map",
    },
    "public_address": {
        "closed_by_default": "bool",  # nothing gets in that no rule lets in
        "ddos_protection": "bool",  # by a plan of its own
        "tags": "map",
    },
    "ddos_plan": {
        "covers_network": "bool",
        "tags": "map",
    },
    "nat_gateway": {
        "ha.multi_zone": "bool",
        "tags": "map",
    },
    "dns_zone": {
        "linked": "bool",  # whether a network asks a private zone
        "registers_machines": "bool",  # whether machines put names of their own into it
        "signed": "bool",  # by DNSSEC
        "tags": "map",
    },
    "bastion": {
        "shareable_links": "bool",
        "tags": "map",
    },
    "subnet": {
        "default_outbound_access": "bool",  # machines without an address of their own get out by one of the provider's
        "tags": "map",
        "assigns_public_ip": "bool",
        "network_security_group": "bool",
    },
    "firewall": {
        "tags": "map",
        "is_default": "bool",
        "closed": "bool",
    },
    "firewall_rule": {
        "tags": "map",
        "rule.action": "str",  # allow, deny
        "rule.direction": "str",  # ingress, egress
        "rule.ports": "list",  # "22", "8000-8100", "all"
        "rule.sources": "list",  # CIDRs
        "rule.admin_ports": "list",  # those of administration that are open to the whole internet
        "rule.opens_admin_port": "bool",  # SSH or RDP to the whole internet
        "rule.opens_data_port": "bool",  # a database, cache or queue port to the whole internet
        "rule.open_to_world": "bool",  # any port to a range of /0 to /3: an eighth of all addresses, or more
        "rule.all_ports": "bool",
        "rule.description": "str",
    },
    "network_firewall": {
        "logs.enabled": "bool",
        "tags": "map",
        "threat_intelligence": "str",  # off, alert, deny
        "intrusion_detection": "str",  # off, alert, deny
        "allows_all": "bool",  # whether a rule lets everything through
        "ha.multi_zone": "bool",
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
        "waf.rules_off": "list",  # the numbers of managed rules that are switched off
        "waf.bot_protection": "bool",
        "waf.bodies_inspected": "bool",  # whether it looks into the bodies of requests
    },
    "private_endpoint": {
        "tags": "map",
        "private_dns": "bool",  # whether private zones lead names to it
    },
    "network_policy": {
        "tags": "map",
        "open_to_world": "bool",  # a peer of /0 to /3, as of a firewall rule
    },
}
