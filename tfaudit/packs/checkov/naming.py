"""What checkov calls resources in a baseline, as what ours are called in a waiver."""

from __future__ import annotations

import re

_DATA = frozenset({"aws_iam_policy_document", "aws_availability_zones", "google_iam_policy", "external"})
"""What there is as a source of data alone, and has checks."""
_OBJECT = re.compile(r"([A-Z][A-Za-z0-9]*)\.([\w-]+)\.([\w.:-]+)")
_OF_AZURE = re.compile(r"((?:[A-Z][A-Za-z]+\.)+[A-Za-z]+(?:/[A-Za-z]+)+)\.(.+)")
_OF_A_CLUSTER = frozenset(
    {"Namespace", "Node", "PersistentVolume", "StorageClass", "CustomResourceDefinition", "PodSecurityPolicy",
     "PriorityClass", "IngressClass", "RuntimeClass", "APIService", "MutatingWebhookConfiguration",
     "ValidatingWebhookConfiguration"}
)  # fmt: skip
"""Kinds without a namespace, which checkov calls "default" (kubernetes.io, "API Reference")."""
_TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json")


def addresses(resource: str, file: str) -> tuple[str, ...]:
    """Return what waives `resource` of a `file`, and behind it what waives the parts of it that policies of ours judge.

    An object of Kubernetes is `Kind.namespace.name` to checkov, a resource of Azure `Type.name`, one of a template has
    its type before it; a part of a document, or a secret, is called by itself.
    """
    if not resource:
        return ("",)
    found = _OBJECT.fullmatch(resource)
    if found is not None:
        kind, space, name = found.groups()
        of_cluster = space == "default" and (kind.startswith("Cluster") or kind in _OF_A_CLUSTER)
        address = f"*{kind} {name}" if of_cluster else f"*{kind} {space}/{name}"
        return address, f"{address}#*"
    azure = _OF_AZURE.fullmatch(resource)
    if azure is not None:
        return (f"{azure[1]}/{azure[2]}" if file.endswith(".json") else azure[2],)
    if "::" in resource:
        return (resource.partition(".")[2],)
    if resource.startswith("/"):
        label = resource.removeprefix(file).lstrip(".")
        return (f"*{file.lstrip('/')}:{label}" if label else f"*{file.lstrip('/')}",)
    if not file.endswith(_TERRAFORM) or re.fullmatch(r"[0-9a-f]{40}", resource):
        return (f"*{file.lstrip('/')}:{resource}",)
    return (_terraform(resource),)


def _terraform(resource: str) -> str:
    head, dot, name = resource.rpartition(".")
    module, _, type_ = head.rpartition(".")
    if type_ in _DATA:  # checkov names a source of data as it does a resource
        return f"{module}.data.{type_}.{name}".lstrip(".")
    if dot and "_" not in head and "." not in head:
        return f"provider.{head}" if name == "default" else f"provider.{resource}"
    return resource
