"""Which resources of a root an attribute names by a text, and of several alike which it means.

Evaluation leaves the text, `table/orders`, and not which of two tables called so it was taken from: that is what the
block names as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from tfaudit.packs.checkov.conversion import NOT_WRITTEN

MAX_BYTES = 1_000_000
MAX_LINES = 400
"""How far a block is read that does not end before."""
_KEPT = 8
_NAMED_BY = ("bucket", "name", "id", "identifier", "function_name", "cluster_identifier")
_NAMED_BY_ALL = ("arn", "self_link")
"""What names a resource in every module, not in its own alone."""
_ANY_MODULE = "*"
_ENDINGS = ("_name", "_id", "_arn", "_names", "_ids", "_arns", "s")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9]*+_\w++\.[A-Za-z_][\w-]*")


class Written:
    """The blocks of a tree's Terraform files as they are written."""

    def __init__(self, tree: str) -> None:
        """Take the folder that files are below."""
        self._tree = tree
        self._files: dict[str, list[str]] = {}

    def meant(
        self, block: dict[str, Any], alike: Sequence[int], blocks: Sequence[dict[str, Any]]
    ) -> Sequence[int]:
        """Return those of the resources `alike`, by number, that `block` names; of a type, all where it names none."""
        addresses = [_address(blocks[each]) for each in alike]
        if len(set(addresses)) <= 1 or not block["file"].endswith(".tf"):
            return alike
        written = self._text(block["file"].lstrip("/"), block["conf"]["__start_line__"])
        named = set(_ADDRESS.findall(written)).intersection(addresses)
        types = {each.partition(".")[0] for each in named}
        return [
            each
            for each, address in zip(alike, addresses, strict=True)
            if address in named or address.partition(".")[0] not in types
        ]

    def _text(self, origin: str, line: int) -> str:
        """Return a block from its first line; "" where the file cannot be read any more."""
        lines = self._files.get(origin)
        if lines is None:
            try:
                with open(f"{self._tree}/{origin}", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
                    lines = stream.read(MAX_BYTES).splitlines()
            except OSError:
                lines = []
            if len(self._files) >= _KEPT:
                self._files.clear()
            self._files[origin] = lines
        found = lines[line - 1 : line - 1 + MAX_LINES]
        end = next((at for at, each in enumerate(found) if each.startswith("}")), len(found))
        return "\n".join(found[:end])


def _address(block: dict[str, Any]) -> str:
    """Return the name of a block, without that of an instance, as others in its module write it."""
    return f"{block['type']}.{block['name'].partition('[')[0]}"


def by_name(blocks: list[dict[str, Any]]) -> dict[tuple[str, str], list[int]]:
    """Return the numbers of the resources by the module that they are in and what others may call them by."""
    names: dict[tuple[str, str], list[int]] = {}
    for number, block in enumerate(blocks):
        for key in _NAMED_BY if block["kind"] == "resource" else ():
            for value in block["conf"].get(key, ())[:1]:
                text = _named(value)
                if text:
                    names.setdefault((block["module"], text), []).append(number)
        for key in _NAMED_BY_ALL if block["kind"] == "resource" else ():
            for value in block["conf"].get(key, ())[:1]:
                if isinstance(value, str) and value:
                    names.setdefault((_ANY_MODULE, value), []).append(number)
    return names


def called(
    block: dict[str, Any],
    blocks: list[dict[str, Any]],
    names: dict[tuple[str, str], list[int]],
    written: Written,
) -> Iterator[tuple[int, str]]:
    """Yield what is called what an attribute says: of several alike those that the block names as it is written."""
    for key, value in block["conf"].items():
        text = _named(value[0]) if isinstance(value, list) and len(value) == 1 else ""
        asked = [(module, text, key) for module in (block["module"], _ANY_MODULE)] if text else []
        if (
            key == "resource_id" and "/" in text
        ):  # `table/orders`, `service/cluster/web`: what it is stands before
            asked.append((block["module"], text.rpartition("/")[2], text.partition("/")[0]))
        for module, name, kind in asked:
            alike = [each for each in names.get((module, name), ()) if may_name(kind, blocks[each])]
            for other in written.meant(block, alike, blocks):
                yield other, key


def _named(value: Any) -> str:
    """Return a text, or the expression that stands for one which is not known: two equal ones are one name."""
    if isinstance(value, tuple):
        return f"?{value[1]}" if value[0] in "?$" and value[1] != NOT_WRITTEN else ""
    return value if isinstance(value, str) else ""


def may_name(key: str, block: dict[str, Any]) -> bool:
    """Whether an attribute called `key` may be the name of a block: `bucket`, `role_arn`, `storage_account_name`."""
    return block["kind"] == "resource" and _is_name_of(key, block["type"])


@lru_cache(maxsize=16_384)
def _is_name_of(key: str, type_: str) -> bool:
    for ending in _ENDINGS:
        key = key.removesuffix(ending)
    return bool(key) and f"_{type_}".endswith(f"_{key}")
