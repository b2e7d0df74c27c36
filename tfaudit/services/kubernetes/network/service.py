"""Services, as `service` assets: what is reachable from outside the cluster, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import among
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    TAGS,
    is_object,
    key_of,
    name_of,
    of_the_system,
    text,
)

READS = ("core/Service",)
KINDS = ("service",)

_TYPES = "kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types"
_SOURCES = "kubernetes.io/docs/reference/kubernetes-api/core/service-v1/#ServiceSpec"
# The annotations that ask for an internal load balancer, with the values that do:
# kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer
_INTERNAL = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
    "service.beta.kubernetes.io/openstack-internal-load-balancer": ("true",),
    "service.beta.kubernetes.io/oci-load-balancer-internal": ("true",),
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": ("intranet",),
    "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": ("private",),
    "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid": (),
}
_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"


TABLE: Spelling = {
    "labels": LABELS,
    "annotations": kubernetes("metadata.annotations"),
    "type": kubernetes("spec.type"),
    "class": kubernetes("spec.loadBalancerClass"),
    "addresses": kubernetes("spec.externalIPs"),
    "ranges": kubernetes("spec.loadBalancerSourceRanges"),
}


def _internal(annotations: Any) -> str | None:
    """Return the annotation that asks for an internal load balancer."""

    def asks(_: int, stated: tuple[str, tuple[str, ...]]) -> str | None:
        name, values = stated
        value = annotations.get(name)
        asked = value is not None and (not values or text(value).lower() in values)
        return name if asked else None

    return among(_INTERNAL.items(), asks) if isinstance(annotations, dict) else None


def _public(addresses: Any, type_: Any, made_by: Any, annotations: Any) -> Any:
    if addresses:
        return Said(True, by="addresses")
    if type_ == "NodePort":
        because = "a node port is as public as the addresses of the nodes"
        return Said(CannotTell(because, "check the nodes' addresses and firewall"), by="type")
    if type_ != "LoadBalancer":
        return Said(None, by="")
    internal = _internal(annotations)
    if internal is not None:
        return Said(False, by="annotations", row=internal)
    if made_by is not None:
        because = f"the controller of load balancer class {made_by} decides"
        return Said(CannotTell(because, "check what that controller makes"), by="class")
    return Said(True, by="type")


def _sources(ranges: Any, annotations: Any) -> Any:
    if ranges:
        return Said(ranges, by="ranges")
    stated = annotations.get(_RANGES) if isinstance(annotations, dict) else None
    if isinstance(stated, str) and stated.strip():
        listed = [each.strip() for each in stated.split(",") if each.strip()]
        return Said(listed, by="annotations", row=_RANGES)
    return Said(None, by="")


FACTS: Facts = {
    "type": Fact("type", default=Documented("ClusterIP", _TYPES)),
    "network.public": Fact(
        _public, of=("addresses", "type", "class", "annotations"), default=Documented(False, _TYPES)
    ),
    "network.allowed_sources": Fact(
        _sources, of=("ranges", "annotations"), default=Documented(["0.0.0.0/0"], _SOURCES)
    ),
    "external_addresses": Fact("addresses", default=Documented([], _SOURCES)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `service` that the object declares."""
    if is_object(view.resource) and not of_the_system(view.resource):
        yield asset("service", view, FACTS, key_of(view.resource), name_of(view.resource))
