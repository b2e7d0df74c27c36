"""ServiceAccounts, as `identity` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    SYSTEM_NAMESPACES,
    is_object,
    key_of,
    name_of,
    namespace_of,
    rest,
)

READS = ("core/ServiceAccount",)
KINDS = ("identity",)

_ACCOUNTS = "kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"

FACTS = {
    **rest("identity", "a ServiceAccount is for programs: it has tokens only"),
    "token_mounted": Fact(kubernetes="automountServiceAccountToken", default=Documented(True, _ACCOUNTS)),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `identity`, but for the cluster's own in its system namespaces."""
    resource = view.resource
    own = resource.plane == "live" and namespace_of(resource) in SYSTEM_NAMESPACES
    if is_object(resource) and not own:
        yield asset("identity", view, FACTS, key_of(resource), name_of(resource))
