"""What all Kubernetes objects have: namespace, key, labels; and which of a cluster's own objects are not judged.

A key is `k8s:<group/kind>/<namespace>/<name>`, without the namespace for kinds that have none. A manifest that names no
namespace is keyed in `default`, where `kubectl apply` puts it unless it is asked for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfaudit.model.asset import Key
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Setting, Unknown
from tfaudit.model.vocabulary import KINDS
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, inapplicable
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import kubernetes
from tfaudit.reading.view import View

SYSTEM_NAMESPACES = frozenset({"kube-system", "kube-public", "kube-node-lease"})
_SYSTEM_MARKS = frozenset(
    {
        "addonmanager.kubernetes.io/mode",
        "kubernetes.io/cluster-service",
        "kubernetes.io/config.mirror",
        "eks.amazonaws.com/component",
        "kubernetes.azure.com/managedby",
        "components.gke.io/component-name",
    }
)
_OWNERS = frozenset(
    {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"}
)
_SYSTEM_APPS = frozenset(
    {"kube-proxy", "kube-dns", "coredns", "aws-node", "calico-node", "cilium", "metrics-server"}
)

_WITHOUT_NAMESPACE = frozenset(
    {
        "core/Namespace",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
    }
)

LABELS = kubernetes("metadata.labels")
"""The word `labels`, for the tables of all objects."""

TAGS = Fact("labels", default=Documented({}, "nothing is labelled by itself"))


def metadata(resource: Resource) -> Mapping[str, Any]:
    """Return the object's metadata; empty where there is none."""
    found = resource.body.get("metadata")
    return found if isinstance(found, dict) else {}


def text(value: Any) -> str:
    """Return a label or name as text; YAML reads an unquoted `yes` or `1.0` as something else."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def namespace_of(resource: Resource) -> str:
    """Return the namespace that the object is in, `default` where a manifest names none.

    An object of a kind without namespaces counts as in `default`, whatever its manifest says: kubectl drops the
    namespace of such an object.
    """
    if resource.type in _WITHOUT_NAMESPACE:
        return "default"
    return text(metadata(resource).get("namespace")) or "default"


def name_of(resource: Resource) -> str:
    """Return the object's name; the expression where it is filled in when applied."""
    found = metadata(resource)
    return text(found.get("name")) or text(found.get("generateName")) or "(no name)"


def key_of(resource: Resource, *, namespaced: bool = True) -> Key:
    """Return the key of the object, or why it is not known."""
    found = metadata(resource)
    name, namespace = found.get("name"), found.get("namespace") if namespaced else ""
    for each in (name, namespace):
        if isinstance(each, (Unresolved, Reference)):
            return each if isinstance(each, Unresolved) else Unresolved(f"it is {each}", "scan the cluster")
    if name is None:
        return Unresolved("metadata.name is not set: the API server makes a name up", "scan the cluster")
    return (
        f"k8s:{resource.type}/{namespace_of(resource)}/{name}"
        if namespaced
        else f"k8s:{resource.type}/{name}"
    )


def running(resource: Resource) -> bool:
    """Whether the object was seen in a cluster, where controllers have filled in what a manifest leaves to them."""
    return resource.plane == "live"


def is_object(resource: Resource) -> bool:
    """Whether the resource is an object, and not the mark of a list that was denied."""
    return isinstance(resource.body.get("metadata"), dict)


def refused(inventory: Inventory, *types: str) -> Unresolved | None:
    """Return why the objects of one of `types` are not known, where listing them was denied."""
    known = inventory.derived(_refused)
    if known:
        for type_ in types:
            if type_ in known:
                return known[type_]
    return None


def _refused(inventory: Inventory) -> dict[str, Unresolved]:
    found = {}
    for resource in inventory.resources:
        because = resource.body.get("metadata")
        if isinstance(because, Unresolved):
            found[resource.type] = because
    return found


def in_namespace(inventory: Inventory, type_: str, namespace: str) -> list[Resource]:
    """Return the objects of `type_` in `namespace`."""
    return inventory.derived(_by_namespace).get((type_, namespace), [])


