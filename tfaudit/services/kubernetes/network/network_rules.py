"""What NetworkPolicies do to the pods of a namespace, taken together.

Policies add up: a pod that one policy selects for a direction takes only what some policy allows
(kubernetes.io/docs/concepts/services-networking/network-policies/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.resources import Path, Resource, Unresolved
from tfaudit.model.settings import Known, Setting, Unknown
from tfaudit.reading.inventory import Inventory, walk
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import in_namespace, namespace_of, selects, text

FOREIGN = (
    "cilium.io/CiliumNetworkPolicy",
    "cilium.io/CiliumClusterwideNetworkPolicy",
    "crd.projectcalico.org/NetworkPolicy",
    "crd.projectcalico.org/GlobalNetworkPolicy",
    "projectcalico.org/NetworkPolicy",
    "projectcalico.org/GlobalNetworkPolicy",
    "policy.networking.k8s.io/AdminNetworkPolicy",
    "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
)
"""Policies of other makers that may do the same, and that tfaudit does not read yet."""

_CLUSTER_WIDE = frozenset(
    each for each in FOREIGN if "Cluster" in each or "Global" in each or "Admin" in each
)


def directions(policy: Resource) -> set[str] | Unresolved:
    """Return `ingress` and `egress` as far as `policy` restricts them; Ingress where it does not say."""
    spec = policy.body.get("spec")
    if not isinstance(spec, dict):
        return spec if isinstance(spec, Unresolved) else {"ingress"}
    stated = spec.get("policyTypes")
    if isinstance(stated, Unresolved):
        return stated
    if isinstance(stated, list):
        return {str(each).lower() for each in stated}
    return {"ingress", "egress"} if spec.get("egress") else {"ingress"}


def denies_all(policy: Resource, direction: str) -> bool | None:
    """Whether `policy` selects every pod of its namespace and allows nothing in `direction`."""
    covered = directions(policy)
    if isinstance(covered, Unresolved):
        return None
    spec = policy.body.get("spec")
    if not isinstance(spec, dict):
        return False
    if direction not in covered or spec.get(direction):
        return None if isinstance(spec.get(direction), Unresolved) else False
    selector = spec.get("podSelector")
    if isinstance(selector, Unresolved):
        return None
    return not selector or (isinstance(selector, dict) and not any(selector.values()))


def default_deny(view: View, namespace: str, direction: str) -> Setting | None:
    """Return the policy that denies by default in `namespace`, why that cannot be told, or None for no such policy."""
    for policy in in_namespace(view.inventory, "networking.k8s.io/NetworkPolicy", namespace):
        result = denies_all(policy, direction)
        if result:
            return Known(True, policy, ("spec",))
        if result is None:
            because = f"{policy.address} may deny by default: a part of it is not known"
            return Unknown(because, "scan the filled-in manifest", policy, ("spec",))
    return foreign(view, namespace)


def foreign(view: View, namespace: str) -> Unknown | None:
    """Return why nothing can be said where another maker's policy reaches `namespace`."""
    if not view.inventory.derived(_has_foreign):
        return None
    for type_ in FOREIGN:
        found: list[Resource] = view.inventory.of_type(type_)
        if type_ not in _CLUSTER_WIDE:
            found = in_namespace(view.inventory, type_, namespace)
        if found:
            because = f"{found[0].address} may do it, which tfaudit does not read"
            return Unknown(because, "check it by hand, or add a NetworkPolicy", view.resource, view.base)
    return None


def _has_foreign(inventory: Inventory) -> bool:
    return any(inventory.of_type(type_) for type_ in FOREIGN)


def isolating(view: View, labels: Mapping[str, Any] | Unresolved) -> Setting | None:
    """Return the policy that selects pods with `labels` for ingress, or why that cannot be told; None for none."""
    unsure: Resource | None = None
    namespace = namespace_of(view.resource)
    if isinstance(labels, Unresolved):
        because = f"which policy selects it is not known, for its labels are not: {labels.because}"
        return Unknown(because, labels.settle_with, view.resource, view.base)
    by_label = view.inventory.derived(_by_label).get(namespace, {})
    wanted = [None, *((key, text(value)) for key, value in labels.items())]
    for policy in [policy for each in wanted for policy in by_label.get(each, ())]:
        covered = directions(policy)
        spec = policy.body.get("spec")
        if isinstance(covered, Unresolved) or not isinstance(spec, dict):
            unsure = policy
        elif "ingress" in covered:
            result = selects(spec.get("podSelector"), labels)
            if result:
                return Known(True, policy, ("spec", "podSelector"))
            if result is None:
                unsure = policy
    if unsure is not None:
        because = f"{unsure.address} may select it: a part of its selector is not known"
        return Unknown(because, "scan the filled-in manifest", view.resource, view.base)
    return foreign(view, namespace)


def _by_label(inventory: Inventory) -> dict[str, dict[tuple[str, str] | None, list[Resource]]]:
    """Return the policies of each namespace by one label that they ask for; None holds those that ask for none."""
    found: dict[str, dict[tuple[str, str] | None, list[Resource]]] = {}
    for policy in inventory.of_type("networking.k8s.io/NetworkPolicy"):
        labels = walk(policy.body, ("spec", "podSelector", "matchLabels"))[0]
        asked = next(iter(labels.items()), None) if isinstance(labels, dict) else None
        key = None if asked is None or isinstance(asked[1], Unresolved) else (str(asked[0]), text(asked[1]))
        found.setdefault(namespace_of(policy), {}).setdefault(key, []).append(policy)
    return found


def open_rules(policy: Resource) -> Iterator[tuple[Path, bool | None]]:
    """Yield each ingress rule that takes traffic from anywhere (None: cannot be told), with its path."""
    rules = walk(policy.body, ("spec", "ingress"))[0]
    if isinstance(rules, Unresolved):
        yield ("spec", "ingress"), None
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        path: Path = ("spec", "ingress", index)
        sources = rule.get("from") if isinstance(rule, dict) else rule
        if isinstance(sources, Unresolved):
            yield path, None
        elif not sources:
            yield path, True
        else:
            yield from _open_peers(sources, (*path, "from"))


def _open_peers(sources: Any, path: Path) -> Iterator[tuple[Path, bool | None]]:
    for number, peer in enumerate(sources if isinstance(sources, list) else ()):
        block = peer.get("ipBlock") if isinstance(peer, dict) else peer
        cidr = block.get("cidr") if isinstance(block, dict) else block
        if isinstance(cidr, Unresolved):
            yield (*path, number), None
        elif str(cidr).endswith(("/0", "/1")):  # Two halves are the whole world too.
            yield (*path, number, "ipBlock", "cidr"), True
