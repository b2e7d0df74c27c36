"""The containers of workloads, init and ephemeral ones too, as `container` assets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from tfaudit.model.asset import Asset, Key
from tfaudit.model.resources import Path, Unresolved
from tfaudit.model.settings import Default, Known, Setting, Unknown
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT, Inventory
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import Reading, View
from tfaudit.redaction import REDACTED, secret_name
from tfaudit.services.kubernetes.objects import (
    LABELS,
    is_object,
    items,
    key_of,
    name_of,
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
    inherited,
    pod,
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
    "core/LimitRange",
)
KINDS = ("container",)

_STANDARDS = "kubernetes.io/docs/concepts/security/pod-security-standards/#restricted: it must be set"
_CONTEXT = POD_API + "#SecurityContext"
_HARDENING = "kubernetes.io/docs/tasks/configure-pod-container/security-context/"
_IMAGES = "kubernetes.io/docs/concepts/containers/images/#image-names"
_PORTS = POD_API + "#ContainerPort"
_RESOURCES = "kubernetes.io/docs/concepts/configuration/manage-resources-containers/"
_PROBES = "kubernetes.io/docs/concepts/workloads/pods/probes/"
_SECCOMP = f"{SECCOMP}: where the kubelet is not told otherwise"
_CONTEXT_PATH = "securityContext."


def _linux(path: str, default: bool) -> Fact:
    def read(view: View) -> Any:
        return windows(view) or view.read(_CONTEXT_PATH + path)

    return Fact(kubernetes=read, default=Documented(default, _CONTEXT))


def _privileged(view: View) -> Any:
    if windows(view) is None:
        return view.read("securityContext.privileged")
    # On Windows a privileged container is one that runs on the host.
    own = view.read("securityContext.windowsOptions.hostProcess")
    return pod(view).read("securityContext.windowsOptions.hostProcess") if own.absent else own


def _run_as_root(view: View) -> Any:
    if outside := windows(view):
        return outside
    required = inherited(view, "runAsNonRoot")
    if isinstance(required.value, Unresolved):
        return required
    if as_bool(required.value) is True:
        return Known(False, required.resource, required.path)
    user = inherited(view, "runAsUser")
    if user.absent:
        # The restricted standard asks that it be written: the image's USER may change with every push of its tag.
        return Default(True, _STANDARDS, view.resource, view.base)
    number = as_int(user.value)
    if number is None:
        return (
            user
            if isinstance(user.value, Unresolved)
            else Unknown(f"runAsUser {user.value!r} is no number", "give a number", user.resource, user.path)
        )
    return Known(number == 0, user.resource, user.path)


def _escalation(view: View) -> Any:
    if outside := windows(view):
        return outside
    reading = view.read("securityContext.allowPrivilegeEscalation")
    privileged = view.read("securityContext.privileged")
    if reading.absent and as_bool(privileged.value) is True:
        return Known(True, privileged.resource, privileged.path)
    return reading


def _capability(name: Any) -> Any:
    return name if isinstance(name, Unresolved) else text(name).upper().removeprefix("CAP_")


def _added(view: View) -> Any:
    return windows(view) or view.read("securityContext.capabilities.add")


def _drops_all(view: View) -> Any:
    return windows(view) or view.read("securityContext.capabilities.drop")


def _has_all(dropped: Any) -> Any:
    if not isinstance(dropped, list):
        return None
    names = [_capability(each) for each in dropped]
    if "ALL" in names:
        return True
    return None if any(isinstance(each, Unresolved) for each in names) else False


def _seccomp(view: View) -> Any:
    if outside := windows(view):
        return outside
    named = inherited(view, "seccompProfile.type")
    return unconfined(view, named) or named


def _resource(amount: str, name: str) -> Fact:
    def read(view: View) -> Any:
        reading = view.read(f"resources.{amount}.{name}")
        if not reading.absent:
            return reading
        if amount == "requests":
            limit = view.read(f"resources.limits.{name}")
            if not limit.absent:
                return limit
        return _from_limit_range(view, amount, name)

    return Fact(kubernetes=read, using=text, default=Documented("", _RESOURCES))


def _from_limit_range(view: View, amount: str, name: str) -> Any:
    """Return the namespace's default for containers that ask for nothing, which admission fills in."""
    withheld = refused(view.inventory, "core/LimitRange")
    if withheld is not None:
        return Reading(withheld, view.resource, view.base)
    field = "default" if amount == "limits" else "defaultRequest"
    defaults = view.inventory.derived(_limit_ranges)
    namespace = namespace_of(view.resource)
    return defaults.get((namespace, field, name)) or defaults.get((namespace, "default", name)) or ABSENT


def _limit_ranges(inventory: Inventory) -> dict[tuple[str, str, str], Reading]:
    found: dict[tuple[str, str, str], Reading] = {}
    for resource in inventory.of_type("core/LimitRange"):
        for limit in items(View(resource, inventory), "spec.limits"):
            if limit.get("type") != "Container":
                continue
            for field in ("default", "defaultRequest"):
                for name in ("cpu", "memory"):
                    reading = limit.read(f"{field}.{name}")
                    if not reading.absent:
                        found.setdefault((namespace_of(resource), field, name), reading)
    return found


@lru_cache(maxsize=4096)
def image(reference: str) -> tuple[str, str, str]:
    """Return registry, tag and digest of an image reference, "" for what it does not say."""
    named, _, digest = reference.strip().partition("@")
    path, _, last = named.rpartition("/")
    tag = last.partition(":")[2]
    first = path.partition("/")[0]
    registry = first if "." in first or ":" in first or first == "localhost" else "docker.io"
    return registry, tag, digest


def _pinned(reference: Any) -> bool:
    _, tag, digest = image(text(reference))
    return bool(digest) or tag not in ("", "latest")


