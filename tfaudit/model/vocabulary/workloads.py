"""Clusters and what runs in them."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "cluster": {
        "audit.enabled": "bool",
        "deletion_protection": "bool",
        "tags": "map",
        "version": "str",
        "api.allowed_sources": "list",
        "secrets_encrypted": "bool",
        "rbac": "bool",
        "local_accounts": "bool",
        "control_plane_logs": "set",
        "network_policy": "bool",
        "private_nodes": "bool",
        "upgrades.automatic": "bool",  # newer versions come without anybody's doing
        "node_images.automatic": "bool",  # images of nodes are renewed without anybody's doing
        "run_command": "bool",  # whether the provider's API runs commands in it, past its own API's network
        "mounted_secrets.rotated": "bool",  # secrets mounted from a vault follow what changes there
        "images_cleaned": "bool",  # unused images with weaknesses are taken off its nodes
        "retired_add_ons": "list",  # those that are on though the provider no longer keeps them up
        "auth.iam": "bool",  # people sign in by the provider's directory
        "managed_identity": "bool",  # it acts by an identity without a secret that somebody has to keep
        "policies_enforced": "bool",  # what is deployed is held to the provider's policies
        "threat_detection": "bool",
        "encryption.customer_managed_key": "bool",  # of the disks of its nodes
        "inline_secrets": "bool",
    },
    "control_plane": {  # a program of a cluster that somebody runs himself
        "anonymous_auth": "bool",
        "authorization_modes": "list",
        "admission_plugins": "list",  # those that are named, beside the default ones
        "static_tokens": "bool",
        "encryption_provider": "bool",  # whether one is configured; what it encrypts with stands in its file
        "audit.enabled": "bool",
        "tls.own_certificate": "bool",
        "self_signed": "bool",
        "client_certificates": "bool",  # whether callers have to show one that is checked
        "peer_certificates": "bool",
        "verifies_kubelets": "bool",
        "profiling": "bool",
        "local_address": "bool",  # whether it listens on the node's own loopback alone
        "own_credentials": "bool",  # whether each controller has an account of its own
        "tags": "map",
    },
    "node_pool": {
        "tags": "map",
        "encryption.at_host": "bool",  # of temporary disks and caches too, where the machines run
        "inline_secrets": "bool",
        "public_ip": "bool",
        "remote_access_open": "bool",
        "ha.multi_zone": "bool",
    },
    "namespace": {
        "tags": "map",
        "pod_security_level": "str",
        "quota": "bool",
        "default_deny_ingress": "bool",
        "default_deny_egress": "bool",
    },
    "workload": {
        "tags": "map",
        "replicas": "int",
        "host_network": "bool",
        "host_pid": "bool",
        "host_ipc": "bool",
        "host_paths": "list",
        "seccomp": "str",
        "sysctls": "list",
        "service_account": "str",
        "token_mounted": "bool",
        "default_namespace": "bool",
        "network.isolated": "bool",
    },
    "container": {
        "tags": "map",
        "run_as_root": "bool",
        "privileged": "bool",
        "privilege_escalation": "bool",
        "capabilities.added": "list",
        "capabilities.drop_all": "bool",
        "read_only_root": "bool",
        "apparmor": "str",
        "selinux.type": "str",
        "proc_mount": "str",
        "resources.cpu_request": "str",
        "resources.memory_request": "str",
        "resources.cpu_limit": "str",
        "resources.memory_limit": "str",
        "probes.liveness": "bool",
        "probes.readiness": "bool",
        "image": "str",
        "image.pinned": "bool",
        "image.registry": "str",
        "host_ports": "list",
        "secrets_in_environment": "bool",
        "inline_secrets": "bool",
    },
    "instance": {
        "encryption.at_host": "bool",  # of temporary disks and caches too, where the machine runs
        "managed_disks": "bool",
        "password_sign_in": "bool",
        "patches.automatic": "bool",
        "patches.assessed": "bool",  # missing updates are looked for by themselves
        "secure_boot": "bool",
        "vtpm": "bool",
        "agent": "bool",  # the platform's, by which extensions and updates come
        "image": "str",  # publisher:offer:sku, in lower case
        "extensions": "list",
        "endpoint_protection": "bool",
        "boot_diagnostics": "bool",
        "managed_identity": "bool",
        "inline_secrets": "bool",
        "backup.enabled": "bool",
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
    "web_app": {
        "tls.min_version": "tls",
        "https_only": "bool",
        "publishing.tls_min_version": "tls",  # of the site that it is published by
        "health_check": "bool",  # an instance that does not answer gets no more callers
        "plain_ftp": "bool",  # whether files may be put there by FTP without TLS
        "basic_publishing": "bool",  # whether a user name and a password publish to it
        "remote_debugging": "bool",
        "cors.any_origin": "bool",  # whether pages of every origin may read its answers
        "runtime": "str",  # language|version, as python|3.12
        "managed_identity": "bool",
        "authentication": "bool",  # whether the platform asks every caller to sign in
        "client_certificates.required": "bool",
        "client_certificates.paths_left_out": "list",  # where callers need none all the same
        "http2": "bool",
        "network.public": "bool",  # whether everybody reaches it, past what stands before it
        "network.publishing_public": "bool",  # the same of the site that it is published by
        "network.rules_let_in_all": "bool",  # though they name who is let in
        "network.all_outbound_routed": "bool",  # by the network that it stands in
        "network.published_by": "list",  # from the internet to it, hop by hop, through what speaks for it
        "network.published_unfiltered": "bool",  # by a way without a web application firewall
        "inline_secrets": "bool",
        "logs.enabled": "bool",
        "tags": "map",
    },
    "app_plan": {
        "ha.multi_zone": "bool",
        "tags": "map",
    },
    "registry": {
        "encryption.customer_managed_key": "bool",
        "network.public": "bool",
        "network.private_endpoint": "bool",
        "admin_user": "bool",  # whether one user name and password opens all of it
        "anonymous_pull": "bool",
        "exports": "bool",  # whether its images can be copied out of it by the provider's API
        "own_data_endpoints": "bool",  # layers come from addresses of its own, and not from those of everybody's stores
        "ha.multi_region": "bool",
        "tags": "map",
    },
    "managed_service": {
        "encryption.customer_managed_key": "bool",
        "network.public": "bool",
        "network.private_endpoint": "bool",
        "network.own": "bool",  # its work is done in a network of its own, and not in one that all customers share
        "purge_protection": "bool",  # what is deleted cannot be purged before its time
        "network.outbound_restricted": "bool",  # whether it sends to approved destinations alone
        "tls.min_version": "tls",
        "shared_key_access": "bool",
        "managed_identity": "bool",
        "encrypted_twice": "bool",
        "scratch_encrypted": "bool",  # whether the disks that its work is done on are
        "replicas": "int",  # how many copies of it answer
        "logs.enabled": "bool",
        "tags": "map",
    },
}
