"""Secrets, as `secret` assets: whether a manifest holds their values.

A live cluster is not asked for its Secrets: to list them is to read them all, and where a value stands in a manifest
is a question about code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED, secret_name
from tfaudit.services.kubernetes.objects import (
    LABELS,
    is_object,
    key_of,
    name_of,
    of_the_system,
    rest,
    untold,
)

READS = ("core/Secret",)
KINDS = ("secret",)

_SECRETS = "kubernetes.io/docs/concepts/configuration/secret/"
_TOKENS = frozenset({"kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"})
_OF_THE_CLUSTER = "of Kubernetes Secrets the cluster's settings decide it: they are judged on the cluster"


def _inline(view: View) -> Any:
    if view.resource.plane == "live":
        return NotApplicable("what runs is no code: its manifest is judged", view.resource)
    literals = [
        (field, str(name))
        for field in ("data", "stringData")
        for name, value in _mapping(view.get(field)).items()
        if value == REDACTED
    ]
    if literals:  # A password's line says more than that of a user name beside it.
        return Known(
            True, view.resource, next((each for each in literals if secret_name(each[1])), literals[0])
        )
    unclear = untold(view, "data") or untold(view, "stringData")
    return unclear or ABSENT


def _mapping(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


FACTS = {
    **rest("secret", _OF_THE_CLUSTER),
    "inline": Fact(kubernetes=_inline, default=Documented(False, _SECRETS)),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `secret`, but for tokens that the cluster makes for itself."""
    resource = view.resource
    if not is_object(resource) or of_the_system(resource):
        return
    type_ = resource.body.get("type")
    if isinstance(type_, Unresolved) or type_ not in _TOKENS:
        yield asset("secret", view, FACTS, key_of(resource), name_of(resource))
