"""Terraform's `kubernetes_*` resources as the API objects that they make, by the rules that the provider follows.

registry.terraform.io/providers/hashicorp/kubernetes: fields are the API's in snake_case; a list of objects is a block
that stands once for each, in the singular; `kubernetes_manifest` holds an object as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.sources.kubernetes.objects import is_object, redact, type_of
from tfaudit.sources.terraform.of_clusters import is_object_of_a_cluster
from tfaudit.sources.terraform.spots import Spots, locator, origins, verbatim

_VERSION = re.compile(r"_v\d{1,3}(?:alpha\d{1,3}|beta\d{1,3})?$")
_KINDS: Mapping[str, str] = {
    "cluster_role": "rbac.authorization.k8s.io/v1 ClusterRole",
    "cluster_role_binding": "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
    "config_map": "v1 ConfigMap",
    "cron_job": "batch/v1 CronJob",
    "daemon_set": "apps/v1 DaemonSet",
    "daemonset": "apps/v1 DaemonSet",
    "default_service_account": "v1 ServiceAccount",
    "deployment": "apps/v1 Deployment",
    "endpoints": "v1 Endpoints",
    "horizontal_pod_autoscaler": "autoscaling/v2 HorizontalPodAutoscaler",
    "ingress": "networking.k8s.io/v1 Ingress",
    "ingress_class": "networking.k8s.io/v1 IngressClass",
    "job": "batch/v1 Job",
    "limit_range": "v1 LimitRange",
    "mutating_webhook_configuration": "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration",
    "namespace": "v1 Namespace",
    "network_policy": "networking.k8s.io/v1 NetworkPolicy",
    "persistent_volume": "v1 PersistentVolume",
    "persistent_volume_claim": "v1 PersistentVolumeClaim",
    "pod": "v1 Pod",
    "pod_disruption_budget": "policy/v1 PodDisruptionBudget",
    "priority_class": "scheduling.k8s.io/v1 PriorityClass",
    "replication_controller": "v1 ReplicationController",
    "resource_quota": "v1 ResourceQuota",
    "role": "rbac.authorization.k8s.io/v1 Role",
    "role_binding": "rbac.authorization.k8s.io/v1 RoleBinding",
    "secret": "v1 Secret",
    "service": "v1 Service",
    "service_account": "v1 ServiceAccount",
    "stateful_set": "apps/v1 StatefulSet",
    "storage_class": "storage.k8s.io/v1 StorageClass",
    "validating_webhook_configuration": "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
}
# Blocks that stand once for each element of a list, and the list's name.
_LISTS: Mapping[str, str] = {
    "container": "containers",
    "init_container": "initContainers",
    "env": "env",
    "env_from": "envFrom",
    "volume": "volumes",
    "volume_mount": "volumeMounts",
    "volume_device": "volumeDevices",
    "toleration": "tolerations",
    "host_aliases": "hostAliases",
    "image_pull_secret": "imagePullSecrets",
    "image_pull_secrets": "imagePullSecrets",
    "topology_spread_constraint": "topologySpreadConstraints",
    "volume_claim_template": "volumeClaimTemplates",
    "sysctl": "sysctls",
    "rule": "rules",
    "subject": "subjects",
    "tls": "tls",
    "ingress": "ingress",
    "egress": "egress",
    "from": "from",
    "to": "to",
    "ports": "ports",
    "limit": "limits",
    "match_expressions": "matchExpressions",
    "items": "items",
    "sources": "sources",
    "webhook": "webhooks",
    "http_header": "httpHeaders",
    "readiness_gate": "readinessGates",
}
# These are lists below some blocks only: a port of a container or service, a path of an ingress.
_LISTS_BELOW: Mapping[tuple[str, str], str] = {
    ("container", "port"): "ports",
    ("init_container", "port"): "ports",
    ("spec", "port"): "ports",
    ("http", "path"): "paths",
}
# Maps whose keys are the user's own words.
_MAPS = frozenset(
    {"labels", "annotations", "match_labels", "limits", "requests", "data", "string_data", "binary_data"}
    | {"node_selector", "default", "default_request", "max", "min", "max_limit_request_ratio", "hard"}
)
_SPELLED: Mapping[str, str] = {
    "host_ipc": "hostIPC",
    "host_pid": "hostPID",
    "cluster_ip": "clusterIP",
    "cluster_ips": "clusterIPs",
    "external_ips": "externalIPs",
    "host_ip": "hostIP",
    "load_balancer_ip": "loadBalancerIP",
    "non_resource_urls": "nonResourceURLs",
}
_WORD = re.compile(r"_([a-z0-9])")
_NAME = re.compile(r"metadata(?:\[0\]|\.0)?\.(name|namespace)$")
_OF_THE_PROVIDER = frozenset({"wait_for_rollout", "wait_for_completion", "timeouts", "field_manager", "id"})


def as_objects(resources: Iterable[Resource]) -> list[Resource]:
    """Return `resources` with those of the kubernetes provider as the objects that they make, each in its place."""
    found = list(resources)
    named = {(each.scope, each.address): each for each in found if is_object_of_a_cluster(each.type)}
    if not named:
        return found
    return [(_object(each, named) or each) if (each.scope, each.address) in named else each for each in found]


def _object(resource: Resource, named: Mapping[tuple[str, str], Resource]) -> Resource | None:
    """Return the object that a resource makes; None where the provider has a type that is none of the API's."""
    spots = Spots()
    if resource.type == "kubernetes_manifest":
        value, spots = verbatim(resource.body.get("manifest"), ("manifest",))
    else:
        kind = _KINDS.get(_VERSION.sub("", resource.type).removeprefix("kubernetes_"))
        if kind is None:
            return None
        version, _, name = kind.partition(" ")
        value = {"apiVersion": version, "kind": name, **_map(resource.body, "", (), spots)}
    if not is_object(value):
        return None
    value = _settled(value, resource, named)
    type_ = type_of(value["apiVersion"], value["kind"])
    metadata = value.get("metadata")
    redact(type_, value, metadata if isinstance(metadata, dict) else {})
    context = {**resource.context, "within": "."}
    return Resource(
        type_,
        resource.address,
        value,
        resource.place,
        resource.plane,
        "kubernetes",
        f"{resource.scope}#kubernetes",
        locator(resource, spots),
        resource.suppressions,
        context,
        origins(resource, spots) if resource.origins is not None else None,
    )


