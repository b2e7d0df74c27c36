"""The containers of workloads, init and ephemeral ones too, as `container` assets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Unresolved
from tfaudit.reading.answers import CannotTell, Said, unreadable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.parts import among, first, literal, mapped, some
from tfaudit.reading.spelling import NOTHING, Spelling, Word, kubernetes
from tfaudit.reading.states import Absent, Known, Reading, Unknown
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED, secret_name
from tfaudit.services.images import IMAGE
from tfaudit.services.kubernetes.objects import (
    TAGS,
    is_object,
    key_of,
    name_of,
    namespace_of,
    of_the_system,
    owned,
    refused,
    text,
)
from tfaudit.services.kubernetes.workloads.apparmor import apparmor
from tfaudit.services.kubernetes.workloads.pods import (
    CONTAINERS,
    POD_API,
    by_system,
    containers,
    listed,
    tables,
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
    "core/LimitRange",
)
KINDS = ("container",)

_STANDARDS = "kubernetes.io/docs/concepts/security/pod-security-standards/#restricted: it must be set"
_CONTEXT = POD_API + "#SecurityContext"
_HARDENING = "kubernetes.io/docs/tasks/configure-pod-container/security-context/"
_PORTS = POD_API + "#ContainerPort"
_VARIABLES = POD_API + "#EnvVar"
_RESOURCES = "kubernetes.io/docs/concepts/configuration/manage-resources-containers/"
_APPARMOR = "kubernetes.io/docs/tutorials/security/apparmor/: on nodes that have it"
_PROBES = "kubernetes.io/docs/concepts/workloads/pods/probes/"

_PORT: Spelling = {"host": kubernetes("hostPort"), "own": kubernetes("containerPort")}
_VARIABLE: Spelling = {"value": kubernetes("value"), "secret": kubernetes("valueFrom.secretKeyRef")}
_HEADER: Spelling = {"value": kubernetes("value")}
_VARIABLES_FROM: Spelling = {"secret": kubernetes("secretRef")}

_HEADERS = {
    "liveness_headers": "livenessProbe",
    "readiness_headers": "readinessProbe",
    "startup_headers": "startupProbe",
}
"""The words for the headers that a probe sends, with the probe."""


def _container(pod: str) -> Spelling:
    """Return the words of a container in a pod that stands at the path `pod`."""

    def inherited(path: str) -> Word:
        # What the container does not set is the pod's.
        return kubernetes((f"securityContext.{path}", f"{pod}.securityContext.{path}"))

    return {
        "privileged": kubernetes("securityContext.privileged"),
        "host_process": inherited("windowsOptions.hostProcess"),
        "non_root": inherited("runAsNonRoot"),
        "user": inherited("runAsUser"),
        "escalation": kubernetes("securityContext.allowPrivilegeEscalation"),
        "added": kubernetes("securityContext.capabilities.add"),
        "dropped": kubernetes("securityContext.capabilities.drop"),
        "read_only": kubernetes("securityContext.readOnlyRootFilesystem"),
        "seccomp": inherited("seccompProfile.type"),
        "apparmor": inherited("appArmorProfile.type"),
        "name": kubernetes("name"),
        "annotations": kubernetes(f"{pod.removesuffix('spec')}metadata.annotations"),
        "selinux": inherited("seLinuxOptions.type"),
        "proc_mount": kubernetes("securityContext.procMount"),
        "cpu_request": kubernetes("resources.requests.cpu"),
        "memory_request": kubernetes("resources.requests.memory"),
        "cpu_limit": kubernetes("resources.limits.cpu"),
        "memory_limit": kubernetes("resources.limits.memory"),
        "liveness": kubernetes("livenessProbe"),
        "readiness": kubernetes("readinessProbe"),
        **{
            word: kubernetes(f"{probe}.httpGet.httpHeaders", rows=_HEADER) for word, probe in _HEADERS.items()
        },
        "image": kubernetes("image"),
        "ports": kubernetes("ports", rows=_PORT),
        "variables": kubernetes("env", rows=_VARIABLE),
        "variables_from": kubernetes("envFrom", rows=_VARIABLES_FROM),
        "command": kubernetes("command"),
        "arguments": kubernetes("args"),
        "host_network": kubernetes(f"{pod}.hostNetwork"),
        "os": kubernetes(f"{pod}.os.name"),
        "labels": kubernetes(NOTHING),  # a container has none of its own
    }


def _pod(pod: str) -> Spelling:
    rows = _container(pod)
    words = {each: kubernetes(f"{pod}.{each}", rows=rows) for each in CONTAINERS}
    return {"os": rows["os"], **words}


TABLES: Mapping[str, Spelling] = tables(_pod)

_RANGE: Spelling = {
    "type": kubernetes("type"),
    "cpu_limit": kubernetes("default.cpu"),
    "memory_limit": kubernetes("default.memory"),
    "cpu_request": kubernetes(("defaultRequest.cpu", "default.cpu")),
    "memory_request": kubernetes(("defaultRequest.memory", "default.memory")),
}
RANGES: Spelling = {"limits": kubernetes("spec.limits", rows=_RANGE)}


def _run_as_root(non_root: Any, user: Any) -> Any:
    if as_bool(non_root) is True:
        return Said(False, by="non_root")
    if user is None:
        # The restricted standard asks that it be written: the image's USER may change with every push of its tag.
        return Said(Documented(True, _STANDARDS), by="")
    number = as_int(user)
    if number is None:
        return Said(CannotTell(f"runAsUser {user!r} is no number", "give a number"), by="user")
    return Said(number == 0, by="user")


def _escalation(escalation: Any, privileged: Any) -> Any:
    # Where this is not known, it may: that is the default as well.
    if escalation is None and as_bool(literal(privileged)) is True:
        return Said(True, by="privileged")
    return Said(escalation, by="escalation")


def _capability(name: Any) -> str:
    return text(name).upper().removeprefix("CAP_")


def _added(names: Any) -> Any:
    if names is None:
        return None
    return mapped(names, _capability) if isinstance(names, list) else unreadable(names)


def _drops_all(names: Any) -> Any:
    if names is None:
        return None
    if not isinstance(names, list):
        return unreadable(names)
    return some(names, lambda each: _capability(each) == "ALL")


def _privileged(privileged: Any, host_process: Any) -> Any:
    """Return whether it is privileged, as one that runs on a Windows host is; its pod need not name the system."""
    if as_bool(literal(host_process)) is True:
        return Said(True, by="host_process")
    return Said(privileged, by="privileged")


def _amount(what: str, or_else: str = "") -> Fact:
    """Return the fact of an amount that a container asks for, or its namespace for it, where admission fills it in."""

    def joins(view: View) -> Reading:
        for word in (what, or_else) if or_else else (what,):
            reading = view.word(word)
            if not isinstance(reading, Absent):
                return reading
        withheld = refused(view.inventory, "core/LimitRange")
        if withheld is not None:
            return Unknown(withheld.because, withheld.settle_with, view.resource, view.base)
        by_default = view.inventory.derived(_limit_ranges).get((namespace_of(view.resource), what))
        return by_default or Absent(view.resource, view.base)

    return Fact(joins=joins, of=(what, or_else) if or_else else (what,), default=Documented("", _RESOURCES))


def _limit_ranges(inventory: Inventory) -> dict[tuple[str, str], Reading]:
    """Return the amounts that each namespace gives to containers which ask for none."""
    stated: dict[tuple[str, str], Reading] = {}
    unsure: dict[tuple[str, str], Reading] = {}
    for resource in inventory.of_type("core/LimitRange"):
        namespace = namespace_of(resource)
        limits = View(resource, inventory, table=RANGES).rows("limits")
        if isinstance(limits, Unknown):
            unsure |= {(namespace, name): limits for name in _RANGE}
        for limit in limits if isinstance(limits, list) else ():
            type_ = limit.word("type")
            if not isinstance(type_, Unknown) and not (
                isinstance(type_, Known) and type_.value == "Container"
            ):
                continue
            for name in _RANGE:
                reading = limit.word(name)
                if isinstance(type_, Unknown) and not isinstance(reading, Absent):
                    unsure.setdefault((namespace, name), type_)
                elif not isinstance(reading, Absent):
                    stated.setdefault((namespace, name), reading)
    return {**unsure, **stated}


def _host_ports(ports: Any, host_network: Any) -> Any:
    return listed("ports", mapped(ports or (), partial(_on_host, host_network)))


def _on_host(host_network: Any, port: Any) -> Said | None:
    """Return the port of the node that a container's port takes."""
    stated, word = port.get("host"), "host"
    if stated is None and "own" in port and as_bool(host_network) is True:
        # On the node's network the API server fills it in from the container's port.
        stated, word = port.get("own"), "own"
    return None if stated is None or stated == 0 else Said(text(stated), by=word)


