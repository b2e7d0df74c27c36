"""Secrets, as `secret` assets: whether a manifest holds their values.

A live cluster is not asked for its Secrets: to list them is to read them all, and where a value stands in a manifest
is a question about code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import first, literal
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.states import Known
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED, secret_name
from tfaudit.services.kubernetes.objects import (
    LABELS,
    TAGS,
    is_object,
    key_of,
    name_of,
    of_the_system,
    rest,
    running,
)

READS = ("core/Secret",)
KINDS = ("secret",)

_SECRETS = "kubernetes.io/docs/concepts/configuration/secret/"
_TOKENS = frozenset({"kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"})
_OF_THE_CLUSTER = inapplicable(
    "of Kubernetes Secrets the cluster's settings decide it: they are judged on the cluster"
)
_LASTING = inapplicable(
    "a Kubernetes Secret stays as it is until somebody changes it: the store that fills it rotates it"
)


TABLE: Spelling = {
    "labels": LABELS,
    "type": kubernetes("type"),
    "data": kubernetes("data"),
    "text": kubernetes("stringData"),
}


def _inline(data: Any, texts: Any) -> Any:
    def of(by: str, values: Any, wanted: Callable[[str], bool]) -> Said | None:
        named = ((str(name), value) for name, value in values.items()) if isinstance(values, dict) else ()
        at = next((name for name, value in named if literal(value) == REDACTED and wanted(name)), None)
        return None if at is None else Said(True, by=by, row=at)

    # A password's line says more than that of a user name beside it.
    return first(
        *(
            partial(of, by, values, wanted)
            for wanted in (secret_name, lambda _: True)
            for by, values in (("data", data), ("text", texts))
        )
    )


FACTS: Facts = {
    **rest("secret", "a Kubernetes Secret has no such setting"),
    "encryption.customer_managed_key": _OF_THE_CLUSTER,
    **dict.fromkeys(("expires", "rotation", "rotation_days"), _LASTING),
    "external": inapplicable("the cluster itself holds it"),
    "inline": Fact(_inline, of=("data", "text"), default=Documented(False, _SECRETS)),
    "tags": TAGS,
}
_SEEN: Facts = {**FACTS, "inline": inapplicable("what runs is no code: its manifest is judged")}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `secret`, but for tokens that the cluster makes for itself."""
    resource = view.resource
    if not is_object(resource) or of_the_system(resource):
        return
    type_ = view.word("type")
    if not (isinstance(type_, Known) and type_.value in _TOKENS):
        facts = _SEEN if running(resource) else FACTS
        yield asset("secret", view, facts, key_of(resource), name_of(resource))
