"""Namespaces with what holds for everything in them, as `namespace` assets.

Only namespaces that are declared or seen are assets; one that objects merely name is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.settings import Default, Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services.kubernetes.network.network_rules import FOREIGN, default_deny, foreign
from tfaudit.services.kubernetes.objects import (
    LABELS,
    SYSTEM_NAMESPACES,
    in_namespace,
    is_object,
    key_of,
    metadata,
    name_of,
    refused,
)

READS = (
    "core/Namespace",
    "core/ResourceQuota",
    "core/LimitRange",
    "networking.k8s.io/NetworkPolicy",
    "cilium.io/CiliumNetworkPolicy",
    "cilium.io/CiliumClusterwideNetworkPolicy",
    "crd.projectcalico.org/NetworkPolicy",
    "crd.projectcalico.org/GlobalNetworkPolicy",
    "projectcalico.org/NetworkPolicy",
    "projectcalico.org/GlobalNetworkPolicy",
    "policy.networking.k8s.io/AdminNetworkPolicy",
    "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
)
KINDS = ("namespace",)

_ADMISSION = "kubernetes.io/docs/concepts/security/pod-security-admission/"
_POLICIES = "kubernetes.io/docs/concepts/services-networking/network-policies/"
_QUOTAS = "kubernetes.io/docs/concepts/policy/resource-quotas/"
_RANGES = "kubernetes.io/docs/concepts/policy/limit-range/"
_ENFORCE = "pod-security.kubernetes.io/enforce"


def _pod_security(view: View) -> Reading:
    labels = view.read("metadata.labels")
    if isinstance(labels.value, dict) and _ENFORCE in labels.value:
        return Reading(labels.value[_ENFORCE], labels.resource, (*labels.path, _ENFORCE))
    return Reading(None, view.resource, ("metadata",))


def _holds(type_: str, documented: str) -> Fact:
    def read(view: View) -> Any:
        withheld = refused(view.inventory, type_)
        if withheld is not None:
            return Reading(withheld, view.resource, view.base)
        for each in in_namespace(view.inventory, type_, name_of(view.resource)):
            return Known(True, each)
        return Default(False, documented, view.resource, view.base)

    return Fact(kubernetes=read)


def _denies(direction: str) -> Fact:
    def read(view: View) -> Any:
        withheld = refused(view.inventory, "networking.k8s.io/NetworkPolicy", *FOREIGN)
        if withheld is not None:
            return Reading(withheld, view.resource, view.base)
        found = default_deny(view, name_of(view.resource), direction)
        return Default(False, _POLICIES, view.resource, view.base) if found is None else found

    return Fact(kubernetes=read)


def _network_policy(view: View) -> Any:
    found = _holds("networking.k8s.io/NetworkPolicy", _POLICIES).read(view, "bool")
    return foreign(view, name_of(view.resource)) or found if isinstance(found, Default) else found


FACTS = {
    "pod_security_level": Fact(kubernetes=_pod_security, default=Documented("privileged", _ADMISSION)),
    "quota": _holds("core/ResourceQuota", _QUOTAS),
    "limit_range": _holds("core/LimitRange", _RANGES),
    "network_policy": Fact(kubernetes=_network_policy),
    "default_deny_ingress": _denies("ingress"),
    "default_deny_egress": _denies("egress"),
    "is_default": Fact(kubernetes="metadata.name", using=lambda name: name == "default"),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `namespace`, unless it is one of the cluster's own."""
    resource = view.resource
    if resource.type != "core/Namespace" or not is_object(resource) or not metadata(resource):
        return
    if name_of(resource) not in SYSTEM_NAMESPACES:
        yield asset("namespace", view, FACTS, key_of(resource, namespaced=False), name_of(resource))
