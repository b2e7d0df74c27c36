"""Certificates of cert-manager, as `certificate` assets: what a manifest asks for, what a cluster has issued."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import CannotTell, Said, unreadable
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.states import Absent, Known, Pointer, Reading, Unknown
from tfaudit.reading.values import as_int
from tfaudit.reading.view import View
from tfaudit.services.certificates import days_until
from tfaudit.services.key_strength import of_algorithm, of_curve, of_rsa
from tfaudit.services.kubernetes.objects import LABELS, TAGS, is_object, key_of, name_of

READS = ("cert-manager.io/Certificate",)
KINDS = ("certificate",)

_USAGE = "cert-manager.io/docs/usage/certificate/"
_SIZES = {"RSA": 2048, "ECDSA": 256}  # where spec.privateKey.size is not set (the page above)

TABLE: Spelling = {
    "labels": LABELS,
    "algorithm": kubernetes("spec.privateKey.algorithm"),
    "size": kubernetes("spec.privateKey.size"),
    "ends": kubernetes("status.notAfter"),
}


def _strength(algorithm: Any, size: Any) -> Any:
    if algorithm is None and size is None:
        return None
    name = "RSA" if algorithm is None else str(algorithm)
    by = "algorithm" if size is None else "size"
    if name == "Ed25519":  # it has one size
        return Said(of_algorithm(name), by="algorithm")
    bits = _SIZES.get(name) if size is None else as_int(size)
    if bits is None or name not in _SIZES:
        return Said(unreadable(algorithm if size is None else size), by=by)
    return Said(of_rsa(bits) if name == "RSA" else of_curve(bits), by=by)


def _days_left(view: View) -> Reading | CannotTell | Inapplicable:
    ends = view.word("ends")
    match ends:
        case Known():
            return days_until(ends)
        case Unknown() | Pointer():
            return ends
        case Absent():
            return Inapplicable("it is issued later: the cluster tells when it ends")


FACTS: Facts = {
    "auto_renew": always(True, f"{_USAGE}: it is renewed when a third of its time is left"),
    "days_left": Fact(joins=_days_left, of=("ends",)),
    "validity_months": inapplicable("how long it still lasts is judged"),
    "key_strength_bits": Fact(
        _strength, of=("algorithm", "size"), default=Documented(112, f"{_USAGE}: RSA of 2048 bits")
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `certificate` that the object asks for."""
    if is_object(view.resource):
        yield asset("certificate", view, FACTS, key_of(view.resource), name_of(view.resource))
