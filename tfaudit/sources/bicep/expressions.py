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
from tfaudit.sources.bicep.cursor import Cursor
from tfaudit.sources.bicep.lines import WORDS
from tfaudit.sources.bicep.lines import member as plain_member
from tfaudit.sources.bicep.operators import OPERATORS
from tfaudit.sources.bicep.tokens import Malformed, Tokens

_DEEPEST = 80

_FURTHER = frozenset({".", ".?", "[", "::", "!"})
_BEFORE = frozenset({"!", "-"})
_CHOICE = frozenset({"?"})

_BETWEEN = frozenset({"line", ","})
_AFTER_ELEMENT = frozenset({"line", ",", "]"})
_AFTER_MEMBER = frozenset({"line", ",", "}"})
_AFTER_LINE = frozenset(
    {"?", "??", "||", "&&", "==", "!=", "=~", "!~", ">=", "<=", "+", "*", "/", "%", ".", ".?"}
)
"""What may stand on the next line and still go on with an expression: nothing else begins so."""


class Parser(Cursor):
    """Reads the expressions of one file, token by token. A subclass reads its statements."""

    def __init__(self, tokens: Tokens) -> None:
        """Begin at the first of `tokens`."""
        super().__init__(tokens)
        self._depth = 0

    def expression(self) -> Node:
        """Return the expression that begins at the token at hand."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Malformed("it is nested too deep", self.at)
        try:
            node = self._operation(1)
            if self._sign(_CHOICE):
                at = self.at
                self.advance()
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
        kind = self.kind
        if kind == "line":  # there is one for several
            further = self._kinds[self.number + 1]  # behind a line, there is the end at least
            if further not in _AFTER_LINE or further not in signs:
                return ""
            self.advance()
            return further
        return kind if kind in signs else ""

    def _operation(self, least: int) -> Node:
        """Return an operand with the operators behind it that bind at least so much."""
        node = self._unary()
        while True:
            start = self.number
            sign = self._sign(OPERATORS)
            if not sign:
                return node
            binds, name = OPERATORS[sign]
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
        kind = self.kind
        if kind in _BEFORE:
            at = self.at
            self.advance()
            self._depth += 1
            if self._depth > _DEEPEST:
                raise Malformed("it is nested too deep", at)
            inner = self._unary()
            self._depth -= 1
            if kind == "-" and isinstance(inner, Literal) and isinstance(inner.value, int):
                return Literal(-inner.value, at)
            return Call("not" if kind == "!" else "minus", (inner,), at)
        return self._further(self._first())

    def _further(self, node: Node) -> Node:
        """Return `node` with the members, elements and calls that follow it: these bind most."""
        while True:
            kind = self._sign(_FURTHER)
            if not kind:
                return node
            self.advance()
            if kind in (".", ".?"):
                at = self.at
                name = self.expect("word")
                if self.kind == "(" and kind == ".":
                    node = Call(name, self._arguments(), node.at, node)
                else:
                    node = Access(node, Literal(name, at), node.at, safe=kind == ".?")
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
        while self.kind != ")":
            found.append(self.expression())
            self.lines()
            if not self.takes(","):
                break
            self.lines()
        self.expect(")")
        return tuple(found)

    def _first(self) -> Node:
        match self.kind:
            case "text" | "number":
                at = self.at
                return Literal(self.taken(), at)
            case "word":
                return self._word()
            case "open":
                return self._text()
            case "{":
                return self.object()
            case "[":
                return self.array()
            case "(":
                return self._in_brackets()
            case _:
                raise self.unexpected("a value")

    def _text(self) -> Node:
        at = self.at
        parts: list[Any] = [self.taken()]
        while True:
            self.lines()
            parts.append(self.expression())
            self.lines()
            kind = self.kind
            if kind not in ("more", "close"):
                raise self.unexpected("}")
            parts.append(self.taken())
            if kind == "close":
                return Text(tuple(each for each in parts if each != ""), at)

    def _word(self) -> Node:
        at = self.at
        name = self.taken()
        if self.kind == "(":
            return Call(name, self._arguments(), at)
        if self.kind == "=>":
            return self._lambda((name,), at)
        return Literal(WORDS[name], at) if name in WORDS else Name(name, at)

    def _lambda(self, names: tuple[str, ...], at: int) -> Node:
        self.expect("=>")
        self.lines()
        return Lambda(names, self.expression(), at)

    def _in_brackets(self) -> Node:
        start, at = self.number, self.at
        self.advance()
        names: list[str] = []
        while self.kind in ("word", ",", "line"):
            if self.kind == "word":
                names.append(self.value)
            self.advance()
        if self.kind == ")" and self.ahead() == "=>":
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
        at = self.at
        self.expect("[")
        self.lines()
        if self.is_word("for"):
            item, index, source = self.loop_head()
            test = self.condition() if self.is_word("if") else None
            body = self.expression()
            self.lines()
            self.expect("]")
            return Loop(item, index, source, body, at, test)
        items: list[Node | Member] = []
        while self.kind != "]":
            start = self.at
            items.append(Member(None, self.expression(), start) if self.takes("...") else self.expression())
            if self.kind not in _AFTER_ELEMENT:
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
        while self.kind in _BETWEEN:
            self.advance()

    def object(self) -> Object:
        """Return an object; resources that are declared inside of it go to `declared_inside`."""
        at = self.at
        self.expect("{")
        members: list[Member] = []
        self._separators()
        while self.kind != "}":
            if self.kind == "member" and self._depth < _DEEPEST:  # its line has ended
                start = self.at
                members.append(plain_member(self.taken(), start))
                self._separators()
                continue
            if not self.declared_inside():
                members.append(self._member())
            if self.kind not in _AFTER_MEMBER:
                raise self.unexpected("} or a new line")
            self._separators()
        self.expect("}")
        return Object(tuple(members), at)

    def declared_inside(self) -> bool:
        """Take a declaration that stands among the members of an object, if one is at hand, and tell whether."""
        return False

    def _member(self) -> Member:
        at = self.at
        if self.kind == "key":
            key: Node = Literal(self.taken(), at)
            self.lines()
            return Member(key, self.expression(), at)
        if self.kind == "word":
            key = Literal(self.taken(), at)
        elif self.takes("..."):
            return Member(None, self.expression(), at)
        elif self.kind == "open":
            key = self._text()
        else:
            key = Literal(self.expect("text"), at)
        self.lines()
        self.expect(":")
        self.lines()
        return Member(key, self.expression(), at)
