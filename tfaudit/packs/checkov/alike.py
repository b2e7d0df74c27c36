"""Which of several resources of one name another one means: those that its block names as it is written.

Evaluation leaves the text, `table/orders`, and not which of two tables called so it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

MAX_BYTES = 1_000_000
MAX_LINES = 400
"""How far a block is read that does not end before."""
_KEPT = 8
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
