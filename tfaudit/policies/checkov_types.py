"""Which types of resources a rule of checkov's is about: a comment that skips it elsewhere skips nothing.

The types stand in `controls/packs/checkov.yaml`, behind the topic of each rule. The lines are looked up as text, for
most scans with such comments have a few, and to parse the file would take as long as to judge a small root.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tfaudit import data
from tfaudit.model.resources import Resource

_TERRAFORM = re.compile(r"[a-z][a-z0-9]*_\w+")
_CLOUDFORMATION = re.compile(r"\w+::[\w:]+")
_WRITTEN = {"terraform": _TERRAFORM.fullmatch, "cloudformation": _CLOUDFORMATION.fullmatch}

_LINE = re.compile(r"^  ([^\s:]+): (\S.*)$", re.MULTILINE)
_TYPES = re.compile(r"\S+(?: !\w+)?((?: [^\s+]\S*)*)( \+\d+)?")


def is_about(rule: str, resource: Resource) -> bool:
    """Whether a rule of checkov's may be about a resource.

    False only where the rule's types of that dialect are known, all of them, and the resource's is none of them. What
    is skipped on the call of a module is skipped in the module, whatever is there.
    """
    written = _WRITTEN.get(resource.dialect)
    if written is None or resource.type == "module":
        return True
    types, is_all = _types(rule)
    mine = [each for each in types if written(each)]
    return not is_all or not mine or resource.type.removeprefix("data.") in mine


def _types(rule: str) -> tuple[tuple[str, ...], bool]:
    """Return the types that a rule is about, and whether these are all."""
    found = _TYPES.fullmatch(_lines().get(rule, ""))
    return (tuple(found[1].split()), found[2] is None) if found else ((), False)


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    """Return what stands behind the name of each rule: comments name any number of rules, and a file is read once."""
    text = (data.folder("controls") / "packs/checkov.yaml").read_text("utf-8")
    return dict(_LINE.findall(text))
