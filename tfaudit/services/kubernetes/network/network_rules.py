"""What NetworkPolicies do to the pods of a namespace, taken together.

Policies add up: a pod that one policy selects for a direction takes only what some policy allows
(kubernetes.io/docs/concepts/services-networking/network-policies/).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfaudit.model.resources import Resource, Unresolved
from tfaudit.reading.answers import Said
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.parts import every, some
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.states import Absent, Known, Pointer, Reading, Unknown
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import LABELS, in_namespace, metadata, namespace_of, selects, text

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

_PEER: Spelling = {"cidr": kubernetes("ipBlock.cidr")}
_RULE: Spelling = {"from": kubernetes("from", rows=_PEER)}
POLICY: Spelling = {
    "labels": LABELS,
    "spec": kubernetes("spec"),
    "types": kubernetes("spec.policyTypes"),
    "selector": kubernetes("spec.podSelector"),
    "ingress": kubernetes("spec.ingress", rows=_RULE),
    "egress": kubernetes("spec.egress"),
}


def restricts(direction: str, types: Any, egress: Any) -> bool:
    """Whether a policy restricts `direction`; ingress where it does not say."""
    if isinstance(types, list):
        return some(types, lambda each: str(each).lower() == direction)
    return direction == "ingress" or bool(egress)


def denies(direction: str, spec: Any, types: Any, selector: Any, *rules: Any) -> bool:
    """Whether a policy selects every pod of its namespace and allows nothing in `direction`; `rules` are for both."""
    return every(
        lambda: isinstance(spec, dict),
        lambda: restricts(direction, types, rules[1]),
        lambda: not rules[direction == "egress"],
        lambda: not selector or (isinstance(selector, dict) and not any(selector.values())),
    )


DENYING = ("spec", "types", "selector", "ingress", "egress")
"""The words by which a policy denies."""


def _denied(direction: str) -> Fact:
    return Fact(lambda *words: Said(denies(direction, *words), by="spec"), of=DENYING)


_DENIES: Facts = {each: _denied(each) for each in ("ingress", "egress")}
_ENTRY = Fact(lambda types, egress: restricts("ingress", types, egress), of=("types", "egress"))


def _policies(inventory: Inventory) -> dict[str, list[View]]:
    """Return the policies of each namespace."""
    found: dict[str, list[View]] = {}
    for policy in inventory.of_type("networking.k8s.io/NetworkPolicy"):
        found.setdefault(namespace_of(policy), []).append(View(policy, inventory, table=POLICY))
    return found


def default_deny(view: View, namespace: str, direction: str) -> Reading:
    """Return the policy that denies by default in `namespace`, why that is not known, or absent for no such policy."""
    unsure: Unknown | None = None
    for policy in view.inventory.derived(_policies).get(namespace, ()):
        found = _DENIES[direction].read(policy, "bool")
        if isinstance(found, Known) and found.value:
            doubt = may_be_missing(policy.resource, view.resource)
            if doubt is None:
                return found
            unsure = unsure or Unknown(doubt.because, doubt.settle_with, policy.resource)
        if isinstance(found, Unknown):
            because = f"{policy.resource.address} may deny by default: a part of it is not known"
            spec = policy.word("spec")
            unsure = unsure or Unknown(because, "scan the filled-in manifest", spec.resource, spec.path)
    return unsure or foreign(view, namespace)


def foreign(view: View, namespace: str) -> Unknown | Absent:
    """Return why nothing can be said where another maker's policy reaches `namespace`, absent where none does."""
    for type_ in FOREIGN if view.inventory.derived(_has_foreign) else ():
        found: list[Resource] = view.inventory.of_type(type_)
        if type_ not in _CLUSTER_WIDE:
            found = in_namespace(view.inventory, type_, namespace)
        if found:
            because = f"{found[0].address} may do it, which tfaudit does not read"
            return Unknown(because, "check it by hand, or add a NetworkPolicy", view.resource, view.base)
    return Absent(view.resource, view.base)


