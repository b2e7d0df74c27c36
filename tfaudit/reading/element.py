"""What an element of a list is called by what it says, and not by where it stands.

A number moves with whatever is put before it, and with it each fingerprint, baseline and waiver. So an element is
called by its name where it has one that no other of the list has, `security_rule.web`; else by a digest of what it
says, `ingress~5d0c6a1be2f94a37`, of which the second that says the same has `~2` behind it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from tfaudit.model.resources import Path, Resource
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import View

# By these a provider holds the elements of a list apart: rules and disks by their names, entries of a network ACL by
# their numbers.
_NAMES = ("name", "Name", "PolicyName", "device_name", "DeviceName", "rule_no", "RuleNumber")
# Neither long nor with a sign that patterns of waivers, or addresses, give a meaning to.
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_./:-][A-Za-z0-9_./: -]{0,79}")
# Blocks of Terraform's that stand once in their resource: nothing is put before them, and what is changed in them is
# the same disk or pool.
_ONCE = frozenset({"os_disk", "storage_os_disk", "root_block_device", "default_node_pool"})
_DIGITS = 16
"""Of a digest: nobody finds a rule that says something else and has the same (2^64 tries)."""


def part_called(element: View, part: str) -> str:
    """Return what a part of a resource is called by what it says; "" where `part`, which it is called, has no number.

    `ingress[1]` has one, and so has `agentPoolProfiles` as the first of a list that is called so.
    """
    listed, index = element.base, 0
    if listed and isinstance(listed[-1], int):
        index, listed = listed[-1], listed[:-1]
    elif element.dialect != "terraform":
        return ""
    word = part.rpartition("[")[0] if part.endswith("]") else part if listed[-1:] == (part,) else ""
    if not word or word in _ONCE:
        return ""
    kept = element.inventory.derived(_kept)
    known = kept.get((id(element.resource), listed))
    if known is None:
        known = kept[id(element.resource), listed] = marks(_listed(element.resource, listed))
    return word + (known[index] if index < len(known) else marks([element.body])[0])


def marks(elements: Sequence[Any]) -> list[str]:
    """Return what is put behind the word for each element of a list."""
    names = [_name(each) for each in elements]
    often = Counter(names)
    found: list[str] = []
    seen: Counter[str] = Counter()
    for each, name in zip(elements, names, strict=True):
        if name and often[name] == 1:
            found.append(f".{name}")
            continue
        mark = _digest(each)
        seen[mark] += 1
        found.append(f"~{mark}" if seen[mark] == 1 else f"~{mark}~{seen[mark]}")
    return found


def _kept(_: Inventory) -> dict[tuple[int, Path], list[str]]:
    return {}


def _listed(resource: Resource, path: Path) -> list[Any]:
    """Return the list at `path` of a body, one element as a list of one."""
    found: Any = resource.body
    for step in path:
        if isinstance(found, Mapping):
            found = found.get(str(step))
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return []
    return found if isinstance(found, list) else [found]


def _name(element: Any) -> str:
    stated = [element.get(word) for word in _NAMES] if isinstance(element, Mapping) else [element]
    texts = (str(each) for each in stated if isinstance(each, (str, int)))
    return next((each for each in texts if _PLAIN_NAME.fullmatch(each)), "")


def _digest(element: Any) -> str:
    said = json.dumps(_said(element), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _said(value: Any) -> Any:
    """Return what a value says, as JSON has it: without nulls, in one order, what is unknown as written."""
    if isinstance(value, Mapping):
        return {str(name): _said(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        inside = [_said(each) for each in value]
        # Ranges, ports and groups are sets; where an order counts, it tells nobody more here than that there is one.
        return (
            sorted(inside, key=str) if all(isinstance(each, (str, int, float)) for each in inside) else inside
        )
    return value if value is None or isinstance(value, (str, int, float)) else str(value)
