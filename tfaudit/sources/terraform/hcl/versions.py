"""Version constraints of module calls, as Terraform states them: `~> 5.0, != 5.3.1`."""

from __future__ import annotations

import re

_CONDITION = re.compile(r"^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+(?:\.\d+){0,3})(-[0-9A-Za-z.-]+)?(?:\+\S*)?$")
_MAX_LENGTH = 500


def meets(version: str, constraint: str) -> bool:
    """Whether `version` meets every condition of `constraint`; False where one of the two cannot be read.

    A pre-release is met by its own exact version alone:
    developer.hashicorp.com/terraform/language/expressions/version-constraints.
    """
    if len(version) > _MAX_LENGTH or len(constraint) > _MAX_LENGTH:
        return False
    found = _CONDITION.match(version.strip())
    if found is None or found[1]:
        return False
    return all(_met(found, each.strip()) for each in constraint.split(","))


def _met(version: re.Match[str], condition: str) -> bool:
    wanted = _CONDITION.match(condition)
    if wanted is None:
        return False
    sign = wanted[1] or "="
    have, want = (_padded(version[2]), version[3] or ""), (_padded(wanted[2]), wanted[3] or "")
    if sign == "=":
        return have == want
    if sign == "!=":
        return have != want
    if have[1] or want[1]:
        return False
    number, bound = have[0], want[0]
    if sign == "~>":
        fixed = max(1, wanted[2].count("."))
        return number >= bound and number[:fixed] == bound[:fixed]
    return {">": number > bound, ">=": number >= bound, "<": number < bound, "<=": number <= bound}[sign]


def _padded(text: str) -> tuple[int, ...]:
    parts = [int(each) for each in text.split(".")]
    return (*parts, *[0] * (4 - len(parts)))
