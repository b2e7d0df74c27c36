"""Expressions of Bicep, parsed into the nodes that templates have as well.

learn.microsoft.com/azure/azure-resource-manager/bicep/operators, with the operators' precedence
"""

from __future__ import annotations

from typing import Any

from tfaudit.sources.arm.syntax import (
    Access,
    Array,
    Call,
    Choice,
    Lambda,
    Literal,
    Loop,
    Member,
    Name,
    Nested,
    Node,
    Object,
    Text,
)
from tfaudit.sources.bicep.tokens import Malformed, Token

_DEEPEST = 80
_OPERATORS: dict[str, tuple[int, str]] = {
    "??": (1, "coalesce"),
    "||": (2, "or"),
    "&&": (3, "and"),
    "==": (4, "equals"),
    "!=": (4, "!equals"),
    "=~": (4, "equalsIgnoreCase"),
    "!~": (4, "!equalsIgnoreCase"),
    ">": (5, "greater"),
    ">=": (5, "greaterOrEquals"),
    "<": (5, "less"),
    "<=": (5, "lessOrEquals"),
    "+": (6, "add"),
    "-": (6, "sub"),
    "*": (7, "mul"),
    "/": (7, "div"),
    "%": (7, "mod"),
}
"""The operators: how much each binds, and the function that it is."""

_FURTHER = frozenset({".", ".?", "[", "::", "!"})
_CHOICE = frozenset({"?"})

_AFTER_LINE = frozenset(
    {"?", "??", "||", "&&", "==", "!=", "=~", "!~", ">=", "<=", "+", "*", "/", "%", ".", ".?"}
)
"""What may stand on the next line and still go on with an expression: nothing else begins so."""

_WORDS = {"true": True, "false": False, "null": None}


