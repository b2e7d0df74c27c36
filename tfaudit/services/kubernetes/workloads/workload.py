"""Deployments, StatefulSets, DaemonSets, Jobs, CronJobs, and Pods that nobody owns, as `workload` assets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Path, Reference, Unresolved
from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT, walk
from tfaudit.reading.view import Reading, View
from tfaudit.services.kubernetes.network.network_rules import FOREIGN, isolating
from tfaudit.services.kubernetes.objects import (
    LABELS,
    is_object,
    key_of,
    metadata,
    name_of,
    named,
    namespace_of,
    of_the_system,
    owned,
    refused,
    text,
    untold,
)
from tfaudit.services.kubernetes.workloads.pods import (
    POD_API,
    SECCOMP,
    containers,
    pod,
    template_labels,
    unconfined,
    windows,
)

READS = (
    "core/Pod",
    "apps/Deployment",
    "apps/StatefulSet",
    "apps/DaemonSet",
    "apps/ReplicaSet",
    "core/ReplicationController",
    "batch/Job",
    "batch/CronJob",
    "core/ServiceAccount",
    "networking.k8s.io/NetworkPolicy",
)
KINDS = ("workload",)

_HOST = POD_API + "#PodSpec"
_ACCOUNTS = "kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"
_SECCOMP = f"{SECCOMP}: where the kubelet is not told otherwise"
_POLICIES = "kubernetes.io/docs/concepts/services-networking/network-policies/"
_DEPLOYMENT = "kubernetes.io/docs/reference/kubernetes-api/apps/deployment-v1/"
_CONFINED = frozenset({"RuntimeDefault", "Localhost"})


def _in_pod(path: str) -> Any:
    return lambda view: pod(view).read(path)


def _host(path: str) -> Fact:
    return Fact(kubernetes=_in_pod(path), default=Documented(False, _HOST))


def _host_paths(view: View) -> Any:
    inside = pod(view)
    reading = inside.read("volumes")
    found: list[Any] = []
    where: Path = ()
    for index, volume in enumerate(reading.value if isinstance(reading.value, list) else ()):
        if isinstance(volume, Unresolved):
            found.append(volume)
        elif isinstance(volume, dict) and volume.get("hostPath") is not None:
            path, taken = walk(volume, ("hostPath", "path"))
            found.append(path if isinstance(path, Unresolved) else "" if path is ABSENT else text(path))
            where = where or (*reading.path, index, *taken)
    return (
        Known(found, view.resource, where or reading.path) if found else untold(inside, "volumes") or ABSENT
    )


def _seccomp(view: View) -> Any:
    """Return the weakest profile that a container of the pod runs under."""
    if outside := windows(view):
        return outside
    of_pod = pod(view).read("securityContext.seccompProfile.type")
    bare = False
    confined: Reading | None = None
    for _, container in containers(view):
        if isinstance(container.body, dict) and "securityContext" not in container.body:
            bare = True
            continue
        own = container.read("securityContext.seccompProfile.type")
        if none := unconfined(container, of_pod if own.absent else own):
            return none
        if own.absent:
            bare = True
        elif isinstance(own.value, (Unresolved, Reference)) or own.value not in _CONFINED:
            return own
        else:
            confined = own
    return of_pod if bare or confined is None else confined


def _service_account(view: View) -> Reading:
    return pod(view).first("serviceAccountName", "serviceAccount")


def _token_mounted(view: View) -> Any:
    reading = pod(view).read("automountServiceAccountToken")
    if not reading.absent:
        return reading
    account = _service_account(view)
    if isinstance(account.value, Unresolved):
        return account
    withheld = refused(view.inventory, "core/ServiceAccount")
    if withheld is not None:
        return Unknown(withheld.because, withheld.settle_with, view.resource, pod(view).base)
    name = text(account.value) if account.known else "default"
    declared = named(view.inventory, "core/ServiceAccount", name, namespace_of(view.resource))
    if declared is not None:
        own = View(declared, view.inventory).read("automountServiceAccountToken")
        if not own.absent:
            return own
    return Default(True, _ACCOUNTS, view.resource, pod(view).base)


def _default_namespace(view: View) -> Any:
    reading = view.read("metadata.namespace")
    if reading.absent:
        return Unknown(
            "it names no namespace: whoever applies it chooses one",
            "set metadata.namespace, or scan the cluster",
            view.resource,
            ("metadata",),
        )
    return reading


def _isolated(view: View) -> Any:
    withheld = refused(view.inventory, "networking.k8s.io/NetworkPolicy", *FOREIGN)
    if withheld is not None:
        return Reading(withheld, view.resource, view.base)
    on_host = pod(view).read("hostNetwork")
    if on_host.value is True or isinstance(on_host.value, Unresolved):
        # Policies do not reach a pod in its node's network: the page, "Other network policies" and their limits.
        return on_host if on_host.value is not True else Known(False, on_host.resource, on_host.path)
    found = isolating(view, template_labels(view))
    if found is None:
        return Default(False, _POLICIES, view.resource, view.base)
    return found


FACTS = {
    "replicas": Fact(kubernetes="spec.replicas", default=Documented(1, _DEPLOYMENT)),
    "host_network": _host("hostNetwork"),
    "host_pid": _host("hostPID"),
    "host_ipc": _host("hostIPC"),
    "host_paths": Fact(kubernetes=_host_paths, default=Documented([], POD_API + "#Volume")),
    "seccomp": Fact(kubernetes=_seccomp, default=Documented("Unconfined", _SECCOMP)),
    "service_account": Fact(kubernetes=_service_account, default=Documented("default", _ACCOUNTS)),
    "token_mounted": Fact(kubernetes=_token_mounted),
    "default_namespace": Fact(kubernetes=_default_namespace, using=lambda name: name == "default"),
    "network.isolated": Fact(kubernetes=_isolated),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `workload` that the object declares, unless a controller or the cluster itself made it."""
    resource = view.resource
    if resource.type in ("core/ServiceAccount", "networking.k8s.io/NetworkPolicy"):
        return
    if is_object(resource) and not owned(resource) and not of_the_system(resource) and metadata(resource):
        yield asset("workload", view, FACTS, key_of(resource), name_of(resource))
