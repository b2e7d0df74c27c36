"""Expressions of ARM templates, `[concat('st', parameters('name'))]`, parsed into nodes.

learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tfaudit.sources.arm.syntax import Access, Call, Lambda, Literal, Node

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w]*)|(\.\?|\[\?|[()\[\],.]))", re.DOTALL
)
_DEEPEST = 60
_LONGEST = 100_000
_WORDS = {"true": True, "false": False, "null": None}


class Malformed(ValueError):
    """The text is no expression; its argument says why."""


def is_expression(text: str) -> bool:
    """Whether a text of a template is an expression: in brackets, and not `[[`, which escapes one."""
    return text[:1] == "[" and text[-1:] == "]" and text[:2] != "[["


def plain(text: str) -> str:
    """Return a text that is no expression, without the bracket that escapes."""
    return text[1:] if text[:2] == "[[" else text


@lru_cache(maxsize=16_384)
def parsed(text: str) -> Node:
    """Return the node for an expression with its brackets; raises `Malformed`."""
    if len(text) > _LONGEST:
        raise Malformed("it is too long")
    parser = _Parser(text[1:-1])
    found = parser.expression(0)
    if parser.kind:
        raise Malformed(f"{parser.shown} is not expected there")
    return found


class _Parser:
    """Reads one expression, token by token."""

    def __init__(self, text: str) -> None:
        self._tokens = self._read(text)
        self.kind = ""
        self.value: Any = None
        self._next()

    @property
    def shown(self) -> str:
        return repr(str(self.value)[:40]) if self.kind else "the end"

    def _read(self, text: str) -> Iterator[tuple[str, Any]]:
        at = 0
        end = len(text.rstrip())
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                raise Malformed(f"{text[at : at + 20]!r} is not understood")
            at = found.end()
            if found[1] is not None:
                yield "text", found[1].replace("''", "'")
            elif found[2] is not None:
                yield "number", float(found[2]) if "." in found[2] else int(found[2])
            elif found[3] is not None:
                yield "word", found[3]
            else:
                yield "sign", found[4]
        yield "", None

    def _next(self) -> None:
        self.kind, self.value = next(self._tokens)

    def _sign(self, sign: str) -> bool:
        if self.kind == "sign" and self.value == sign:
            self._next()
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            raise Malformed(f"{sign} is expected before {self.shown}")

    def _any(self, *signs: str) -> str:
        """Take one of `signs`, and return it; "" where none stands there."""
        found = self.value if self.kind == "sign" and self.value in signs else ""
        if found:
            self._next()
        return str(found)

    def expression(self, depth: int) -> Node:
        """Return the expression that begins at the token at hand."""
        if depth > _DEEPEST:
            raise Malformed("it is nested too deep")
        node = self._first(depth)
        while sign := self._any(".", ".?", "[", "[?"):
            if sign in (".", ".?"):
                node = Access(node, Literal(self._word()), safe=sign == ".?")
            else:
                key = self.expression(depth + 1)
                self._expect("]")
                node = Access(node, key, safe=sign == "[?")
        return node

    def _word(self) -> str:
        if self.kind != "word":
            raise Malformed(f"a name is expected before {self.shown}")
        found = str(self.value)
        self._next()
        return found

    def _first(self, depth: int) -> Node:
        if self.kind in ("text", "number"):
            found = Literal(self.value)
            self._next()
            return found
        name = self._word()
        # Functions of the template's own are called by their namespace: `contoso.uniqueName()`.
        while self.kind == "sign" and self.value == ".":
            self._next()
            name = f"{name}.{self._word()}"
        if not self._sign("("):
            if name.lower() in _WORDS:
                return Literal(_WORDS[name.lower()])
            raise Malformed(f"{name[:40]!r} is neither a function nor a text")
        arguments: list[Node] = []
        if not self._sign(")"):
            arguments.append(self.expression(depth + 1))
            while self._sign(","):
                arguments.append(self.expression(depth + 1))
            self._expect(")")
        if name.lower() == "lambda":
            names = tuple(str(each.value) for each in arguments[:-1] if isinstance(each, Literal))
            return Lambda(names, arguments[-1])
        return Call(name, tuple(arguments))
