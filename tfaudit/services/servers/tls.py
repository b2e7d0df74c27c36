"""TLS endpoints, by the certificates that they show in a handshake, as `certificate` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Known, Reading
from tfaudit.services.certificates import days_until, end_of_text, key_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("tls.handshake",)
KINDS = ("certificate",)

TABLE: Spelling = {
    # of what an endpoint shows
    "endpoint": aws(NOTHING, NOTHING, "Endpoint"),
    "text": aws(NOTHING, NOTHING, "Certificate"),
}
IDENTITY = ("endpoint",)


def _days_left(view: View) -> Any:
    text: Reading = view.word("text")
    if not isinstance(text, Known):
        return text
    end = end_of_text(str(text.value))
    return days_until(Known(end, text.resource, text.path)) if isinstance(end, str) else end


def _strength(text: Any) -> Any:
    return None if text is None else Said(key_of_text(str(text)), by="text")


FACTS: Facts = {
    "auto_renew": inapplicable("an endpoint does not show how its certificate is renewed"),
    "days_left": Fact(joins=_days_left, of=("text",)),
    "validity_months": inapplicable("how long it still lasts is judged"),
    "key_strength_bits": Fact(_strength, of=("text",)),
    "tags": inapplicable("an endpoint has no tags"),
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `certificate` that the endpoint shows."""
    named = view.word("endpoint")
    name = str(named.value) if isinstance(named, Known) else view.resource.address
    yield asset("certificate", view, FACTS, f"tls:certificate/{name}", name)
