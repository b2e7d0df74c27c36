"""What AWS's own managed policies allow.

`managed_policies.json` holds their statements as far as tfaudit asks about them: those that reach every resource or
whole services. They change with AWS's services; `tests/services/aws/managed_policies.py` makes the file anew.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Unresolved
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Known, Pointer, Unknown

if TYPE_CHECKING:
    from tfaudit.reading.view import View

_FILE = Path(__file__).with_name("managed_policies.json")
_ARN = re.compile(r"^arn:[\w-]+:iam::aws:policy/(.+)$")
_EXPRESSION = re.compile(r"^arn:\$\{[^}]*\}:iam::aws:policy/([\w/+=,.@-]+)$")
_DEEPEST = 5
"""So far data blocks are followed that name one another."""

LOOKED_UP: Spelling = {
    # of a data block that looks a policy up
    "arn": aws("arn", NOTHING),
    "name": aws("name", NOTHING),
}


@cache
def _statements() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(_FILE.read_text("utf-8"))
    return found


def managed_name(attached: View, depth: int = 0) -> str:
    """Return the name, with its path, of the AWS-managed policy that the word `arn` names; "" where it names none."""
    match attached.word("arn"):
        case Known(value=str() as arn):
            found = _ARN.match(arn)
            return found[1] if found else ""
        case Unknown(expression=expression):
            # Only the partition is filled in later.
            found = _EXPRESSION.match(expression.strip('"'))
            return found[1] if found else ""
        case Pointer() if depth < _DEEPEST:
            found_here = attached.leads_to("arn", "data.aws_iam_policy")
            return _looked_up(found_here[0].spelled(LOOKED_UP), depth + 1) if found_here else ""
        case Known() | Absent() | Pointer():
            return ""


def _looked_up(policy: View, depth: int) -> str:
    if not isinstance(policy.word("arn"), Absent):
        return managed_name(policy, depth)
    match policy.word("name"):
        case Known(value=str() as name):
            return next((each for each in _statements() if each.rpartition("/")[2] == name), "")
        case _:
            return ""


def content(name: str) -> dict[str, Any] | Unresolved:
    """Return what the AWS-managed policy called `name` allows, as a policy document."""
    statements = _statements().get(name)
    if statements is None:
        because = f"what AWS's policy {name} allows is not known to this version of tfaudit"
        return Unresolved(because, "read it: aws iam get-policy-version")
    return {"Version": "2012-10-17", "Statement": statements}