def _by_namespace(inventory: Inventory) -> dict[tuple[str, str], list[Resource]]:
    found: dict[tuple[str, str], list[Resource]] = {}
    for resource in inventory.resources:
        if resource.dialect == "kubernetes" and is_object(resource):
            found.setdefault((resource.type, namespace_of(resource)), []).append(resource)
    return found


def named(inventory: Inventory, type_: str, name: str, namespace: str = "default") -> Resource | None:
    """Return the object of that type and name in `namespace`; a kind without namespaces counts as in `default`."""
    return inventory.derived(_by_name).get((type_, namespace, name))


def _by_name(inventory: Inventory) -> dict[tuple[str, str, str], Resource]:
    return {
        (type_, namespace, name_of(resource)): resource
        for (type_, namespace), members in inventory.derived(_by_namespace).items()
        for resource in members
    }


def owned(resource: Resource) -> bool:
    """Whether a controller of a kind that is judged made the object: its owner is judged instead."""
    owners = metadata(resource).get("ownerReferences")
    return isinstance(owners, list) and any(
        isinstance(each, dict) and each.get("controller") and each.get("kind") in _OWNERS for each in owners
    )


def of_the_system(resource: Resource) -> bool:
    """Whether a live object belongs to the cluster itself: nobody but the cluster's provider can mend it.

    These are objects of the system namespaces that carry the mark of an add-on manager or of a static pod's mirror, or
    the name of a core component. Everything else in these namespaces was put there by somebody, and is judged.
    """
    if not running(resource) or namespace_of(resource) not in SYSTEM_NAMESPACES:
        return False
    found = metadata(resource)
    labels, annotations = (_mapping(found.get(each)) for each in ("labels", "annotations"))
    app = labels.get("k8s-app") or labels.get("app.kubernetes.io/name")
    return bool(_SYSTEM_MARKS & (labels.keys() | annotations.keys())) or app in _SYSTEM_APPS


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def at_row(fact: Fact, steps: int) -> Fact:
    """Return the same fact; what is not known is placed at the rule that it is a part of, `steps` below the root.

    A rule is read as a whole, so its first line is where to look.
    """

    def joins(view: View) -> Setting:
        found = fact.read(view, "bool")
        if isinstance(found, Unknown):
            return Unknown(found.because, found.settle_with, found.resource, found.path[:steps])
        return found

    return Fact(joins=joins, of=fact.of)


def rest(kind: str, because: str) -> dict[str, Fact]:
    """Return for each setting of `kind` that it does not apply: to be laid below the facts of a service."""
    return {name: inapplicable(because) for name in KINDS[kind]}


def selects(selector: Any, labels: Mapping[str, Any]) -> bool | None:
    """Return whether a label selector takes `labels`; None where a part of it is not known.

    An empty selector takes everything:
    kubernetes.io/docs/reference/kubernetes-api/definitions/label-selector-v1-meta/
    """
    if selector is None:
        return True
    if not isinstance(selector, dict):
        return None
    answer: bool | None = True
    matched = selector.get("matchLabels") or {}
    expressions = selector.get("matchExpressions") or ()
    if isinstance(matched, Unresolved) or isinstance(expressions, Unresolved):
        return None
    for key, wanted in matched.items() if isinstance(matched, dict) else ():
        have = labels.get(key)
        if isinstance(wanted, Unresolved) or isinstance(have, Unresolved):
            answer = None
        elif key not in labels or text(have) != text(wanted):
            return False
    for each in expressions:
        result = _expression(each, labels)
        if result is False:
            return False
        answer = answer if result else None
    return answer


def _expression(stated: Any, labels: Mapping[str, Any]) -> bool | None:
    if not isinstance(stated, dict):
        return None
    listed = stated.get("values") or ()
    if not isinstance(listed, (list, tuple)) or any(isinstance(each, Unresolved) for each in listed):
        return None
    key, values = text(stated.get("key")), [text(each) for each in listed]
    have = text(labels[key]) if key in labels else None
    match stated.get("operator"):
        case "In":
            return have in values
        case "NotIn":
            return have not in values
        case "Exists":
            return have is not None
        case "DoesNotExist":
            return have is None
        case _:
            return None
