"""The statements of a Bicep file, or of a file of parameters.

learn.microsoft.com/azure/azure-resource-manager/bicep/file
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from tfaudit.sources.arm.syntax import Call, Node
from tfaudit.sources.bicep.expressions import Parser
from tfaudit.sources.bicep.lines import Declares
from tfaudit.sources.bicep.tokens import Malformed, Tokens, tokens

_STATEMENTS = frozenset(
    {
        "assert",
        "extends",
        "extension",
        "extensionConfig",
        "func",
        "import",
        "metadata",
        "module",
        "output",
        "param",
        "provider",
        "resource",
        "targetScope",
        "test",
        "type",
        "using",
        "var",
    }
)


class Statement(Struct):
    """One statement: `kind` is its first word, `node` the value that it gives or None; `at` and `end` are offsets.

    Of a resource or module `type` is its type with the version, or its path; `item`, `index` and `source` are those of
    its loop, `condition` what its `if` says, `inside` what is declared inside of it. Of a parameter `type` is the first
    word of its type, and `nullable` whether it may be null. Of a function `names` are its parameters; of an import
    the names with what they are called here, `*` for all.
    """

    kind: str
    at: int
    name: str = ""
    node: Any = None
    type: str = ""
    decorators: tuple[Call, ...] = ()
    nullable: bool | None = None
    existing: bool = False
    item: str = ""
    index: str = ""
    source: Node | None = None
    condition: Node | None = None
    names: tuple[Any, ...] = ()
    inside: list[Statement] = field(default_factory=list)
    end: int = 0


def statements(text: str) -> tuple[list[Statement], list[Malformed], list[tuple[int, str]]]:
    """Return the statements of `text`, what could not be read of it, and its comments; raises `Malformed`.

    It is read by lines first, and where these say that something is wrong, once more by single tokens.
    """
    try:
        found = tokens(text, lines=True)
        reader = Statements(found)
        stated = reader.all()
        if not reader.faults:
            return stated, [], found.comments
    except Malformed:
        pass
    found = tokens(text)
    reader = Statements(found)
    return reader.all(), reader.faults, found.comments


class Statements(Parser):
    """Reads the statements of a file. One that cannot be read is left out, and stands in `faults`."""

    def __init__(self, tokens: Tokens) -> None:
        """Begin at the first of `tokens`."""
        super().__init__(tokens)
        self.faults: list[Malformed] = []
        self._inside: list[list[Statement]] = []

    def all(self) -> list[Statement]:
        """Return all statements that can be read."""
        found: list[Statement] = []
        while True:
            self.lines()
            if self.kind == "end":
                return found
            try:
                found.append(self._statement())
                if self.kind not in ("line", "end"):
                    raise self.unexpected("a new line")
            except (Malformed, RecursionError) as error:
                stated = (
                    error if isinstance(error, Malformed) else Malformed("it is nested too deep", self.at)
                )
                self.faults.append(stated)
                self._inside.clear()
                self._depth = 0
                self._skip()

    def _skip(self) -> None:
        """Pass on to what looks like the next statement: a line that begins with the word of one."""
        while self.kind != "end":
            before = self.kind
            self.advance()
            if before == "line" and self.at == self.end_before and self._begins():
                return

    def _begins(self) -> bool:
        return self.kind == "@" or (self.kind == "word" and self.value in _STATEMENTS)

    def _statement(self) -> Statement:
        decorators = self._decorators()
        start = self.at
        if self.kind == "declares":
            return self._declared(Statement(self.value.kind, start, decorators=decorators))
        if self.kind != "word" or self.value not in _STATEMENTS:
            raise self.unexpected(" or ".join(sorted(_STATEMENTS)))
        made = Statement(self.taken(), start, decorators=decorators)
        self._read(made)
        made.end = self.end_before
        return made

    def _read(self, made: Statement) -> None:
        match made.kind:
            case "module":
                self._module(made)
            case "resource":
                self._resource(made)
            case "type":
                self._type_statement(made)
            case "param":
                self._parameter(made)
            case "output":
                self._output(made)
            case "var":
                self._variable(made)
            case "import":
                self._import(made)
            case "func":
                self._function(made)
            case _:
                self._other(made)

    def _declared(self, made: Statement) -> Statement:
        """Read a parameter, variable or output whose beginning is one token."""
        head: Declares = self.taken()
        made.name = head.name
        if head.kind == "param":
            made.type, made.nullable = head.type, head.nullable
        if head.given:
            self.lines()
            made.node = self.expression()
        elif head.kind != "param":
            raise self.unexpected("=")
        made.end = self.end_before
        return made

    def _decorators(self) -> tuple[Call, ...]:
        found: list[Call] = []
        while self.kind in ("@", "note"):
            at = self.at
            if self.kind == "note":
                found.append(Call(self.taken(), (), at))
                self.lines()
                continue
            self.advance()
            node = self._unary()
            if isinstance(node, Call):
                found.append(node)
            self.lines()
        return tuple(found)

    def _type(self) -> tuple[str, bool | None]:
        """Pass over a type, and return its first word or dotted name, and whether it may be null where it says so."""
        first, last, depth, null, several = "", "", 0, False, False
        while True:
            kind = self.kind
            if not depth and kind in ("=", "=>", "end"):
                break
            if not depth and kind == "line" and not self._goes_on():
                break
            if not first and kind in ("word", "text", "{", "["):
                first = {"text": "string", "{": "object", "[": "array"}.get(kind, str(self.value))
            elif not depth and kind == "word":
                null = null or (last == "|" and self.value == "null")
                first += f".{self.value}" if last == "." else ""
            self.advance()
            if kind in ("{", "[", "(", "<", "open"):
                depth += 1
            elif kind in ("}", "]", ")", ">", "close"):
                depth -= 1
            if kind == "end":
                raise self.unexpected("the end of a type")
            several = (several and kind in ("?", "!", "line")) or kind == "]"
            last = last if kind == "line" else kind
        nullable = True if null or last == "?" else False if last == "!" else None
        return ("array" if several else first), nullable

    def _goes_on(self) -> bool:
        """Whether a choice of types goes on in the next line."""
        return self.kind == "line" and self.ahead() == "|"

    def _parameter(self, made: Statement) -> None:
        made.name = self.word()
        if self.is_word("resource") and self.ahead() == "text":
            self.advance()
            self.advance()
        elif self.kind not in ("=", "line", "end") or self._goes_on():
            made.type, made.nullable = self._type()
        if self.takes("="):
            self.lines()
            made.node = self.expression()

    def _variable(self, made: Statement) -> None:
        made.name = self.word()
        if self.kind != "=":
            self._type()
        self.expect("=")
        self.lines()
        made.node = self.expression()

    def _output(self, made: Statement) -> None:
        made.name = self.word()
        self._type()
        self.expect("=")
        self.lines()
        made.node = self.expression()

    def _type_statement(self, made: Statement) -> None:
        made.name = self.word()
        self.expect("=")
        self.lines()
        made.type, made.nullable = self._type()

    def _function(self, made: Statement) -> None:
        made.name = self.word()
        self.expect("(")
        names: list[str] = []
        self.lines()
        while self.kind != ")":
            names.append(self.word())
            depth = 0
            while depth or self.kind not in (",", ")"):
                kind = self.kind
                self.advance()
                depth += (kind in ("{", "[", "(")) - (kind in ("}", "]", ")"))
                if kind == "end":
                    raise self.unexpected(")")
            self.takes(",")
            self.lines()
        self.expect(")")
        self._type()
        self.expect("=>")
        self.lines()
        made.names, made.node = tuple(names), self.expression()

    def _import(self, made: Statement) -> None:
        if self.kind == "text":  # an extension, as it was spelled once
            self._other(made)
            return
        names: list[tuple[str, str]] = []
        if self.takes("*"):
            self.word("as")
            names.append(("*", self.word()))
        else:
            self.expect("{")
            self._separators()
            while self.kind != "}":
                name = str(self.taken())
                alias = name
                if self.is_word("as"):
                    self.advance()
                    alias = self.word()
                names.append((name, alias))
                self._separators()
            self.expect("}")
        self.word("from")
        made.names, made.type = tuple(names), str(self.expect("text"))

    def _other(self, made: Statement) -> None:
        """Read what gives a value to a name, or to itself: `targetScope = 'subscription'`, `using './main.bicep'`."""
        if made.kind in ("using", "extends") and self.kind == "text":
            made.type = str(self.taken())
        elif self.kind == "word" and made.kind != "using":
            made.name = self.word()
        if self.takes("="):
            self.lines()
            made.node = self.expression()
        while self.kind not in ("line", "end"):  # `with`, `as`, and what comes with them
            if self.kind == "{":
                self.object()
            else:
                self.advance()

    def _resource(self, made: Statement) -> None:
        made.name = self.word()
        made.type = self._path()
        if self.is_word("existing"):
            self.advance()
            made.existing = True
        self.expect("=")
        self.lines()
        self._body(made)

    def _module(self, made: Statement) -> None:
        made.name = self.word()
        made.type = self._path()
        self.expect("=")
        self.lines()
        self._body(made)

    def _path(self) -> str:
        if self.kind != "text":
            raise self.unexpected("a type or path")
        return str(self.taken())

    def _body(self, made: Statement) -> None:
        loop = self.takes("[")
        if loop:
            self.lines()
            made.item, made.index, made.source = self.loop_head()
        if self.is_word("if"):
            made.condition = self.condition()
        self._inside.append([])
        made.node = self.object()
        made.inside = self._inside.pop()
        if loop:
            self.lines()
            self.expect("]")

    def declared_inside(self) -> bool:
        """Take a resource that is declared inside another."""
        start = self.number
        decorators = self._decorators() if self.kind in ("@", "note") else ()
        if not (self.is_word("resource") and self.ahead() == "word" and self.ahead(2) == "text"):
            self.back_to(start)
            return False
        made = Statement("resource", self.at, decorators=decorators)
        self.advance()
        self._resource(made)
        made.end = self.end_before
        if self._inside:
            self._inside[-1].append(made)
        return True
