"""Under which profile of AppArmor a container runs: by its field, or by the annotation that came before it."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said, unreadable
from tfaudit.services.kubernetes.objects import text

_ANNOTATED = "container.apparmor.security.beta.kubernetes.io/"
_TYPES = {"unconfined": "Unconfined", "runtime/default": "RuntimeDefault"}


def apparmor(profile: Any, annotations: Any, name: Any) -> Said | None:
    """Return the profile's type; before Kubernetes 1.30 an annotation of the pod named it for each container.

    The field goes before the annotation, which the API server still copies into it where it is not set:
    kubernetes.io/docs/tutorials/security/apparmor/
    """
    if profile is not None:
        return Said(profile, by="apparmor")
    if not annotations:
        return None
    key = _ANNOTATED + text(name)
    stated = annotations.get(key)
    if stated is None:
        return None
    type_ = "Localhost" if text(stated).startswith("localhost/") else _TYPES.get(text(stated))
    return Said(type_ or unreadable(stated), by="annotations", row=key)
