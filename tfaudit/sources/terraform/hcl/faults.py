"""Where a text stops being HCL, and what of a block with a fault is in doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfaudit.sources.terraform.hcl.syntax import Block, Fault

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_SET = re.compile(rb"(?:^|[{\n])[ \t]*([A-Za-z_][\w-]*)[ \t]*(?:=[^=]|(?:\"[^\"\n]*\"[ \t]*)*\{)")
_CLOSING = ("}", "]", ")", '"')


def doubt(block: Block, span: tuple[int, int]) -> None:
    """Add to a block with a fault every name that its text sets and that was not read: its value is unknown."""
    read = {*block.attributes, *(each.type for each in block.blocks)}
    for match in _SET.finditer(block.text.data, block.head_end or span[0], span[1]):
        name = match[1].decode()
        if name not in read:
            because = "it stands in a block that is not valid HCL"
            block.attributes[name] = (
                match.start(1),
                ("bad", block.text, match.start(1), match.end(1), because),
            )
            read.add(name)


def first_fault(node: Tree) -> Fault:
    """Return where and why the text at a node with errors stops being HCL."""
    while True:
        worse = next((each for each in node.children if each.has_error or each.is_missing), None)
        if worse is None or (node.is_error and node.start_byte == worse.start_byte and not worse.has_error):
            break
        node = worse
    if node.is_missing and node.type in _CLOSING:
        return Fault(node.start_byte, f'the text is not valid HCL: "{node.type}" is missing')
    # What stands there is not quoted: in a text that is not understood, nothing tells what is a secret.
    return Fault(node.start_byte, "the text is not valid HCL")
