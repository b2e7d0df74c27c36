"""Comments that ask to leave findings out, read from comments: tfaudit's, checkov's, Trivy's, tfsec's.

    # tfaudit:ignore cache-requires-tls,backup-retention until=2027-01-31 moved to the new cluster in January
    # tfaudit:ignore cache-requires-tls owner="data team" approver=j.doe ticket=OPS-12 until=2027-01-31 moved in January
    # tfaudit:ignore backup-retention compensating_control="copied to the ledger each night" rebuilt from the ledger
    # checkov:skip=CKV_AWS_18:access is logged by the proxy
    # trivy:ignore:AVD-AWS-0089[name=logs]:ws:staging:exp:2027-01-31
    // tfsec:ignore:aws-s3-enable-bucket-logging

What is a comment is for the reader of the format to say, since text in strings and scripts never waives anything; and
so is which resource or attribute a comment belongs to: above it, or on its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from tfaudit.model.resources import Place, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKERS = ("tfaudit:ignore", "checkov:skip", "bridgecrew:skip", "cortex:skip", "trivy:ignore", "tfsec:ignore")
_MARKERS = tuple(each.encode() for each in MARKERS)
_COMMENT = re.compile(
    r"(?:#|//|/\*|^\s*+\*?)\s*+"
    r"((?:tfaudit:ignore|(?:checkov|bridgecrew|cortex):skip=|(?:trivy|tfsec):ignore:).*)"
)
_OWN = re.compile(r"tfaudit:ignore\s+([\w*-]+(?:\s*,\s*[\w*-]+)*)\s*(.*)")
_NAMED = re.compile(
    r"""(until|owner|approver|ticket|(?:compensating_)?control)=(?:"([^"]*)"|'([^']*)'|(\S+))\s*"""
)
# checkov/common/comment/enum.py; the words behind the ids are the reason, with a colon before them or without.
_CHECKOV = re.compile(r"\w+:skip= *([A-Za-z_\d*-]+(?:,[A-Za-z_\d*-]+)*)\s*:?\s*(.*)")
# trivy.dev/docs/latest/scanner/misconfiguration/config/config/#skipping-detected-misconfigurations-by-inline-comments
_TRIVY = re.compile(
    r"(?:trivy|tfsec):ignore:([^\s:\[\]]+)((?:\[[^\[\]]*\])*)((?::\w+:[^\s:]+)*)\s*"
    r"((?:(?!(?:trivy|tfsec):ignore)[^#])*)"
)


class Comment(Struct, frozen=True):
    """One line of a comment: where its text starts (from 1), and whether nothing else stands on that line."""

    line: int
    column: int
    text: str
    alone: bool


def marked(data: bytes) -> bool:
    """Whether a comment of this text may ask for something: of most files it is known at once that none does."""
    return (b":ignore" in data or b":skip" in data) and any(marker in data for marker in _MARKERS)


def suppressions(comments: Iterable[Comment], origin: str) -> list[tuple[int, bool, Suppression]]:
    """Return what comments ask for, in their order, each with its line and whether the comment stands alone on it.

    `origin` goes into the places.
    """
    found: list[tuple[int, bool, Suppression]] = []
    for each in comments:
        asked = _COMMENT.search(each.text)
        if asked is not None:
            place = Place(origin, each.line, each.column + asked.start(), each.line)
            found += [(each.line, each.alone, one) for one in comment_suppressions(asked[1], place)]
    return found


def comment_suppressions(comment: str, place: Place) -> Iterator[Suppression]:
    """Yield what one comment asks for; `comment` starts at its marker, without the comment sign."""
    comment = comment.rstrip().removesuffix("*/").rstrip()
    if comment.startswith("tfaudit:"):
        own = _OWN.match(comment)
        if own is not None:
            ids = tuple(each.strip() for each in own[1].split(","))
            named, reason = _named(own[2])
            until = named.pop("until", "")
            yield Suppression("tfaudit", ids, reason, until, place, named=tuple(named.items()))
    elif ":skip=" in comment:
        skip = _CHECKOV.match(comment)
        if skip is not None:
            yield Suppression("checkov", tuple(skip[1].split(",")), skip[2].strip(), "", place)
    else:
        for match in _TRIVY.finditer(comment):
            words = match[3].split(":")[1:]
            stated = dict(zip(words[::2], words[1::2], strict=False))
            where = tuple(_filters(match[2]))
            yield Suppression(
                "trivy",
                (match[1],),
                match[4].strip(),
                stated.get("exp", ""),
                place,
                (),
                where,
                stated.get("ws", ""),
            )


def _named(words: str) -> tuple[dict[str, str], str]:
    """Return what stands before the reason of a comment of ours, by name, and the reason."""
    named: dict[str, str] = {}
    while found := _NAMED.match(words):
        named[found[1].removeprefix("compensating_")] = (found[2] or found[3] or found[4] or "").strip()
        words = words[found.end() :]
    return named, words.strip()


def _filters(written: str) -> Iterator[tuple[str, str]]:
    for each in re.split(r"[\[\],]+", written):
        name, sign, value = each.partition("=")
        if sign:
            yield name.strip(), value.strip().strip("\"'")
