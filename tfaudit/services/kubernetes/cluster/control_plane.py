"""The programs of a control plane that somebody runs himself, by their flags, as `control_plane` assets.

They are found in static pods (`/etc/kubernetes/manifests`), in their mirrors in a running cluster, and in Deployments
of hosted control planes: by what a container runs, and by its image. A managed cluster shows none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, perhaps
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, kubernetes
from tfaudit.reading.states import SETTLE, Known, Pointer, Reading, Unknown
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.cluster.flags import WORDS, all_set, elsewhere, flag, stated, truth
from tfaudit.services.kubernetes.objects import TAGS, is_object, key_of, name_of, rest, text
from tfaudit.services.kubernetes.workloads.pods import PODS, containers, tables

READS = (
    "core/Pod",
    "apps/Deployment",
    "apps/StatefulSet",
    "apps/DaemonSet",
)
KINDS = ("control_plane",)

_REFERENCE = "kubernetes.io/docs/reference/command-line-tools-reference/"
_SERVER = f"{_REFERENCE}kube-apiserver/"
_MANAGER = f"{_REFERENCE}kube-controller-manager/"
_SCHEDULER = f"{_REFERENCE}kube-scheduler/"
_ETCD = "etcd.io/docs/v3.5/op-guide/configuration/"
_AUDIT = "kubernetes.io/docs/tasks/debug/debug-cluster/audit/"

_CONTAINER: Spelling = {
    "name": kubernetes("name"),
    "image": kubernetes("image"),
    "command": kubernetes("command"),
    "arguments": kubernetes("args"),
    "variables": kubernetes("env", rows={"name": kubernetes("name"), "value": kubernetes("value")}),
    "labels": kubernetes(NOTHING),
}
# Programs that start and end before the others have no flags that matter here.
TABLES: Mapping[str, Spelling] = tables(
    lambda pod: {
        "containers": kubernetes(f"{pod}.containers", rows=_CONTAINER),
        "initContainers": kubernetes(NOTHING, rows=_CONTAINER),
        "ephemeralContainers": kubernetes(NOTHING, rows=_CONTAINER),
    }
)


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()]


def _local(value: str) -> bool:
    return value in ("127.0.0.1", "localhost", "::1")


def _audited(command: Any, arguments: Any, variables: Any) -> Any:
    """Return whether requests are recorded: a policy says which, and a file or a webhook takes them."""
    policy = stated("audit-policy-file", command, arguments, variables)
    if policy is None or not policy.value:
        return None
    if isinstance(policy.value, CannotTell):
        return policy
    for name in ("audit-log-path", "audit-webhook-config-file"):
        target = stated(name, command, arguments, variables)
        if target is not None and isinstance(target.value, CannotTell):
            return target
        if target is not None and target.value:
            return Said(True, by=policy.by, row=policy.row)
    return Said(False, by=policy.by, row=policy.row)


def _self_signed(command: Any, arguments: Any, variables: Any) -> Any:
    for name in ("auto-tls", "peer-auto-tls"):
        found = stated(name, command, arguments, variables)
        value = (
            None
            if found is None
            else found.value
            if isinstance(found.value, CannotTell)
            else truth(found.value)
        )
        if found is not None and value is not False:
            return Said(value, by=found.by, row=found.row)
    return elsewhere("config-file", command, arguments, variables)


def _tls(source: str) -> Facts:
    """Return what Kubernetes' own programs say of TLS."""
    return {
        "tls.own_certificate": all_set("tls-cert-file", "tls-private-key-file", source=source),
    }


def _of(component: str, facts: Facts) -> Facts:
    others = rest("control_plane", f"{component} has no such flag")
    return {**others, "tags": TAGS, **facts}


