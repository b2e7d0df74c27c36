"""What is kept of a finding so that it is known again later: who it is, and enough of where and what it stood in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from tfaudit.model.verdicts import Outcome, Verdict, digest, identity
from tfaudit.redaction import redacted

TOLD = (Outcome.FAIL, Outcome.WAIVED, Outcome.UNKNOWN)
"""The outcomes that have a history: what passes has nothing to tell."""


class Record(Struct, frozen=True):
    """A finding of an earlier state, or an unknown or waived verdict.

    `fingerprint` and `fact` are those of the verdict; `file` is where the asset stands, `place` where the fault does.
    `also` are its further settings that failed. `content` is a digest of the resource's body, "" where it is not known:
    what has been moved as it is has the same. `key` is what the provider holds unique, by which `fact` can be held to
    what the record says; "" where that is not known.
    """

    policy: str
    outcome: str
    severity: str
    setting: str
    address: str
    scope: str
    file: str
    place: str
    fingerprint: str
    fact: str = ""
    also: tuple[str, ...] = ()
    content: str = ""
    key: str = ""

    @property
    def failed(self) -> frozenset[str]:
        """The settings that decided."""
        return frozenset((self.setting, *self.also))


def of(verdicts: Iterable[Verdict]) -> Iterator[Record]:
    """Yield the record of each verdict whose outcome is one of `TOLD`."""
    contents: dict[int, str] = {}
    for each in verdicts:
        if each.outcome in TOLD:
            resource = each.asset.resource
            if id(resource) not in contents:
                contents[id(resource)] = content(each)
            yield Record(
                each.policy.id,
                each.outcome.value,
                each.policy.severity.value,
                each.setting,
                redacted(each.asset.lasting),
                each.asset.scope,
                each.asset.place.origin,
                str(each.places[0]),
                each.fingerprint,
                each.fact,
                each.also,
                contents[id(resource)],
                redacted(each.asset.key) if isinstance(each.asset.key, str) else "",
            )


def content(each: Verdict) -> str:
    """Return a digest of what a verdict's resource states, places aside."""
    resource = each.asset.resource
    stated = json.dumps([resource.type, resource.body], default=_told, sort_keys=True)
    return hashlib.sha256(stated.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _told(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else repr(value)


def former_fingerprint(each: Verdict, address: str) -> str:
    """Return the fingerprint that a verdict had while its asset was called `address`."""
    return digest(each.policy.id, identity(each.asset)[0], address, each.setting)


def fact(policy: str, key: str, setting: str) -> str:
    """Return the id that a finding has on every plane, "" where the key is not known."""
    return digest(policy, key, setting) if key else ""
