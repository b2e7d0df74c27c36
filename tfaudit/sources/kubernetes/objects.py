"""Kubernetes API objects as resources: the same from a manifest and from a cluster.

A type is group and kind without the version, `apps/Deployment`, `core/Pod`. An address is the type with namespace
and name, `apps/Deployment shop/web`; a kind that has no namespaces has the name alone. An object of a manifest that
names no namespace is addressed in `default`, where `kubectl apply` puts it unless told otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Locator, Path, Place, Plane, Resource, Suppression, Unresolved, dotted
from tfaudit.redaction import REDACTED, is_reference, redacted, secret_name
from tfaudit.sources.text.suppressions import comment_suppressions

CLUSTER_SCOPED = frozenset(
    {
        "core/Namespace",
        "core/Node",
        "core/PersistentVolume",
        "rbac.authorization.k8s.io/ClusterRole",
        "rbac.authorization.k8s.io/ClusterRoleBinding",
        "apiextensions.k8s.io/CustomResourceDefinition",
        "apiregistration.k8s.io/APIService",
        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
        "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
        "certificates.k8s.io/CertificateSigningRequest",
        "flowcontrol.apiserver.k8s.io/FlowSchema",
        "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
        "networking.k8s.io/IngressClass",
        "node.k8s.io/RuntimeClass",
        "policy/PodSecurityPolicy",
        "scheduling.k8s.io/PriorityClass",
        "storage.k8s.io/CSIDriver",
        "storage.k8s.io/CSINode",
        "storage.k8s.io/StorageClass",
        "storage.k8s.io/VolumeAttachment",
    }
)
"""Built-in kinds that live in no namespace."""

POD_PATHS: Mapping[str, tuple[str, ...]] = {
    "core/Pod": ("spec",),
    "core/PodTemplate": ("template", "spec"),
    "core/ReplicationController": ("spec", "template", "spec"),
    "apps/Deployment": ("spec", "template", "spec"),
    "apps/StatefulSet": ("spec", "template", "spec"),
    "apps/DaemonSet": ("spec", "template", "spec"),
    "apps/ReplicaSet": ("spec", "template", "spec"),
    "batch/Job": ("spec", "template", "spec"),
    "batch/CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
"""Where the pod stands in the kinds that hold one."""

# Removed API groups, and where their kinds live now: kubernetes.io/docs/reference/using-api/deprecation-guide/
_MOVED = {
    "extensions/Deployment": "apps/Deployment",
    "extensions/DaemonSet": "apps/DaemonSet",
    "extensions/ReplicaSet": "apps/ReplicaSet",
    "extensions/Ingress": "networking.k8s.io/Ingress",
    "extensions/NetworkPolicy": "networking.k8s.io/NetworkPolicy",
}
_NOT_A_SECRET = re.compile(r"(?:true|false|none|null|\d{1,9}|\$\(\w+\)|<[^>]*>|)", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_FILLED_IN = re.compile(r"\s*(?:<path:|\$\{|\{\{)")
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_CHECKOV_SKIP = re.compile(r"checkov\.io/skip\d*")
_EMPTY: Mapping[str, str] = {}


class Seen(Struct, frozen=True):
    """Where objects were seen: the plane, what their addresses are unique in, and what holds for all of them."""

    plane: Plane = "manifest"
    scope: str = "."
    context: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=2048)
def type_of(api_version: str, kind: str) -> str:
    """Return `apps/Deployment` for `apps/v1` and `Deployment`, `core/Pod` for `v1` and `Pod`."""
    group, slash, _ = api_version.rpartition("/")
    type_ = f"{group if slash else 'core'}/{kind}"
    return _MOVED.get(type_, type_)


def is_object(value: Any) -> bool:
    """Whether `value` has the form of an API object."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("apiVersion"), str)
        and isinstance(value.get("kind"), str)
    )


def objects(value: dict[str, Any], path: Path = ()) -> Iterator[tuple[dict[str, Any], Path]]:
    """Yield the objects in `value`, each with its path: the items of a List, one by one, or `value` itself."""
    items = value.get("items")
    if not (value["kind"].endswith("List") and isinstance(items, list)):
        yield value, path
        return
    seen: set[int] = set()
    for index, item in enumerate(items):
        if not isinstance(item, dict) or id(item) in seen:  # An alias is the same object again.
            continue
        seen.add(id(item))
        # The items of a typed list (`DeploymentList`) do not say again what they are.
        if value["kind"] != "List" and "kind" not in item:
            item |= {"apiVersion": value["apiVersion"], "kind": value["kind"].removesuffix("List")}
        if is_object(item):
            yield from (
                objects(item, (*path, "items", index))
                if item["kind"] == "List"
                else [(item, (*path, "items", index))]
            )


def resource(value: dict[str, Any], place: Place, locate: Locator | None, seen: Seen) -> Resource:
    """Return the object as a resource; secret values in it are replaced, in place."""
    type_ = type_of(value["apiVersion"], value["kind"])
    metadata = value.get("metadata")
    if not isinstance(metadata, dict):
        metadata = {}
    redact(type_, value, metadata)
    annotations = metadata.get("annotations")
    suppressions = _annotated(annotations, place, locate) if annotations else ()
    address = address_of(type_, metadata)
    return Resource(
        type_, address, value, place, seen.plane, "kubernetes", seen.scope, locate, suppressions, seen.context
    )


