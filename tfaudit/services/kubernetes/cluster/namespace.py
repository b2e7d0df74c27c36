"""Namespaces with what holds for everything in them, as `namespace` assets.

Only namespaces that are declared or seen are assets; one that objects merely name is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.states import Absent, Known, Unknown
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.network.network_rules import FOREIGN, default_deny
from tfaudit.services.kubernetes.objects import (
    LABELS,
    SYSTEM_NAMESPACES,
    TAGS,
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
_ENFORCE = "pod-security.kubernetes.io/enforce"


TABLE: Spelling = {
    "metadata": kubernetes("metadata"),
    "name": kubernetes("metadata.name"),
    "labels": LABELS,
}


def _pod_security(labels: Any) -> Any:
    level = labels.get(_ENFORCE) if isinstance(labels, dict) else None
    return Said(None, by="metadata") if level is None else Said(level, by="labels", row=_ENFORCE)


def _holds(type_: str, documented: str) -> Fact:
    """Return the fact that an object of `type_` is in the namespace."""

    def joins(view: View) -> Any:
        withheld = refused(view.inventory, type_)
        if withheld is not None:
            return Unknown(withheld.because, withheld.settle_with, view.resource, view.base)
        for each in in_namespace(view.inventory, type_, name_of(view.resource)):
            return Known(True, each)
        return Absent(view.resource, view.base)

    return Fact(joins=joins, of=("name",), default=Documented(False, documented))


def _denies(direction: str) -> Fact:
    def joins(view: View) -> Any:
        withheld = refused(view.inventory, "networking.k8s.io/NetworkPolicy", *FOREIGN)
        if withheld is not None:
            return Unknown(withheld.because, withheld.settle_with, view.resource, view.base)
        return default_deny(view, name_of(view.resource), direction)

    return Fact(joins=joins, of=("name",), default=Documented(False, _POLICIES))


FACTS: Facts = {
    "pod_security_level": Fact(_pod_security, of=("labels",), default=Documented("privileged", _ADMISSION)),
    "quota": _holds("core/ResourceQuota", _QUOTAS),
    "default_deny_ingress": _denies("ingress"),
    "default_deny_egress": _denies("egress"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `namespace`, unless it is one of the cluster's own."""
    resource = view.resource
    if resource.type != "core/Namespace" or not is_object(resource) or not metadata(resource):
        return
    if name_of(resource) not in SYSTEM_NAMESPACES:
        yield asset("namespace", view, FACTS, key_of(resource, namespaced=False), name_of(resource))