def _has_foreign(inventory: Inventory) -> bool:
    return any(inventory.of_type(type_) for type_ in FOREIGN)


def isolating(view: View, labels: Reading) -> Reading:
    """Return the policy that selects pods with `labels` for ingress, why that is not known, or absent for none."""
    if isinstance(labels, (Unknown, Pointer)):
        unknown = labels if isinstance(labels, Unknown) else labels.unknown
        because = f"which policy selects it is not known, for its labels are not: {unknown.because}"
        return Unknown(because, unknown.settle_with, view.resource, view.base)
    unsure: Resource | None = None
    apart: Resource | None = None
    carried = labels.value if isinstance(labels, Known) and isinstance(labels.value, dict) else {}
    by_label = view.inventory.derived(_by_label).get(namespace_of(view.resource), {})
    wanted = [None, *((key, text(value)) for key, value in carried.items())] if by_label else []
    for policy in [policy for each in wanted for policy in by_label.get(each, ())]:
        match _selected(policy, carried):
            case Known(value=True) as found:
                if may_be_missing(policy.resource, view.resource) is not None:
                    unsure = policy.resource
                    continue
                if _in_one_namespace(policy.resource, view.resource):
                    return found
                apart = policy.resource
            case Unknown():
                unsure = policy.resource
            case Known():
                pass
    if unsure is not None:
        because = (
            f"{unsure.address} may select it: a part of its selector, or whether it is there, is not known"
        )
        return Unknown(because, "scan the filled-in manifest", view.resource, view.base)
    if apart is not None:
        because = (
            f"{apart.address} selects it where both are in one namespace: "
            f"{apart.place.origin} lies in another folder, and not both name one"
        )
        return Unknown(
            because, "set metadata.namespace in both, or scan the cluster", view.resource, view.base
        )
    return foreign(view, namespace_of(view.resource))


def _in_one_namespace(policy: Resource, workload: Resource) -> bool:
    """Whether two objects that count as in one namespace are in one.

    Whoever applies a manifest that names no namespace chooses it; what lies in one folder, or in one below, is applied
    together.
    """
    if all(each.plane != "manifest" or metadata(each).get("namespace") for each in (policy, workload)):
        return True
    one, other = (f"/{each.place.origin}".rpartition("/")[0] + "/" for each in (policy, workload))
    return one.startswith(other) or other.startswith(one)


def _selected(policy: View, labels: Mapping[str, Any]) -> Known | Unknown:
    """Return whether a policy restricts what enters a pod with `labels`."""
    not_known = Unknown("a part of it is not known", "scan the filled-in manifest", policy.resource)
    spec, selector = policy.word("spec"), policy.word("selector")
    covered = _ENTRY.read(policy, "bool")
    if isinstance(covered, Known) and not covered.value:
        return Known(False, policy.resource)
    if not isinstance(spec, Known) or not isinstance(spec.value, dict) or isinstance(selector, Unknown):
        return not_known
    taken = selects(selector.value if isinstance(selector, Known) else None, labels)
    if taken is False:
        return Known(False, policy.resource)
    if taken is None or not isinstance(covered, Known):
        return not_known
    return Known(True, policy.resource, ("spec", "podSelector"))


def _by_label(inventory: Inventory) -> dict[str, dict[tuple[str, str] | None, list[View]]]:
    """Return the policies of each namespace by one label that they ask for; None holds those that ask for none."""
    found: dict[str, dict[tuple[str, str] | None, list[View]]] = {}
    for namespace, policies in inventory.derived(_policies).items():
        by_label = found.setdefault(namespace, {})
        for policy in policies:
            by_label.setdefault(_asked(policy.word("selector")), []).append(policy)
    return found


def _asked(selector: Reading) -> tuple[str, str] | None:
    """Return one label that a selector asks for."""
    match selector:
        case Known(value={"matchLabels": {**labels}}) if labels:
            key, value = next(iter(labels.items()))
            return None if isinstance(value, Unresolved) else (str(key), text(value))
        case _:
            return None
