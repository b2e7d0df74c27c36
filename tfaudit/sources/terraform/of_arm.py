"""Which of Terraform's resources are Resource Manager's own objects; `azapi` makes them so, and is slow to load."""

from __future__ import annotations

OF_ARM = frozenset({"azapi_resource", "azapi_update_resource"})


def is_object_of_arm(type_: str) -> bool:
    """Whether a resource of this type may come out of `azapi.as_arm` as another."""
    return type_ in OF_ARM