def _tag(reference: Any) -> str:
    _, tag, digest = image(text(reference))
    return tag or ("" if digest else "latest")


def _host_ports(view: View) -> Any:
    reading = view.read("ports")
    if isinstance(reading.value, Unresolved):
        return reading
    network = pod(view).read("hostNetwork").value
    found: list[Any] = []
    where: Path = ()
    for index, port in enumerate(reading.value if isinstance(reading.value, list) else ()):
        if not isinstance(port, (dict, Unresolved)):
            continue
        field, number = "hostPort", port.get("hostPort") if isinstance(port, dict) else port
        if isinstance(port, dict) and number is None and isinstance(network, Unresolved):
            number = network
        elif isinstance(port, dict) and number is None and as_bool(network) is True:
            # On the node's network the API server fills it in from the container's port.
            field, number = "containerPort", port.get("containerPort")
        if number is not None and number != 0:
            found.append(number if isinstance(number, Unresolved) else text(number))
            where = where or (*reading.path, index, field)
    return Known(found, view.resource, where) if found else ABSENT


def _secrets_in_environment(view: View) -> Any:
    unclear = untold(view, "env") or untold(view, "envFrom")
    for name, inside in (("env", "valueFrom.secretKeyRef"), ("envFrom", "secretRef")):
        for entry in items(view, name):
            found = entry.read(inside)
            if isinstance(found.value, Unresolved):
                unclear = unclear or found
            elif not found.absent:
                return Known(True, found.resource, found.path)
    return unclear or ABSENT


def _inline_secrets(view: View) -> Any:
    unclear = untold(view, "env")
    for entry in items(view, "env"):
        # What is filled in from elsewhere is no literal: only where the whole entry is not known can it be one.
        value = entry.read("value")
        if isinstance(entry.body, Unresolved):
            unclear = unclear or value
        elif isinstance(value.value, str) and REDACTED in value.value:
            return Known(True, value.resource, value.path)
    for name in ("command", "args"):
        unclear = unclear or untold(view, name)
        literal = _in_arguments(view.read(name))
        if literal is not None:
            return literal
    return unclear or ABSENT


def _in_arguments(arguments: Reading) -> Known | None:
    """Return the argument that holds a secret: `--password=...` by its form, or what follows `--password`."""
    before = ""
    for index, each in enumerate(arguments.value if isinstance(arguments.value, list) else ()):
        text_of = each if isinstance(each, str) else ""
        follows = before.startswith("-") and "=" not in before and secret_name(before.lstrip("-"))
        filled_in = text_of.startswith(("-", "$", "{{", "/")) or not text_of
        if REDACTED in text_of or (follows and not filled_in):
            return Known(True, arguments.resource, (*arguments.path, index))
        before = text_of
    return None


def _probe(name: str) -> Fact:
    def read(view: View) -> Setting | Reading:
        reading = view.read(name)
        if isinstance(reading.value, Unresolved):
            return reading
        if reading.absent:
            return Default(False, _PROBES, view.resource, view.base)
        return Known(True, reading.resource, reading.path)

    return Fact(kubernetes=read)


FACTS = {
    "run_as_root": Fact(kubernetes=_run_as_root),
    "privileged": Fact(kubernetes=_privileged, default=Documented(False, _CONTEXT)),
    "privilege_escalation": Fact(kubernetes=_escalation, default=Documented(True, _HARDENING)),
    "capabilities.added": Fact(
        kubernetes=_added,
        using=lambda names: [_capability(each) for each in names] if isinstance(names, list) else None,
        default=Documented([], _CONTEXT),
    ),
    "capabilities.drop_all": Fact(kubernetes=_drops_all, using=_has_all, default=Documented(False, _CONTEXT)),
    "read_only_root": _linux("readOnlyRootFilesystem", default=False),
    "seccomp": Fact(kubernetes=_seccomp, default=Documented("Unconfined", _SECCOMP)),
    "resources.cpu_request": _resource("requests", "cpu"),
    "resources.memory_request": _resource("requests", "memory"),
    "resources.cpu_limit": _resource("limits", "cpu"),
    "resources.memory_limit": _resource("limits", "memory"),
    "probes.liveness": _probe("livenessProbe"),
    "probes.readiness": _probe("readinessProbe"),
    "image": Fact(kubernetes="image", default=Documented("", _IMAGES)),
    "image.pinned": Fact(kubernetes="image", using=_pinned, default=Documented(False, _IMAGES)),
    "image.tag": Fact(kubernetes="image", using=_tag, default=Documented("latest", _IMAGES)),
    "image.registry": Fact(
        kubernetes="image", using=lambda name: image(text(name))[0], default=Documented("docker.io", _IMAGES)
    ),
    "host_ports": Fact(kubernetes=_host_ports, default=Documented([], _PORTS)),
    "secrets_in_environment": Fact(
        kubernetes=_secrets_in_environment, default=Documented(False, POD_API + "#EnvVar")
    ),
    "inline_secrets": Fact(kubernetes=_inline_secrets, default=Documented(False, POD_API + "#EnvVar")),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield each container of a workload that no controller made."""
    resource = view.resource
    if (
        resource.type == "core/LimitRange"
        or not is_object(resource)
        or owned(resource)
        or of_the_system(resource)
    ):
        return
    key = key_of(resource)
    for kind, container in containers(view):
        named = container.body.get("name") if isinstance(container.body, dict) else container.body
        name = text(named) or "(no name)"
        own: Key = (
            named if isinstance(named, Unresolved) else f"{key}/{name}" if isinstance(key, str) else key
        )
        yield asset("container", container, FACTS, own, f"{name_of(resource)}/{name}", f"{kind}.{name}")