def _secrets_in_environment(variables: Any, variables_from: Any) -> Any:
    return first(
        partial(among, variables, partial(_secret, "variables")),
        partial(among, variables_from, partial(_secret, "variables_from")),
    )


def _secret(by: str, index: int, variable: Any) -> Said | None:
    return None if variable.get("secret") is None else Said(True, by=by, row=(index, "secret"))


def _inline_secrets(variables: Any, command: Any, arguments: Any, *headers: Any) -> Any:
    return first(
        partial(among, variables, partial(_literal_secret, "variables")),
        partial(_in_arguments, "command", command),
        partial(_in_arguments, "arguments", arguments),
        *(
            partial(among, sent, partial(_literal_secret, word))
            for word, sent in zip(_HEADERS, headers, strict=True)
        ),
    )


def _literal_secret(by: str, index: int, variable: Any) -> Said | None:
    # What is filled in from elsewhere is no literal: only where the whole entry is not known can it be one.
    value = literal(variable.get("value"))
    found = isinstance(value, str) and REDACTED in value
    return Said(True, by=by, row=(index, "value")) if found else None


def _in_arguments(by: str, arguments: Any) -> Any:
    """Return the argument that holds a secret: `--password=...` by its form, or what follows `--password`."""
    before = ""
    for index, each in enumerate(arguments if isinstance(arguments, list) else ()):
        value = literal(each)
        word = value if isinstance(value, str) else ""
        follows = before.startswith("-") and "=" not in before and secret_name(before.lstrip("-"))
        filled_in = word.startswith(("-", "$", "{{", "/")) or not word
        if REDACTED in word or (follows and not filled_in):
            return Said(True, by=by, row=index)
        before = word
    return None


