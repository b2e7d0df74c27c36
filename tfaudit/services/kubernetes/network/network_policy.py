"""NetworkPolicies, as `network_policy` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import Reading, View
from tfaudit.services.kubernetes.network.network_rules import denies_all, directions, open_rules
from tfaudit.services.kubernetes.objects import LABELS, is_object, key_of, name_of, of_the_system

READS = ("networking.k8s.io/NetworkPolicy",)
KINDS = ("network_policy",)

_API = "kubernetes.io/docs/reference/kubernetes-api/networking/network-policy-v1/"
_UNFILLED = Unresolved("a part of it is filled in when applied", "scan the filled-in manifest")


def _open_to_world(view: View) -> Any:
    unsure: Reading | None = None
    for path, is_open in open_rules(view.resource):
        if is_open:
            return Known(True, view.resource, path)
        unsure = unsure or Reading(_UNFILLED, view.resource, path)
    return unsure or ABSENT


def _directions(view: View) -> Any:
    found = directions(view.resource)
    return Reading(found, view.resource, ("spec",)) if isinstance(found, Unresolved) else sorted(found)


def _default_deny(view: View) -> Any:
    results = [denies_all(view.resource, direction) for direction in ("ingress", "egress")]
    if any(results):
        return Known(True, view.resource, ("spec",))
    return Reading(_UNFILLED, view.resource, ("spec",)) if None in results else False


FACTS = {
    "open_to_world": Fact(kubernetes=_open_to_world, default=Documented(False, _API)),
    "directions": Fact(kubernetes=_directions),
    "default_deny": Fact(kubernetes=_default_deny),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `network_policy` that the object declares."""
    if is_object(view.resource) and not of_the_system(view.resource):
        yield asset("network_policy", view, FACTS, key_of(view.resource), name_of(view.resource))
