"""What Azure's managed services have in common: an address, keys of their own, an identity, and a key that encrypts.

What only some of them have a setting for (`SELDOM`) does not apply to the others.
"""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Cited, Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable, stated
from tfaudit.reading.parts import among
from tfaudit.reading.spelling import NOTHING, Spelling, Word, azure
from tfaudit.reading.values import as_list
from tfaudit.services.azure.choices import lower, negated, switched
from tfaudit.services.azure.keys.keys import RESOURCE
from tfaudit.services.azure.logs.diagnostics import logged
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.open_ports import is_world

IDENTITY = tuple(RESOURCE)
ABSENT = azure(NOTHING, NOTHING)
OWN = azure("identity.type", "identity.type")
_OWN = "learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview"
_KEYS = "learn.microsoft.com/azure/security/fundamentals/encryption-models"

SELDOM: Facts = {
    "tls.min_version": inapplicable("the service has no setting for the versions of TLS that it takes"),
    "network.outbound_restricted": inapplicable("the service has no setting for where it may send to"),
    "encrypted_twice": inapplicable("the service has no setting for a second layer of encryption"),
    "scratch_encrypted": inapplicable("the service has no disks of its own that work is done on"),
    "purge_protection": inapplicable(
        "the service has no setting that keeps what is deleted from being purged"
    ),
    "network.own": inapplicable("the service has no setting for the network that its work is done in"),
    "replicas": inapplicable("the service has no setting for how many copies of it answer"),
}
"""What few services have, as it stands with all others."""


def spelling(  # noqa: PLR0913 - what such services differ in
    endpoint: Word,
    *,
    keys_taken: Word = ABSENT,
    no_keys: Word = ABSENT,
    key: Word = ABSENT,
    action: Word = ABSENT,
    identity: Word = OWN,
) -> Spelling:
    """Return the words of a service: its address, whether it takes keys, the key that encrypts, the network rule."""
    return {
        **RESOURCE,
        **TAGGED,
        "endpoint": endpoint,
        "default_action": action,
        "keys_taken": keys_taken,
        "no_keys": no_keys,
        "key": key,
        "identity": identity,
    }


def takes_keys(taken: Any, without: Any) -> Any:
    """Return whether it takes keys of its own: as Terraform says it, or as ARM says the opposite."""
    return switched(taken) if taken is not None else negated(without)


def reached_by_all(endpoint: Any, action: Any) -> Any:
    """Return whether everybody's network reaches it: it has a public address, and no rule lets in only some."""
    reached = switched(endpoint)
    if reached is False:
        return False
    return lower(action) != "deny" if action is not None else reached


def reached_by_named(endpoint: Any, ranges: Any) -> Any:
    """Return whether everybody's network reaches it where rules, the words `endpoint` and `ranges`, name who may.

    A rule has the word `range`, or is a text. None at all leaves it open to everybody.
    """
    if endpoint is not None and switched(endpoint) is False:
        return Said(False, by="endpoint")
    rules = as_list(ranges) or []
    if not rules:
        return switched(endpoint)
    world = among(rules, lambda at, each: at if is_world(_range(each)) else None)
    return Said(False, by="ranges") if world is None else Said(True, by="ranges", row=world)


def _range(rule: Any) -> str:
    return str(rule.get("range", rule.get("value", "")) if isinstance(rule, dict) else rule)


def has_identity(type_: Any) -> bool | None:
    """Return whether the type of an identity is one."""
    return None if type_ is None else lower(type_) != "none"


def facts(  # noqa: PLR0913 - what such services differ in
    page: str | Cited,
    arm_type: str,
    *,
    keys: Cited | None = None,
    without_keys: str = "",
    without_customer_key: str = "",
    without_identity: str = "",
    without_endpoint: str = "",
) -> Facts:
    """Return the facts of a service of `arm_type`; `page` says what holds where nothing is set.

    `keys` says so of its own keys, where that is another page.

    `without_keys`, `without_customer_key`, `without_identity` and `without_endpoint` are why it has no keys of its own,
    takes no key of the customer's, has no identity, and cannot be reached by a private endpoint.
    """
    return {
        **SELDOM,
        "logs.enabled": logged(arm_type=arm_type),
        "encryption.customer_managed_key": inapplicable(without_customer_key)
        if without_customer_key
        else stated("key", default=Documented(False, _KEYS)),
        "network.public": Fact(
            reached_by_all, of=("endpoint", "default_action"), default=Documented(True, page)
        ),
        "network.private_endpoint": inapplicable(without_endpoint)
        if without_endpoint
        else has_private_endpoint(arm_type),
        "shared_key_access": inapplicable(without_keys)
        if without_keys
        else Fact(takes_keys, of=("keys_taken", "no_keys"), default=Documented(True, keys or page)),
        "managed_identity": inapplicable(without_identity)
        if without_identity
        else Fact(has_identity, of=("identity",), default=Documented(False, _OWN)),
        "tags": TAGS,
    }