def address_of(type_: str, metadata: Mapping[str, Any]) -> str:
    """Return the address of an object: type, namespace and name."""
    name = metadata.get("name") or f"{metadata.get('generateName') or '(no name)'}"
    if type_ in CLUSTER_SCOPED:
        return f"{type_} {name}"
    return f"{type_} {metadata.get('namespace') or 'default'}/{name}"


def denied(type_: str, because: str, settle_with: str, seen: Seen) -> Resource:
    """Return what stands for all objects of a type that could not be listed: nothing of them is known."""
    unknown = Unresolved(because, settle_with)
    body = {"metadata": unknown, "spec": unknown, "rules": unknown, "subjects": unknown}
    return Resource(type_, f"{type_} (not listed)", body, Place(type_), seen.plane, "kubernetes", seen.scope)


def redact(type_: str, value: dict[str, Any], metadata: dict[str, Any]) -> None:
    """Replace secret values in an object: of a Secret all, elsewhere what stands under a secret's name."""
    annotations = metadata.get("annotations")
    if isinstance(annotations, dict) and _APPLIED in annotations:
        annotations[_APPLIED] = REDACTED
    if type_ == "core/Secret":
        for data in (_below(value, ("data",)), _below(value, ("stringData",))):
            for key, literal in data.items():
                data[key] = _secret(literal)
    elif type_ == "core/ConfigMap":
        data = _below(value, ("data",))
        for key, text in data.items():
            data[key] = (
                REDACTED if secret_name(str(key)) else redacted(text) if isinstance(text, str) else text
            )
    elif type_ in POD_PATHS:
        _redact_pod(_below(value, POD_PATHS[type_]))


def _secret(literal: Any) -> Any:
    """Return the mark for a Secret's value: redacted, or why it is none that stands here."""
    if literal is None or literal == "" or isinstance(literal, Unresolved):
        return literal
    if _held_elsewhere(str(literal)):
        return Unresolved("it is encrypted here, or filled in when applied", "nothing: it is no literal")
    return REDACTED


def _held_elsewhere(text: str) -> bool:
    """Whether a tool fills in a secret where `text` stands, or has encrypted it there."""
    return _FILLED_IN.match(text) is not None or is_reference(text.lstrip())


def _below(value: Any, steps: tuple[str, ...]) -> dict[str, Any]:
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _redact_pod(pod: dict[str, Any]) -> None:
    for kind in ("containers", "initContainers", "ephemeralContainers"):
        containers = pod.get(kind)
        for container in containers if isinstance(containers, list) else ():
            if isinstance(container, dict):
                _redact_container(container)


def _redact_container(container: dict[str, Any]) -> None:
    variables = container.get("env")
    for variable in variables if isinstance(variables, list) else ():
        value = variable.get("value") if isinstance(variable, dict) else None
        if value is None or isinstance(value, Unresolved):
            continue
        text, name = str(value), str(variable.get("name", ""))
        if not _is_secret_name(name):
            variable["value"] = redacted(text)
        elif not _no_secret(text, name):
            variable["value"] = REDACTED
    for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
        _redact_headers(container.get(probe))
    for line in ("args", "command"):
        words = container.get(line)
        if isinstance(words, list):
            container[line][:] = [redacted(each) if isinstance(each, str) else each for each in words]


def _redact_headers(probe: Any) -> None:
    """Take out what a probe signs in with: the value of a header that is for that, or has a secret's form."""
    call = probe.get("httpGet") if isinstance(probe, dict) else None
    headers = call.get("httpHeaders") if isinstance(call, dict) else None
    for header in headers if isinstance(headers, list) else ():
        value = header.get("value") if isinstance(header, dict) else None
        if isinstance(value, str) and value:
            name = str(header.get("name", ""))
            signs_in = name.lower().endswith("authorization") or _is_secret_name(name)
            header["value"] = REDACTED if signs_in and not _no_secret(value, name) else redacted(value)


def _no_secret(text: str, name: str) -> bool:
    """Whether the value of `DB_PASSWORD` is none: a pointer, or capitals that mark its place, `DB_PASSWORD_VALUE`."""
    if _NOT_A_SECRET.fullmatch(text) or _held_elsewhere(text):
        return True
    return bool(name) and name.upper() in text and _CAPITALS.fullmatch(text) is not None


_is_secret_name = lru_cache(maxsize=4096)(secret_name)


def _annotated(annotations: Any, place: Place, locate: Locator | None) -> tuple[Suppression, ...]:
    """Return what annotations ask to leave out: `checkov.io/skip1: CKV_K8S_20=why`, `tfaudit/ignore: policy-id why`."""
    if not isinstance(annotations, dict):
        return ()
    found: list[Suppression] = []
    for key, value in annotations.items():
        word = str(key)
        if not word.startswith(("checkov.io/", "tfaudit/")) or not isinstance(value, str):
            continue
        path: Path = ("metadata", "annotations", word)
        where = locate(path) if locate is not None else Place(place.origin, at=dotted(path))
        if word.startswith("tfaudit/ignore"):
            found += comment_suppressions(f"tfaudit:ignore {value}", where)
        elif _CHECKOV_SKIP.fullmatch(word):
            id_, _, reason = value.partition("=")
            found.append(Suppression("checkov", (id_.strip(),), reason.strip(), "", where))
    return tuple(found)
