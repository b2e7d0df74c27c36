"""Texts of which a part is not known: what they may turn out to be."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[\w .:/-]*", re.ASCII)


def may_be(expression: str, word: str) -> bool:
    """Whether what an expression comes to may be `word`, in any case: `${var.prefix}-subnet` is no `GatewaySubnet`.

    An expression that is no text with others in it may be anything.
    """
    pieces = _pieces(expression)
    if len(pieces) < 2 or not all(map(_PLAIN.fullmatch, pieces)):
        return True
    return re.fullmatch(".*".join(map(re.escape, pieces)), word, re.IGNORECASE) is not None


def _pieces(expression: str) -> list[str]:
    """Return what stands around the `${...}` of a text, which may be in quotes."""
    text = expression[1:-1] if expression[:1] == '"' == expression[-1:] else expression
    found, depth = [""], 0
    for at, each in enumerate(text):
        if each == "{" and (depth or text[at - 1 : at] == "$"):
            depth += 1
            if depth == 1:
                found[-1] = found[-1][:-1]
                found.append("")
        elif each == "}" and depth:
            depth -= 1
        elif not depth:
            found[-1] += each
    return found