def _stated(value: Any) -> bool | None:
    return None if value is None else True


_OF_LINUX = inapplicable("the pod runs on Windows")
_NO_PROBE = Documented(False, _PROBES)
FACTS: Facts = {
    "run_as_root": Fact(_run_as_root, of=("non_root", "user")),
    "privileged": Fact(_privileged, of=("privileged", "host_process"), default=Documented(False, _CONTEXT)),
    "privilege_escalation": Fact(
        _escalation, of=("escalation", "privileged"), default=Documented(True, _HARDENING)
    ),
    "capabilities.added": Fact(_added, of=("added",), default=Documented([], _CONTEXT)),
    "capabilities.drop_all": Fact(_drops_all, of=("dropped",), default=Documented(False, _CONTEXT)),
    "read_only_root": Fact("read_only", default=Documented(False, _CONTEXT)),
    "apparmor": Fact(
        apparmor, of=("apparmor", "annotations", "name"), default=Documented("RuntimeDefault", _APPARMOR)
    ),
    "selinux.type": Fact("selinux", default=Documented("", _CONTEXT)),
    "proc_mount": Fact("proc_mount", default=Documented("Default", _CONTEXT)),
    "resources.cpu_request": _amount("cpu_request", "cpu_limit"),
    "resources.memory_request": _amount("memory_request", "memory_limit"),
    "resources.cpu_limit": _amount("cpu_limit"),
    "resources.memory_limit": _amount("memory_limit"),
    "probes.liveness": Fact(_stated, of=("liveness",), default=_NO_PROBE),
    "probes.readiness": Fact(_stated, of=("readiness",), default=_NO_PROBE),
    **IMAGE,
    "host_ports": Fact(_host_ports, of=("ports", "host_network"), default=Documented([], _PORTS)),
    "secrets_in_environment": Fact(
        _secrets_in_environment,
        of=("variables", "variables_from"),
        default=Documented(False, _VARIABLES),
    ),
    "inline_secrets": Fact(
        _inline_secrets,
        of=("variables", "command", "arguments", *_HEADERS),
        default=Documented(False, _VARIABLES),
    ),
    "tags": TAGS,
}
_ON_WINDOWS: Facts = {
    **dict.fromkeys(
        (
            "run_as_root",
            "privilege_escalation",
            "capabilities.added",
            "capabilities.drop_all",
            "read_only_root",
            "apparmor",
            "selinux.type",
            "proc_mount",
        ),
        _OF_LINUX,
    ),
    # There a privileged container is one that runs on the host.
    "privileged": Fact("host_process", default=Documented(False, _CONTEXT)),
}
_facts = by_system(FACTS, _ON_WINDOWS)
# What runs to its end is neither ready for long nor alive for ever.
_TO_ITS_END: Facts = dict.fromkeys(
    ("probes.liveness", "probes.readiness"), inapplicable("the container runs to its end")
)


def assets(view: View) -> Iterator[Asset]:
    """Yield each container of a workload that no controller made."""
    resource = view.resource
    if resource.type not in TABLES or not is_object(resource) or owned(resource) or of_the_system(resource):
        return
    key, workload = key_of(resource), name_of(resource)
    facts = _facts(view.word("os"))
    for kind, container in containers(view):
        named = container.body.get("name") if isinstance(container.body, dict) else container.body
        name = text(named) or "(no name)"
        own: Key = (
            named if isinstance(named, Unresolved) else f"{key}/{name}" if isinstance(key, str) else key
        )
        ends = resource.type.startswith("batch/") or kind != "containers"
        its = {**facts, **_TO_ITS_END} if ends else facts
        yield asset("container", container, its, own, f"{workload}/{name}", f"{kind}.{name}")