FACTS: Mapping[str, Facts] = {
    "kube-apiserver": _of(
        "kube-apiserver",
        {
            **_tls(_SERVER),
            "anonymous_auth": flag("anonymous-auth", truth, True, _SERVER, "authentication-config"),
            "authorization_modes": flag(
                "authorization-mode", _listed, ["AlwaysAllow"], _SERVER, "authorization-config"
            ),
            "admission_plugins": flag("enable-admission-plugins", _listed, [], _SERVER),
            "static_tokens": flag("token-auth-file", bool, False, _SERVER),
            "encryption_provider": flag("encryption-provider-config", bool, False, _SERVER),
            "audit.enabled": Fact(_audited, of=WORDS, default=Documented(False, _AUDIT)),
            "client_certificates": flag("client-ca-file", bool, False, _SERVER),
            "verifies_kubelets": flag("kubelet-certificate-authority", bool, False, _SERVER),
            "profiling": flag("profiling", truth, True, _SERVER),
        },
    ),
    "kube-controller-manager": _of(
        "kube-controller-manager",
        {
            **_tls(_MANAGER),
            "local_address": flag("bind-address", _local, False, _MANAGER),
            "profiling": flag("profiling", truth, True, _MANAGER),
            "own_credentials": flag("use-service-account-credentials", truth, False, _MANAGER),
        },
    ),
    "kube-scheduler": _of(
        "kube-scheduler",
        {
            **_tls(_SCHEDULER),
            "local_address": flag("bind-address", _local, False, _SCHEDULER),
            "profiling": flag("profiling", truth, True, _SCHEDULER, "config"),
        },
    ),
    "etcd": _of(
        "etcd",
        {
            "tls.own_certificate": all_set("cert-file", "key-file", source=_ETCD, instead="config-file"),
            "self_signed": Fact(_self_signed, of=WORDS, default=Documented(False, _ETCD)),
            "client_certificates": flag("client-cert-auth", truth, False, _ETCD, "config-file"),
            "peer_certificates": flag("peer-client-cert-auth", truth, False, _ETCD, "config-file"),
            "profiling": flag("enable-pprof", truth, False, _ETCD, "config-file"),
        },
    ),
}


def _named(text_: str) -> str:
    """Return the program that a word of a command, or an image without its tag, ends in; "" for none."""
    name = text_.rpartition("/")[2]
    return name if name in FACTS else ""


def _by_command(command: Reading) -> str | Unknown:
    """Return the program that a command runs, by itself, after a shell or after what reaps its children."""
    if isinstance(command, (Unknown, Pointer)):
        return command.unknown if isinstance(command, Pointer) else command
    for each in command.value[:3] if isinstance(command, Known) and isinstance(command.value, list) else ():
        if isinstance(each, (Unresolved, Reference)):
            return Unknown(f"what it runs is not known: {each}", SETTLE, command.resource, command.path)
        for word in each.split()[:2] if isinstance(each, str) else ():
            if _named(word):
                return _named(word)
    return ""


def _by_image(image: Reading) -> str:
    named = text(image.value) if isinstance(image, Known) else ""
    return _named(named.partition("@")[0].rpartition("/")[2].partition(":")[0])


def _by_name(view: View) -> str:
    """Return the program that a pod is called after, as kubeadm calls its own."""
    called = name_of(view.resource)
    return next((each for each in FACTS if called == each or called.startswith(f"{each}-")), "")


def _may_run_one(resource: Resource) -> bool:
    """Whether something in a pod names such a program, or is not known: of ten thousand pods hardly one does."""
    pod: Any = resource.body
    for step in PODS[resource.type].split("/")[1:]:
        pod = pod.get(step) if isinstance(pod, dict) else pod
    found = pod.get("containers") if isinstance(pod, dict) else pod
    return not isinstance(found, list) or any(map(_may_be_one, found))


def _may_be_one(container: Any) -> bool:
    if not isinstance(container, dict):
        return True
    command, image = container.get("command"), container.get("image")
    if not isinstance(image, str) or not isinstance(command, (list, NoneType)):
        return True
    words = [image, *(command or ())]
    return any(not isinstance(word, str) or any(name in word for name in FACTS) for word in words)


def assets(view: View) -> Iterator[Asset]:
    """Yield each program of a control plane that the object runs; with nothing known, one that it perhaps runs."""
    if not is_object(view.resource) or not _may_run_one(view.resource):
        return
    pod = key_of(view.resource)
    for _, container in containers(view):
        command = container.word("command")
        component = _by_command(command)
        image = "" if isinstance(command, Known) else _by_image(container.word("image"))
        if isinstance(component, str):
            component = component or image
            if component:
                yield asset(
                    "control_plane", container, FACTS[component], _key(pod, component), component, component
                )
            continue
        perhaps_ = image or _by_image(container.word("image")) or _by_name(view)
        if perhaps_:
            yield perhaps(
                "control_plane", container, FACTS[perhaps_], _key(pod, perhaps_), component, perhaps_
            )


def _key(pod: Key, component: str) -> Key:
    return f"{pod}/{component}" if isinstance(pod, str) else pod