def _map(body: Mapping[str, Any], parent: str, path: Path, spots: Spots) -> dict[str, Any]:
    """Return a block's attributes in the API's words."""
    found: dict[str, Any] = {}
    spots.path = path
    for name, value in body.items():
        if value is None or value == "" or name in _OF_THE_PROVIDER or name.startswith("@"):
            continue
        at = (*path, name)
        listed = _LISTS_BELOW.get((parent, name)) or _LISTS.get(name)
        if _is_literal(name, value):
            word = _camel(name)
            found[word], spots.inside[word] = verbatim(value, at)
        elif listed is not None and not _is_scalars(value):
            below = spots.inside.setdefault(listed, Spots(at))
            found[listed] = _elements(value, name, at, below)
        else:
            word = _camel(name)
            below = spots.inside.setdefault(word, Spots(at))
            found[word] = _one(value, name, at, below)
    return found


def _is_literal(name: str, value: Any) -> bool:
    """Whether a map's keys are the user's: labels, or the selector of a service, which is a map of labels."""
    if name == "selector" and isinstance(value, dict):
        return not value.keys() <= {"match_labels", "match_expressions"}
    return name in _MAPS and isinstance(value, dict)


def _is_scalars(value: Any) -> bool:
    """Whether an attribute, and not blocks, stands here: a text, a number, or a list of them."""
    if isinstance(value, list):
        return bool(value) and not any(isinstance(each, (dict, Unresolved)) for each in value)
    return not isinstance(value, (dict, Unresolved))


def _elements(value: Any, name: str, path: Path, spots: Spots) -> Any:
    if isinstance(value, Unresolved):
        return value
    found: list[Any] = []
    for index, each in enumerate(value if isinstance(value, list) else [value]):
        at = (*path, index) if isinstance(value, list) else path
        below = spots.inside[index] = Spots(at)
        found.append(_map(each, name, at, below) if isinstance(each, dict) else each)
    return found


def _one(value: Any, name: str, path: Path, spots: Spots) -> Any:
    """Return a single block, which a plan holds as a list of one, or an attribute."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return _map(value[0], name, (*path, 0), spots)
    if isinstance(value, dict):
        return _map(value, name, path, spots)
    if isinstance(value, list) and value and all(each is None for each in value):
        return {}  # an empty block, as a plan holds it
    return value


@lru_cache(maxsize=1024)
def _camel(name: str) -> str:
    return _SPELLED.get(name) or _WORD.sub(lambda found: found[1].upper(), name)


def _settled(value: Any, resource: Resource, named: Mapping[tuple[str, str], Resource]) -> Any:
    """Return `value` with the names of other objects of the root in place of what refers to them."""
    if isinstance(value, dict):
        return {key: _settled(each, resource, named) for key, each in value.items()}
    if isinstance(value, list):
        return [_settled(each, resource, named) for each in value]
    if isinstance(value, Reference):
        target = named.get((resource.scope, value.address))
        asked = _NAME.search(value.attribute)
        if target is not None and asked is not None:
            metadata = target.body.get("metadata")
            metadata = metadata[0] if isinstance(metadata, list) and metadata else metadata
            stated = metadata.get(asked[1]) if isinstance(metadata, dict) else None
            if isinstance(stated, (str, Unresolved)):
                return stated
        return Unresolved(f"it is taken from {value}", "scan the plan or the cluster", str(value))
    return value
