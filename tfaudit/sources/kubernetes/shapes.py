"""What of a manifest no cluster would take: objects that say not what they are, and values of another shape.

A list where a mapping belongs, or a number where text does, would read as if nothing stood there. Such a value becomes
`Unresolved`, so that nothing is judged as absent, and is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from tfaudit.model.resources import Path, Unresolved, dotted
from tfaudit.sources.kubernetes.objects import POD_PATHS, is_object

Shape: TypeAlias = "Mapping[str, Any] | list[Any] | type[str]"
"""A mapping with the shapes of some of its members, a list with the shape of its items, or text."""

_ANY: dict[str, Any] = {}
_CONTAINER: Shape = {
    "name": str,
    "image": str,
    "command": [str],
    "args": [str],
    "env": [_ANY],
    "envFrom": [_ANY],
    "ports": [_ANY],
    "volumeMounts": [_ANY],
    "securityContext": {"capabilities": {"add": [str], "drop": [str]}, "seccompProfile": _ANY},
    "resources": {"limits": _ANY, "requests": _ANY},
    "livenessProbe": _ANY,
    "readinessProbe": _ANY,
}
_POD: Shape = {
    "containers": [_CONTAINER],
    "initContainers": [_CONTAINER],
    "ephemeralContainers": [_CONTAINER],
    "volumes": [_ANY],
    "securityContext": {"seccompProfile": _ANY, "sysctls": [_ANY]},
    "serviceAccountName": str,
}
_METADATA: Shape = {"name": str, "namespace": str, "labels": _ANY, "annotations": _ANY}
_ROLE: Shape = {"rules": [{"apiGroups": [str], "resources": [str], "verbs": [str]}]}
_BINDING: Shape = {"subjects": [_ANY], "roleRef": _ANY}
_SHAPES: dict[str, Shape] = {
    "core/ConfigMap": {"data": _ANY, "binaryData": _ANY},
    "core/Secret": {"data": _ANY, "stringData": _ANY},
    "core/Service": {"spec": {"ports": [_ANY], "selector": _ANY, "externalIPs": [str]}},
    "core/ServiceAccount": {"secrets": [_ANY], "imagePullSecrets": [_ANY]},
    "networking.k8s.io/Ingress": {"spec": {"rules": [_ANY], "tls": [_ANY]}},
    "networking.k8s.io/NetworkPolicy": {
        "spec": {"podSelector": _ANY, "ingress": [_ANY], "egress": [_ANY], "policyTypes": [str]}
    },
    "rbac.authorization.k8s.io/Role": _ROLE,
    "rbac.authorization.k8s.io/ClusterRole": _ROLE,
    "rbac.authorization.k8s.io/RoleBinding": _BINDING,
    "rbac.authorization.k8s.io/ClusterRoleBinding": _BINDING,
}
_OBJECT: Shape = {"metadata": _METADATA}
_MOST = 20


def _around(steps: tuple[str, ...], shape: Shape) -> Shape:
    for step in reversed(steps):
        shape = {step: shape}
    return shape


_SHAPES |= {type_: _around(steps, _POD) for type_, steps in POD_PATHS.items()}


def unknown_kind(value: Any) -> str:
    """Return why a document that looks like an object is none, "" for an object and for what does not look like one."""
    if isinstance(value, list):
        if any(is_object(each) for each in value):
            return "objects stand in a bare list, which no cluster takes"
        return ""
    if not isinstance(value, dict) or is_object(value):
        return ""
    stated = [key for key in ("apiVersion", "kind") if key in value]
    if len(stated) == 2:
        odd = next(key for key in stated if not isinstance(value[key], str))
        return f"the kind of the object is not known: its {odd} is not text"
    if stated and isinstance(value.get("metadata"), dict):
        missing = "kind" if stated == ["apiVersion"] else "apiVersion"
        return f"it looks like an object, and has no {missing}"
    if isinstance(value.get("Resources"), dict) and _typed(value["Resources"]):
        return "a CloudFormation template stands among manifests"
    return ""


def _typed(resources: dict[Any, Any]) -> bool:
    return any(isinstance(each, dict) and "::" in str(each.get("Type")) for each in resources.values())


def unlisted(value: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the path of what stands in a List (or in one inside of it) and is no object, and why."""
    if not value["kind"].endswith("List") or "items" not in value:
        return
    items = value["items"]
    if not isinstance(items, list):
        if items is not None:
            yield (*path, "items"), f"items is {_named(items)} where a list belongs"
        return
    for index, item in enumerate(items):
        at: Path = (*path, "items", index)
        if not isinstance(item, dict):
            yield at, f"an item is {_named(item)} where an object belongs"
        elif not is_object(item):
            # The items of a typed list need not say what they are.
            if value["kind"] == "List" or "kind" in item:
                yield at, "the kind of the item is not known"
        elif item["kind"] == "List":
            yield from unlisted(item, at)


def misshapen(type_: str, value: dict[str, Any]) -> list[tuple[Path, str]]:
    """Return the path of each value of an object that has not the shape it must have, and the sentence on it.

    Each is replaced by `Unresolved`, in place.
    """
    if _sound(value, _OBJECT) and (type_ not in _SHAPES or _sound(value, _SHAPES[type_])):
        return []
    found: list[tuple[Path, str]] = []
    todo: list[tuple[Any, Any, Shape, Path]] = [(value, "metadata", _METADATA, ("metadata",))]
    if type_ in _SHAPES:
        todo += _members(value, _SHAPES[type_], ())
    while todo and len(found) < _MOST:
        holder, step, shape, path = todo.pop()
        inner = holder[step] if isinstance(holder, list) else holder.get(step)
        if inner is None or isinstance(inner, Unresolved):
            continue
        if _fits(inner, shape):
            todo += _members(inner, shape, path)
        else:
            wanted = "text" if shape is str else "a list" if isinstance(shape, list) else "a mapping"
            because = f"{dotted(path)} is {_named(inner)} where {wanted} belongs"
            holder[step] = Unresolved(because, "mend it")
            found.append((path, because))
    return found


def _sound(value: Any, shape: Shape) -> bool:
    """Whether a value has its shape throughout: nearly every one has, and this is asked of each object."""
    if shape.__class__ is dict:
        if value.__class__ is not dict:
            return False
        for name, inner in shape.items():
            held = value.get(name)
            if held is not None and not _sound(held, inner):
                return False
        return True
    if shape.__class__ is list:
        if value.__class__ is not list:
            return False
        inner = shape[0]
        if inner is str:
            return all(each.__class__ is str for each in value)
        return all(_sound(each, inner) for each in value)
    return value.__class__ is str


def _members(value: Any, shape: Shape, path: Path) -> list[tuple[Any, Any, Shape, Path]]:
    if isinstance(shape, list):
        return [(value, index, shape[0], (*path, index)) for index in range(len(value))]
    if isinstance(shape, Mapping):
        return [(value, name, inner, (*path, name)) for name, inner in shape.items() if name in value]
    return []


def _fits(value: Any, shape: Shape) -> bool:
    if shape is str:
        # A date without quotes is text to a cluster.
        return not isinstance(value, (bool, int, float, dict, list))
    return isinstance(value, list if isinstance(shape, list) else dict)


def _named(value: Any) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return "text" if isinstance(value, str) else "a number" if isinstance(value, (int, float)) else "a value"
