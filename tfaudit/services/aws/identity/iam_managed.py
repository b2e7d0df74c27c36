"""What AWS's own managed policies allow.

`managed_policies.json` holds their statements as far as tfaudit asks about them: those that reach every resource or
whole services. They change with AWS's services; `tests/services/aws/managed_policies.py` makes the file anew.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.view import View

_FILE = Path(__file__).with_name("managed_policies.json")
_ARN = re.compile(r"^arn:[\w-]+:iam::aws:policy/(.+)$")
_EXPRESSION = re.compile(r"^arn:\$\{[^}]*\}:iam::aws:policy/([\w/+=,.@-]+)$")


@cache
def _statements() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(_FILE.read_text("utf-8"))
    return found


def managed_name(value: Any, view: View) -> str:
    """Return the name, with its path, of the AWS-managed policy that `value` names; "" where it names none."""
    if isinstance(value, str):
        found = _ARN.match(value)
        return found[1] if found else ""
    if isinstance(value, Unresolved):
        # Only the partition is filled in later.
        found = _EXPRESSION.match(value.expression.strip('"'))
        return found[1] if found else ""
    if isinstance(value, Reference):
        for target in view.inventory.at(value.address):
            if target.type == "data.aws_iam_policy":
                return _looked_up(target.body.get("arn"), target.body.get("name"), view)
    return ""


def _looked_up(arn: Any, name: Any, view: View) -> str:
    if arn is not None:
        return managed_name(arn, view)
    if not isinstance(name, str):
        return ""
    return next((each for each in _statements() if each.rpartition("/")[2] == name), "")


def content(name: str) -> dict[str, Any] | Unresolved:
    """Return what the AWS-managed policy called `name` allows, as a policy document."""
    statements = _statements().get(name)
    if statements is None:
        because = f"what AWS's policy {name} allows is not known to this version of tfaudit"
        return Unresolved(because, "read it: aws iam get-policy-version")
    return {"Version": "2012-10-17", "Statement": statements}
