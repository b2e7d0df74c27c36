"""Comments that ask to leave findings out, read from the text of a file: tfaudit's, checkov's, Trivy's, tfsec's.

    # tfaudit:ignore cache-requires-tls,backup-retention until=2027-01-31 moved to the new cluster in January
    # checkov:skip=CKV_AWS_18:access is logged by the proxy
    # trivy:ignore:AVD-AWS-0089:exp:2027-01-31
    // tfsec:ignore:aws-s3-enable-bucket-logging

Which resource or attribute a comment belongs to is for the reader of the format to say: above it, or on its
line.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tfaudit.resources import Place, Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKERS = ("tfaudit:ignore", "checkov:skip", "trivy:ignore", "tfsec:ignore")
_COMMENT = re.compile(r"(?:#|//|/\*)\s*((?:tfaudit:ignore|checkov:skip=|trivy:ignore:|tfsec:ignore:).*)")
_OWN = re.compile(r"tfaudit:ignore\s+([\w*-]+(?:\s*,\s*[\w*-]+)*)\s*(?:until=(\S+)\s*)?(.*)")
_CHECKOV = re.compile(r"checkov:skip=([\w,*-]+)\s*(?::\s*(.*))?")
_TRIVY = re.compile(
    r"(?:trivy|tfsec):ignore:([^\s:\[\]]+)(?:\[[^\]]*\])?((?::\w+:[^\s:]+)*)\s*((?:(?!(?:trivy|tfsec):ignore)[^#])*)"
)
_EXPIRED = "0001-01-01"


def suppressions(text: str, origin: str) -> list[tuple[int, bool, Suppression]]:
    """Return the suppressions that comments of `text` ask for, in order.

    Each comes with its line (from 1) and whether the comment stands alone on it. Comments start with `#`, `//` or
    `/*`. An `until` that is no date gives a suppression that has expired, with the reason saying so. `origin` goes
    into the places.
    """
    if not any(marker in text for marker in _MARKERS):
        return []
    found: list[tuple[int, bool, Suppression]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if "ignore" not in line and "skip" not in line:
            continue
        comment = _COMMENT.search(line)
        if comment is not None:
            alone = not line[: comment.start()].strip(" \t-")
            place = Place(origin, number, comment.start() + 1, number)
            found += [(number, alone, each) for each in comment_suppressions(comment[1], place)]
    return found


def comment_suppressions(comment: str, place: Place) -> Iterator[Suppression]:
    """Yield what one comment asks for; `comment` starts at its marker, without the comment sign."""
    comment = comment.rstrip().removesuffix("*/").rstrip()
    if comment.startswith("tfaudit:"):
        own = _OWN.match(comment)
        if own is not None:
            ids = tuple(each.strip() for each in own[1].split(","))
            yield _suppression("tfaudit", ids, own[3], own[2] or "", place)
    elif comment.startswith("checkov:"):
        skip = _CHECKOV.match(comment)
        if skip is not None:
            ids = tuple(each for each in skip[1].split(",") if each)
            yield _suppression("checkov", ids, skip[2] or "", "", place)
    else:
        for match in _TRIVY.finditer(comment):
            words = match[2].split(":")[1:]
            until = dict(zip(words[::2], words[1::2], strict=False)).get("exp", "")
            yield _suppression("trivy", (match[1],), match[3], until, place)


def _suppression(tool: str, ids: tuple[str, ...], reason: str, until: str, place: Place) -> Suppression:
    reason = reason.strip()
    if until:
        try:
            date.fromisoformat(until)
        except ValueError:
            reason = f"until={until} is no date; {reason}".removesuffix("; ")
            until = _EXPIRED
    return Suppression(tool, ids, reason, until, place)  # type: ignore[arg-type]
