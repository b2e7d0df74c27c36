"""The API version that a resource is declared by: a date, and for what is not final yet a word behind it.

learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from tfaudit.model.resources import Unread
from tfaudit.sources.arm.parts import settled
from tfaudit.sources.arm.profiles import version_in

if TYPE_CHECKING:
    from tfaudit.sources.arm.evaluate import Evaluator
    from tfaudit.sources.arm.handles import Instance

_DATED = re.compile(
    r"(?i)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:-(?:private)?(?:preview|alpha|beta|gamma|rc)(?:\.?\d+)?)?"
)
_OTHERS = ("microsoft.graph/",)
"""Types of extensions of Bicep, whose versions are no dates."""


def version_of(instance: Instance, evaluator: Evaluator) -> Any:
    """Return the API version of a resource, which a template may compute, or its profile tells; "" for none."""
    written = instance.declaration.api
    if not written and instance.frame.profile:
        return version_in(instance.frame.profile, instance.type)
    return settled(evaluator.value(written, instance.env)) if written[:1] == "[" else written


def fault(instance: Instance, evaluator: Evaluator) -> Unread | None:
    """Return what is wrong with the API version of a resource that Azure would refuse; None for nothing."""
    version = version_of(instance, evaluator)
    if not isinstance(version, str) or "${" in version or _DATED.fullmatch(version):
        return None
    type_ = instance.type.lower()
    if not type_.startswith("microsoft.") or type_.startswith(_OTHERS):
        return None
    if not version and instance.frame.profile:
        return None  # it may state one that is not known here
    shown = f"the API version {version[:40]} of {instance.address[:120]} is none"
    because = f"{shown}: Azure refuses it" if version else f"{instance.address[:120]} has no API version"
    place = instance.frame.source.place(instance.declaration.spot)
    return Unread(
        replace(place, at="apiVersion"),
        because,
        "write one that the type has, as in 2024-01-01 or 2024-01-01-preview",
    )
