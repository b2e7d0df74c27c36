"""Services, as `service` assets: what is reachable from outside the cluster, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    is_object,
    key_of,
    metadata,
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


def _annotations(view: View) -> dict[str, Any]:
    found = metadata(view.resource).get("annotations")
    return found if isinstance(found, dict) else {}


def _internal(view: View) -> Reading | None:
    annotations = _annotations(view)
    for name, values in _INTERNAL.items():
        value = annotations.get(name)
        if isinstance(value, Unresolved) or (
            value is not None and (not values or text(value).lower() in values)
        ):
            return Reading(value, view.resource, ("metadata", "annotations", name))
        if value is True and "true" in values:
            return Reading(value, view.resource, ("metadata", "annotations", name))
    return None


def _public(view: View) -> Any:
    addresses = view.read("spec.externalIPs")
    if addresses.value:
        return Known(True, addresses.resource, addresses.path) if addresses.known else addresses
    type_ = view.read("spec.type")
    if isinstance(type_.value, Unresolved):
        return type_
    if type_.value == "NodePort":
        because = "a node port is as public as the addresses of the nodes"
        return Unknown(because, "check the nodes' addresses and firewall", type_.resource, type_.path)
    if type_.value != "LoadBalancer":
        return ABSENT
    internal = _internal(view)
    if internal is not None:
        return (
            internal
            if isinstance(internal.value, Unresolved)
            else Known(False, internal.resource, internal.path)
        )
    made_by = view.read("spec.loadBalancerClass")
    if not made_by.absent:
        because = f"the controller of load balancer class {made_by.value} decides"
        return Unknown(because, "check what that controller makes", made_by.resource, made_by.path)
    return Known(True, type_.resource, type_.path)


def _sources(view: View) -> Any:
    reading = view.read("spec.loadBalancerSourceRanges")
    if reading.value:
        return reading
    stated = _annotations(view).get(_RANGES)
    if isinstance(stated, str) and stated.strip():
        ranges = [each.strip() for each in stated.split(",") if each.strip()]
        return Known(ranges, view.resource, ("metadata", "annotations", _RANGES))
    return Reading(stated, view.resource) if isinstance(stated, Unresolved) else ABSENT


FACTS = {
    "type": Fact(kubernetes="spec.type", default=Documented("ClusterIP", _TYPES)),
    "network.public": Fact(kubernetes=_public, default=Documented(False, _TYPES)),
    "network.allowed_sources": Fact(kubernetes=_sources, default=Documented(["0.0.0.0/0"], _SOURCES)),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `service` that the object declares."""
    if is_object(view.resource) and not of_the_system(view.resource):
        yield asset("service", view, FACTS, key_of(view.resource), name_of(view.resource))
