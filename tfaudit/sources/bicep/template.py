"""Bicep files: what is declared in them, as templates declare it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Place, Unread, Unresolved
from tfaudit.sources.arm.frames import Copy, Declaration, Parameter, Source, Variable
from tfaudit.sources.arm.nesting import Template
from tfaudit.sources.arm.syntax import Call, Literal, Name, Object
from tfaudit.sources.arm.types import Type
from tfaudit.sources.arm.values import mend
from tfaudit.sources.bicep.statements import Statement, statements
from tfaudit.sources.bicep.tokens import Malformed
from tfaudit.sources.text.encoding import NotText, decoded
from tfaudit.sources.text.suppressions import Comment, marked, suppressions

_KINDS = {"subscription": "subscription", "managementGroup": "management_group", "tenant": "tenant"}
_MODULE = "Microsoft.Resources/deployments"
_OWN = frozenset({"name", "parent", "scope"})


class Imported(Struct, frozen=True):
    """What a file imports: names with what they are called here, `*` for all, and the file they are taken from."""

    names: tuple[tuple[str, str], ...]
    path: str
    at: int


class Parsed(Struct):
    """A Bicep file: its template, what it is a file of parameters of, and what of it could not be read.

    `values` are those that a file of parameters gives, `spots` where it says what it uses and what it extends.
    """

    template: Template
    gaps: list[Unread]
    using: str = ""
    extends: str = ""
    spots: dict[str, int] = field(default_factory=dict)
    values: dict[str, tuple[Any, int]] | None = None

    def place(self, word: str) -> Place:
        """Return where a file of parameters says what it is about: `using` or `extends`."""
        return self.template.source.place(self.spots.get(word, 0))


def parsed(data: bytes, name: str) -> Parsed:
    """Return what the Bicep file `name` declares; statements that cannot be read are among its gaps."""
    gaps: list[Unread] = []
    try:
        text = decoded(data).decode()
    except NotText as error:
        gap = Unread(Place(name, error.line), f"not Bicep: {error.because}", "save it as UTF-8 text")
        return Parsed(Template(Source(name, lambda _: Place(name), "bicep")), [gap])
    places = _Places(text, name)
    source = Source(name, places, "bicep")
    try:
        stated, faults, comments = statements(text)
        if marked(data):
            source.comments = suppressions([places.comment(*each) for each in comments], name)
    except Malformed as error:
        stated, faults = [], [error]
    gaps += [Unread(places(each.at), f"not Bicep: {each.because}", "mend it there") for each in faults]
    return _Reader(source, stated).file(gaps)


class _Places:
    """Tells where offsets stand."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._starts: list[int] = []

    def _position(self, at: int) -> tuple[int, int]:
        if not self._starts:
            self._starts = _line_starts(self._text)
        line = bisect_right(self._starts, at)
        return line, at - self._starts[line - 1] + 1

    def __call__(self, spot: Any) -> Place:
        """Return the place of an offset, or of a pair of where something begins and ends."""
        begin, end = spot if isinstance(spot, tuple) else (spot, spot)
        line, column = self._position(begin)
        return Place(self._name, line, column, self._position(end)[0])

    def comment(self, at: int, text: str) -> Comment:
        """Return a comment that stands at an offset."""
        line, column = self._position(at)
        alone = not self._text[at - column + 1 : at].strip()
        return Comment(line, column, text, alone)


def _line_starts(text: str) -> list[int]:
    at = 0
    found: list[int] = []
    for line in text.split("\n"):
        found.append(at)
        at += len(line) + 1
    return found


