"""The pod inside a workload: where it stands, and what its containers inherit from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.resources import Path, Reference, Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import Reading, View

PODS: Mapping[str, Path] = {
    "core/Pod": ("spec",),
    "apps/Deployment": ("spec", "template", "spec"),
    "apps/StatefulSet": ("spec", "template", "spec"),
    "apps/DaemonSet": ("spec", "template", "spec"),
    "apps/ReplicaSet": ("spec", "template", "spec"),
    "core/ReplicationController": ("spec", "template", "spec"),
    "batch/Job": ("spec", "template", "spec"),
    "batch/CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
_NOT_KNOWN = (Unresolved, Reference)
CONTAINERS = ("containers", "initContainers", "ephemeralContainers")

POD_API = "kubernetes.io/docs/reference/kubernetes-api/core/pod-v1/"
SECCOMP = "kubernetes.io/docs/tutorials/security/seccomp/"


def unconfined(container: View, profile: Reading) -> Known | None:
    """Return that no seccomp profile holds for a privileged container, whatever `profile` it names (the page above)."""
    privileged = container.read("securityContext.privileged")
    if privileged.value is not True or profile.absent:
        return None
    return Known("Unconfined", privileged.resource, privileged.path)


def pod(view: View) -> View:
    """Return the view of the pod, wherever in the workload `view` looks; made once for each workload."""
    return _pod(view)[0]


def _pod(view: View) -> tuple[View, bool]:
    """Return the view of the pod, and whether it says that it runs on Windows."""
    made = view.inventory.derived(_pods)
    resource = view.resource
    found = made.get(id(resource))
    if found is None:
        inside = View(resource, view.inventory).at(PODS[resource.type])
        found = made[id(resource)] = (inside, inside.get("os.name") == "windows")
    return found


def _pods(inventory: Inventory) -> dict[int, tuple[View, bool]]:
    return {}


def template_labels(view: View) -> Mapping[str, Any] | Unresolved:
    """Return the labels of the pods that the workload makes."""
    path = (*PODS[view.resource.type][:-1], "metadata", "labels")
    found = View(view.resource, view.inventory).at(path).body
    return found if isinstance(found, (dict, Unresolved)) else {}


def containers(view: View) -> Iterator[tuple[str, View]]:
    """Yield every container of the pod with the list that it stands in; one for a list or a pod that is not known."""
    inside = pod(view)
    if isinstance(inside.body, _NOT_KNOWN):
        yield CONTAINERS[0], inside
        return
    for kind in CONTAINERS:
        if isinstance(inside.read(kind).value, (list, *_NOT_KNOWN)):
            for each in inside.each(kind):
                if isinstance(each.body, (dict, *_NOT_KNOWN)):
                    yield kind, each


def inherited(view: View, name: str) -> Reading:
    """Return the container's `securityContext.<name>`, or the pod's where the container does not set it."""
    reading = view.read(f"securityContext.{name}")
    return pod(view).read(f"securityContext.{name}") if reading.absent else reading


def windows(view: View) -> NotApplicable | None:
    """Return why a setting of Linux does not apply, for pods that say that they run on Windows."""
    if _pod(view)[1]:
        return NotApplicable("the pod runs on Windows", view.resource, view.base)
    return None
