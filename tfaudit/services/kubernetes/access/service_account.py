"""ServiceAccounts, as `identity` assets."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.asset import Asset
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    SYSTEM_NAMESPACES,
    TAGS,
    is_object,
    key_of,
    name_of,
    namespace_of,
    rest,
    running,
)

READS = ("core/ServiceAccount",)
KINDS = ("identity",)

_OF_BINDINGS = inapplicable("role bindings say what a ServiceAccount may do, and are judged")
_ACCOUNTS = "kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"

TABLE: Spelling = {"labels": LABELS, "token": kubernetes("automountServiceAccountToken")}

FACTS: Facts = {
    **rest("identity", "a ServiceAccount is for programs: it has tokens only"),
    **dict.fromkeys(("admin", "direct_policies"), _OF_BINDINGS),
    "token_mounted": Fact("token", default=Documented(True, _ACCOUNTS)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `identity`, but for the cluster's own in its system namespaces."""
    resource = view.resource
    own = running(resource) and namespace_of(resource) in SYSTEM_NAMESPACES
    if is_object(resource) and not own:
        yield asset("identity", view, FACTS, key_of(resource), name_of(resource))