class _Reader:
    """Turns the statements of one file into what it declares."""

    def __init__(self, source: Source, statements: list[Statement]) -> None:
        self._source = source
        self._statements = statements

    def file(self, gaps: list[Unread]) -> Parsed:
        """Return the file."""
        made = Parsed(Template(self._source), gaps)
        for each in self._statements:
            read = getattr(self, f"_{each.kind}", None)
            if read is not None:
                read(each, made)
        return made

    def _targetScope(self, each: Statement, made: Parsed) -> None:  # noqa: N802 - as the statement is called
        scope = each.node.value if isinstance(each.node, Literal) else ""
        made.template.kind = _KINDS.get(str(scope), "group")

    def _using(self, each: Statement, made: Parsed) -> None:
        made.using, made.spots["using"] = each.type or "none", each.at
        made.values = made.values or {}

    def _extends(self, each: Statement, made: Parsed) -> None:
        made.extends, made.spots["extends"] = each.type, each.at
        made.values = made.values or {}

    def _param(self, each: Statement, made: Parsed) -> None:
        if made.values is not None:
            made.values[each.name] = (each.node, each.at)
            return
        made.template.parameters[each.name.lower()] = Parameter(
            each.name,
            each.type.lower() or "any",
            each.node,
            each.node is not None,
            _is_secure(each),
            each.nullable,
            each.at,
        )

    def _type(self, each: Statement, made: Parsed) -> None:
        made.template.types[each.name.lower()] = Type(each.type, each.nullable, _is_secure(each))

    def _var(self, each: Statement, made: Parsed) -> None:
        made.template.variables[each.name.lower()] = Variable(each.name, each.node, each.at)

    def _output(self, each: Statement, made: Parsed) -> None:
        made.template.outputs[each.name] = each.node

    def _func(self, each: Statement, made: Parsed) -> None:
        made.template.functions[each.name.lower()] = (list(each.names), each.node)

    def _import(self, each: Statement, made: Parsed) -> None:
        if each.names:
            made.template.imports.append(Imported(each.names, each.type, each.at))

    def _resource(self, each: Statement, made: Parsed) -> None:
        self._add(self._declaration(each, None), made)

    def _module(self, each: Statement, made: Parsed) -> None:
        members = _members(each.node)
        name = members.get("name", Literal(each.name, each.at))
        parameters = _parameters(each, members)
        declared = Declaration(
            _MODULE,
            "",
            name,
            each.node,
            (each.at, each.end),
            each.name,
            condition=each.condition,
            copy=_copy(each),
            scope=members.get("scope"),
            module=each.type,
            parameters=parameters,
        )
        self._add(declared, made)

    @staticmethod
    def _add(declared: Declaration, made: Parsed) -> None:
        made.template.declarations.append(declared)
        made.template.symbols[declared.symbol] = declared

    def _declaration(self, each: Statement, within: Declaration | None) -> Declaration:
        members = _members(each.node)
        type_, _, api = each.type.removeprefix("az:").partition("@")
        if within is not None:
            type_, api = f"{within.type}/{type_}", api or within.api
        declared = Declaration(
            type_,
            api,
            members.get("name"),
            each.node,
            (each.at, each.end),
            each.name,
            each.existing,
            each.condition,
            _copy(each),
            members.get("scope"),
            members.get("parent"),
            within,
        )
        declared.children = [self._declaration(one, declared) for one in each.inside]
        return declared


def _members(node: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in node.members if isinstance(node, Object) else ():
        if isinstance(each.key, Literal):
            found[str(each.key.value)] = each.value
    return found


def _parameters(each: Statement, members: dict[str, Any]) -> Any:
    """Return what a module is given; where its body is spelled as Bicep refuses it, what is given is not known."""
    own = each.node.members if isinstance(each.node, Object) else ()
    names = [one.key.value if isinstance(one.key, Literal) else None for one in own]
    told = [name for name in names if name is None or str(name).lower() == "params"]
    if told in ([], ["params"]):
        return members.get("params", Object((), each.at))
    return Literal(
        mend(f"what the module {each.name[:80]} is given does not stand once, under params"), each.at
    )


def _copy(each: Statement) -> Copy | None:
    return Copy("", None, each.source, each.item, each.index) if each.source is not None else None


def _is_secure(each: Statement) -> bool:
    return any(_is(one, "secure") for one in each.decorators)


def _is(decorator: Call, name: str) -> bool:
    of_language = decorator.of is None or (isinstance(decorator.of, Name) and decorator.of.name == "sys")
    return decorator.name == name and of_language


def leave_open(template: Template, imported: Imported, why: Unresolved) -> None:
    """Have what is imported from a file that is not read stand for something that is not known."""
    for theirs, alias in imported.names:
        because = f"{alias[:80] if theirs == '*' else theirs[:80]} is imported: {why.because}"
        template.imported[alias] = Unresolved(because, why.settle_with)