class Parser:
    """Reads the expressions of one file, token by token. A subclass reads its statements."""

    def __init__(self, tokens: list[Token]) -> None:
        """Begin at the first of `tokens`."""
        self._tokens = tokens
        self._number = 0
        self._depth = 0
        self.token = tokens[0]

    def advance(self) -> Token:
        """Take the token at hand, and return it."""
        token = self.token
        if self._number < len(self._tokens) - 1:
            self._number += 1
            self.token = self._tokens[self._number]
        return token

    def ahead(self, steps: int = 1) -> Token:
        """Return a token further on."""
        return self._tokens[min(self._number + steps, len(self._tokens) - 1)]

    def back_to(self, number: int) -> None:
        """Go back to a token that was passed."""
        self._number = number
        self.token = self._tokens[number]

    @property
    def number(self) -> int:
        """Which token is at hand."""
        return self._number

    def lines(self) -> None:
        """Pass over line ends."""
        while self.token.kind == "line":
            self.advance()

    def takes(self, kind: str) -> bool:
        """Take a token of `kind`, if one is at hand, and tell whether."""
        if self.token.kind == kind:
            self.advance()
            return True
        return False

    def expect(self, kind: str) -> Token:
        """Take a token of `kind`; raises `Malformed` where another is at hand."""
        if self.token.kind != kind:
            raise self.unexpected(kind)
        return self.advance()

    def word(self, *words: str) -> str:
        """Take one of `words`, any where none is named, and return it; raises `Malformed` where another is at hand."""
        token = self.token
        if token.kind != "word" or (words and token.value not in words):
            raise self.unexpected(" or ".join(words) or "a name")
        self.advance()
        return str(token.value)

    def is_word(self, *words: str) -> bool:
        """Whether one of `words` is at hand."""
        return self.token.kind == "word" and self.token.value in words

    def unexpected(self, wanted: str) -> Malformed:
        """Return the error for the token at hand."""
        kind = self.token.kind
        found = {"line": "the end of the line", "end": "the end of the file"}.get(kind)
        return Malformed(
            f"{wanted} is expected before {found or repr(str(self.token.value)[:40])}", self.token.at
        )

    def expression(self) -> Node:
        """Return the expression that begins at the token at hand."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Malformed("it is nested too deep", self.token.at)
        try:
            node = self._operation(1)
            if self._sign(_CHOICE):
                at = self.advance().at
                self.lines()
                yes = self.expression()
                self.lines()
                self.expect(":")
                self.lines()
                return Choice(node, yes, self.expression(), getattr(node, "at", at))
            return node
        finally:
            self._depth -= 1

    def _sign(self, signs: Any) -> str:
        """Return the sign at hand if it is one of `signs`; one on a later line too where it can only go on."""
        kind = self.token.kind
        if kind == "line":  # there is one for several
            further = self._tokens[min(self._number + 1, len(self._tokens) - 1)].kind
            if further not in _AFTER_LINE or further not in signs:
                return ""
            self.advance()
            return further
        return kind if kind in signs else ""

    def _operation(self, least: int) -> Node:
        """Return an operand with the operators behind it that bind at least so much."""
        node = self._unary()
        while True:
            start = self._number
            sign = self._sign(_OPERATORS)
            if not sign:
                return node
            binds, name = _OPERATORS[sign]
            if binds < least:
                self.back_to(start)
                return node
            self.advance()
            self.lines()
            right = self._operation(binds + 1)
            at = node.at
            node = Call(name.lstrip("!"), (node, right), at)
            if name[0] == "!":
                node = Call("not", (node,), at)

    def _unary(self) -> Node:
        token = self.token
        if token.kind in ("!", "-"):
            self.advance()
            self._depth += 1
            if self._depth > _DEEPEST:
                raise Malformed("it is nested too deep", token.at)
            inner = self._unary()
            self._depth -= 1
            if token.kind == "-" and isinstance(inner, Literal) and isinstance(inner.value, int):
                return Literal(-inner.value, token.at)
            return Call("not" if token.kind == "!" else "minus", (inner,), token.at)
        return self._further(self._first())

    def _further(self, node: Node) -> Node:
        """Return `node` with the members, elements and calls that follow it: these bind most."""
        while True:
            kind = self._sign(_FURTHER)
            if not kind:
                return node
            self.advance()
            if kind in (".", ".?"):
                name = self.expect("word")
                if self.token.kind == "(" and kind == ".":
                    node = Call(str(name.value), self._arguments(), node.at, node)
                else:
                    node = Access(node, Literal(name.value, name.at), node.at, safe=kind == ".?")
            elif kind == "[":
                node = self._element(node)
            elif kind == "::":
                node = Nested(node, self.word(), node.at)

    def _element(self, node: Node) -> Node:
        safe = self.takes("?")
        from_end = self.takes("^")
        self.lines()
        key = self.expression()
        self.lines()
        self.expect("]")
        return Access(node, key, node.at, safe=safe, from_end=from_end)

    def _arguments(self) -> tuple[Node, ...]:
        self.expect("(")
        self.lines()
        found: list[Node] = []
        while self.token.kind != ")":
            found.append(self.expression())
            self.lines()
            if not self.takes(","):
                break
            self.lines()
        self.expect(")")
        return tuple(found)

    def _first(self) -> Node:
        token = self.token
        match token.kind:
            case "text" | "number":
                self.advance()
                return Literal(token.value, token.at)
            case "open":
                return self._text()
            case "word":
                return self._word()
            case "(":
                return self._in_brackets()
            case "[":
                return self.array()
            case "{":
                return self.object()
            case _:
                raise self.unexpected("a value")

    def _text(self) -> Node:
        start = self.advance()
        parts: list[Any] = [start.value]
        while True:
            self.lines()
            parts.append(self.expression())
            self.lines()
            piece = self.token
            if piece.kind not in ("more", "close"):
                raise self.unexpected("}")
            self.advance()
            parts.append(piece.value)
            if piece.kind == "close":
                return Text(tuple(each for each in parts if each != ""), start.at)

    def _word(self) -> Node:
        token = self.advance()
        name = str(token.value)
        if self.token.kind == "(":
            return Call(name, self._arguments(), token.at)
        if self.token.kind == "=>":
            return self._lambda((name,), token.at)
        return Literal(_WORDS[name], token.at) if name in _WORDS else Name(name, token.at)

    def _lambda(self, names: tuple[str, ...], at: int) -> Node:
        self.expect("=>")
        self.lines()
        return Lambda(names, self.expression(), at)

    def _in_brackets(self) -> Node:
        start = self.number
        at = self.advance().at
        names: list[str] = []
        while self.token.kind in ("word", ",", "line"):
            token = self.advance()
            if token.kind == "word":
                names.append(str(token.value))
        if self.token.kind == ")" and self.ahead().kind == "=>":
            self.advance()
            return self._lambda(tuple(names), at)
        self.back_to(start)
        self.advance()
        self.lines()
        node = self.expression()
        self.lines()
        self.expect(")")
        return node

    def array(self) -> Node:
        """Return a list, or the loop that makes one."""
        at = self.expect("[").at
        self.lines()
        if self.is_word("for"):
            item, index, source = self.loop_head()
            test = self.condition() if self.is_word("if") else None
            body = self.expression()
            self.lines()
            self.expect("]")
            return Loop(item, index, source, body, at, test)
        items: list[Node | Member] = []
        while self.token.kind != "]":
            start = self.token.at
            items.append(Member(None, self.expression(), start) if self.takes("...") else self.expression())
            if self.token.kind not in ("line", ",", "]"):
                raise self.unexpected("] or a new line")
            self._separators()
        self.expect("]")
        return Array(tuple(items), at)

    def loop_head(self) -> tuple[str, str, Node]:
        """Return the words for element and index, and what a loop is over; its `:` is taken."""
        self.word("for")
        index = ""
        if self.takes("("):
            self.lines()
            item = self.word()
            self.lines()
            self.expect(",")
            self.lines()
            index = self.word()
            self.lines()
            self.expect(")")
        else:
            item = self.word()
        self.word("in")
        source = self.expression()
        self.lines()
        self.expect(":")
        self.lines()
        return item, index, source

    def condition(self) -> Node:
        """Return what stands behind `if`, in brackets."""
        self.word("if")
        self.expect("(")
        self.lines()
        node = self.expression()
        self.lines()
        self.expect(")")
        self.lines()
        return node

    def _separators(self) -> None:
        while self.token.kind in ("line", ","):
            self.advance()

    def object(self) -> Object:
        """Return an object; resources that are declared inside of it go to `declared_inside`."""
        at = self.expect("{").at
        members: list[Member] = []
        self._separators()
        while self.token.kind != "}":
            if not self.declared_inside():
                members.append(self._member())
            if self.token.kind not in ("line", ",", "}"):
                raise self.unexpected("} or a new line")
            self._separators()
        self.expect("}")
        return Object(tuple(members), at)

    def declared_inside(self) -> bool:
        """Take a declaration that stands among the members of an object, if one is at hand, and tell whether."""
        return False

    def _member(self) -> Member:
        token = self.token
        if self.takes("..."):
            return Member(None, self.expression(), token.at)
        if token.kind == "word":
            self.advance()
            key: Node = Literal(token.value, token.at)
        elif token.kind == "open":
            key = self._text()
        else:
            key = Literal(self.expect("text").value, token.at)
        self.lines()
        self.expect(":")
        self.lines()
        return Member(key, self.expression(), token.at)
