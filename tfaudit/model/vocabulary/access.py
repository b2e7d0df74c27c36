"""Who may do what: identities, roles, their bindings, and policies of access and passwords."""

from __future__ import annotations

from collections.abc import Mapping

from tfaudit.model.vocabulary.types import Settings

KINDS: Mapping[str, Settings] = {
    "identity": {
        "tags": "map",
        "admin": "bool",
        "mfa": "bool",
        "console_access": "bool",
        "access_keys": "int",
        "access_key_age_days": "int",
        "last_used_days": "int",
        "federated": "bool",
        "direct_policies": "bool",
        "token_mounted": "bool",
        "is_root": "bool",
        "guest": "bool",
        "privileged": "bool",  # it holds some administrative role
        "expired_credentials": "int",
        "federation.subjects": "list",  # whose tokens stand for it
    },
    "role": {
        "tags": "map",
        "admin": "bool",
        "wildcard_actions": "bool",
        "wildcard_resources": "bool",
        "reads_secrets": "bool",  # any secret in its scope
        "escalates": "bool",  # its holder can gain rights that it does not have
        "scope": "str",  # resource, namespace, resource_group, subscription, cluster, account
        "escalation_paths": "list",
        "public_principal": "bool",
        "public_principal.by": "list",  # principal, federation
        "trusted_accounts": "list",  # numbers of other accounts, or "everyone"
        "starts_pods": "bool",  # in its scope, by pods or by workloads that make them
    },
    "role_binding": {
        "tags": "map",
        "admin": "bool",
        "scope": "str",  # resource, namespace, resource_group, subscription, cluster, account
        "public_principal": "bool",
        "subjects": "list",
        "subjects.guests": "bool",  # somebody of another tenant is among them
        "standing": "bool",  # held at all times, rather than activated when needed
        "temporary": "bool",  # it has to be activated, or ends by itself
        "role": "str",
        "unauthenticated": "bool",
        "of_cluster": "bool",
    },
    "access_policy": {
        "tags": "map",
        "admin": "bool",
        "wildcard_actions": "bool",
        "sensitive_actions": "list",
        "escalation_paths": "list",
        "public_principal": "bool",
        "wildcard_actions.named": "list",
    },
    "password_policy": {
        "min_length": "int",
        "reuse_prevention": "int",
        "max_age_days": "int",
        "complexity": "bool",
        "complexity.missing": "list",  # lowercase, uppercase, numbers, symbols
    },
    "sign_in_lockout": {
        "lockout.attempts": "int",  # after how many failed ones in a row
        "lockout.minutes": "int",  # how long the first lockout lasts
    },
    "api_key": {  # by which a program gets into APIs
        "scope": "str",  # api, product, service: one of them, those of a product, all that there are
    },
    "queue_key": {  # by which a program gets at queues and streams
        "scope": "str",  # namespace, queue: all that is there, or one queue, topic or stream of it
        "rights": "set",  # listen, send, manage
    },
    "api_product": {  # APIs that callers get at together
        "subscription_required": "bool",  # whether a caller needs a key
        "approval_required": "bool",  # whether somebody decides who gets one
    },
    "remote_shell": {  # sessions on machines that a service opens, without a port
        "tags": "map",
        "session.idle_minutes": "int",
    },
}
