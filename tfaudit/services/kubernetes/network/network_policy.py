"""NetworkPolicies, as `network_policy` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import among
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.network.network_rules import POLICY
from tfaudit.services.kubernetes.objects import TAGS, at_row, is_object, key_of, name_of, of_the_system
from tfaudit.services.open_ports import is_world

READS = ("networking.k8s.io/NetworkPolicy",)
KINDS = ("network_policy",)

_API = "kubernetes.io/docs/reference/kubernetes-api/networking/network-policy-v1/"
TABLE = POLICY


def _open_to_world(ingress: Any) -> Any:
    """Return the first ingress rule that takes traffic from anywhere."""
    return among(ingress, _open_rule)


def _open_rule(index: int, rule: Any) -> Any:
    sources = rule.get("from")
    if not sources:
        return Said(True, by="ingress", row=index)

    def open_peer(number: int, peer: Any) -> Any:
        wide = "cidr" in peer and is_world(str(peer["cidr"]))
        return Said(True, by="ingress", row=(index, "from", number, "cidr")) if wide else None

    return among(sources, open_peer)


FACTS: Facts = {
    "open_to_world": at_row(
        Fact(_open_to_world, of=("ingress",), default=Documented(False, _API)),
        len(("spec", "ingress", 0, "from", 0)),
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `network_policy` that the object declares."""
    if is_object(view.resource) and not of_the_system(view.resource):
        yield asset("network_policy", view, FACTS, key_of(view.resource), name_of(view.resource))
