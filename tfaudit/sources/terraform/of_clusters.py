"""Which of Terraform's resources may be objects of a cluster; `kubernetes` says which, and is slow to load."""

from __future__ import annotations


def is_object_of_a_cluster(type_: str) -> bool:
    """Whether a resource of this type may come out of `kubernetes.as_objects` as another."""
    return type_.startswith("kubernetes_")
