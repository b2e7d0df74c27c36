"""Deployments, StatefulSets, DaemonSets, Jobs, CronJobs, and Pods that nobody owns, as `workload` assets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import among, first, mapped
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.states import Absent, Known, Pointer, Unknown
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.access.service_account import TABLE as ACCOUNT
from tfaudit.services.kubernetes.network.network_rules import FOREIGN, isolating
from tfaudit.services.kubernetes.objects import (
    LABELS,
    TAGS,
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
)
from tfaudit.services.kubernetes.workloads.pods import CONTAINERS, POD_API, SECCOMP, by_system, listed, tables

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
_CONTEXT = POD_API + "#PodSecurityContext"
_DEPLOYMENT = "kubernetes.io/docs/reference/kubernetes-api/apps/deployment-v1/"
_CONFINED = frozenset({"RuntimeDefault", "Localhost"})

_VOLUME: Spelling = {"host": kubernetes("hostPath"), "path": kubernetes("hostPath.path")}
_CONTAINER: Spelling = {
    "privileged": kubernetes("securityContext.privileged"),
    "seccomp": kubernetes("securityContext.seccompProfile.type"),
}


def _workload(pod: str) -> Spelling:
    """Return the words of a workload whose pod stands at the path `pod`."""
    return {
        "labels": LABELS,
        "namespace": kubernetes("metadata.namespace"),
        "replicas": kubernetes("spec.replicas"),
        "pod_labels": kubernetes(f"{pod.removesuffix('spec')}metadata.labels"),
        "host_network": kubernetes(f"{pod}.hostNetwork"),
        "host_pid": kubernetes(f"{pod}.hostPID"),
        "host_ipc": kubernetes(f"{pod}.hostIPC"),
        "volumes": kubernetes(f"{pod}.volumes", rows=_VOLUME),
        "os": kubernetes(f"{pod}.os.name"),
        "account": kubernetes((f"{pod}.serviceAccountName", f"{pod}.serviceAccount")),
        "token": kubernetes(f"{pod}.automountServiceAccountToken"),
        "seccomp": kubernetes(f"{pod}.securityContext.seccompProfile.type"),
        "sysctls": kubernetes(f"{pod}.securityContext.sysctls", rows={"name": kubernetes("name")}),
        **{each: kubernetes(f"{pod}.{each}", rows=_CONTAINER) for each in CONTAINERS},
    }


TABLES: Mapping[str, Spelling] = tables(_workload)


def _host_paths(volumes: Any) -> Any:
    def path(volume: Any) -> Said | None:
        return None if volume.get("host") is None else Said(text(volume.get("path")), by="path")

    return listed("volumes", mapped(volumes or (), path))


def _sysctls(stated: Any) -> Any:
    def name(each: Any) -> Said:
        return Said(text(each.get("name")), by="name")

    return listed("sysctls", mapped(stated or (), name))


def _seccomp(of_pod: Any, *lists: Any) -> Any:
    """Return the weakest profile that a container of the pod runs under."""
    every = [
        (name, index, each)
        for name, rows in zip(CONTAINERS, lists, strict=True)
        for index, each in enumerate(rows or ())
    ]
    weak = among(every, partial(_weak, of_pod))
    if weak is not None:
        return weak
    if not every or any("seccomp" not in each for _, _, each in every):
        return Said(of_pod, by="seccomp")  # it holds for those that name none
    name, index, last = every[-1]
    return Said(last["seccomp"], by=name, row=(index, "seccomp"))


def _weak(of_pod: Any, _: int, listed: tuple[str, int, Any]) -> Said | None:
    """Return the profile of a container that has none that confines it; None for one that may be confined."""
    name, index, container = listed
    own = container.get("seccomp")
    if "privileged" not in container or (own is None and of_pod is None):
        return _unconfined(own, name, index)
    return first(
        partial(_privileged, container["privileged"], name, index), partial(_unconfined, own, name, index)
    )


def _privileged(stated: Any, name: str, index: int) -> Said | None:
    # No profile holds for a privileged container, whatever it names (the page above).
    return Said("Unconfined", by=name, row=(index, "privileged")) if as_bool(stated) is True else None


def _unconfined(own: Any, name: str, index: int) -> Said | None:
    return None if own is None or own in _CONFINED else Said(own, by=name, row=(index, "seccomp"))


def _token_mounted(view: View) -> Any:
    token = view.word("token")
    if not isinstance(token, Absent):
        return token
    account = view.word("account")
    if isinstance(account, (Pointer, Unknown)):
        return account
    withheld = refused(view.inventory, "core/ServiceAccount")
    if withheld is not None:
        return Unknown(withheld.because, withheld.settle_with, token.resource, token.path)
    name = text(account.value) if isinstance(account, Known) else "default"
    declared = named(view.inventory, "core/ServiceAccount", name, namespace_of(view.resource))
    if declared is not None:
        own = View(declared, view.inventory, table=ACCOUNT).word("token")
        if not isinstance(own, Absent):
            return own
    return token


def _default_namespace(namespace: Any) -> Any:
    if namespace is None:
        return CannotTell(
            "it names no namespace: whoever applies it chooses one",
            "set metadata.namespace, or scan the cluster",
        )
    return namespace == "default"


def _isolated(view: View) -> Any:
    withheld = refused(view.inventory, "networking.k8s.io/NetworkPolicy", *FOREIGN)
    if withheld is not None:
        return Unknown(withheld.because, withheld.settle_with, view.resource, view.base)
    on_host = view.word("host_network")
    match on_host:
        case Unknown() | Pointer():
            return on_host
        case Known(value=value) if as_bool(value) is True:
            # Policies do not reach a pod in its node's network: the page, "Other network policies" and their limits.
            return Known(False, on_host.resource, on_host.path)
        case Known() | Absent():
            return isolating(view, view.word("pod_labels"))


_KEPT_RUNNING = frozenset(
    {"apps/Deployment", "apps/StatefulSet", "apps/ReplicaSet", "core/ReplicationController"}
)


def _replicas(view: View) -> Any:
    """Return how many copies are kept running: jobs run to their end, and a daemon set has one on each node."""
    if view.resource.type not in _KEPT_RUNNING:
        return Inapplicable(
            "only deployments, stateful and replica sets are kept running in a number of copies"
        )
    return view.word("replicas")


def _host(word: str) -> Fact:
    return Fact(word, default=Documented(False, _HOST))


FACTS: Facts = {
    "replicas": Fact(joins=_replicas, of=("replicas",), default=Documented(1, _DEPLOYMENT)),
    "host_network": _host("host_network"),
    "host_pid": _host("host_pid"),
    "host_ipc": _host("host_ipc"),
    "host_paths": Fact(_host_paths, of=("volumes",), default=Documented([], POD_API + "#Volume")),
    "seccomp": Fact(_seccomp, of=("seccomp", *CONTAINERS), default=Documented("Unconfined", _SECCOMP)),
    "sysctls": Fact(_sysctls, of=("sysctls",), default=Documented([], _CONTEXT)),
    "service_account": Fact("account", default=Documented("default", _ACCOUNTS)),
    "token_mounted": Fact(joins=_token_mounted, of=("token", "account"), default=Documented(True, _ACCOUNTS)),
    "default_namespace": Fact(_default_namespace, of=("namespace",)),
    "network.isolated": Fact(
        joins=_isolated, of=("host_network", "pod_labels", "namespace"), default=Documented(False, _POLICIES)
    ),
    "tags": TAGS,
}
_facts = by_system(FACTS, dict.fromkeys(("seccomp", "sysctls"), inapplicable("the pod runs on Windows")))
# What says by itself how many of it run.
_COUNTED = frozenset({"apps/Deployment", "apps/StatefulSet", "apps/ReplicaSet", "core/ReplicationController"})
_NOT_COUNTED: Facts = {"replicas": inapplicable("nodes or a schedule decide how many of it run")}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `workload` that the object declares, unless a controller or the cluster itself made it."""
    resource = view.resource
    if (
        resource.type in TABLES
        and is_object(resource)
        and not owned(resource)
        and not of_the_system(resource)
        and metadata(resource)
    ):
        facts = _facts(view.word("os"))
        facts = facts if resource.type in _COUNTED else {**facts, **_NOT_COUNTED}
        yield asset("workload", view, facts, key_of(resource), name_of(resource))
