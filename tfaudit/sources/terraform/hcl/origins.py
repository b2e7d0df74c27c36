"""Where the values of a root come from: each variable, local and output that its resources use, and what gives it.

A worker sends a table with its rows. An entry is `(name, value, by, place, after, kept back)`: `value` is `()` where it
is not to be shown, else a scalar in a tuple; `place` is `(origin, line, column)`, `()` for none; `after` are the
numbers of the entries that it is made from in turn. The uses of a value are the numbers of entries, or a dict: by step
those of each part, and under None the numbers that concern the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field

from tfaudit.model.resources import WITHOUT_VALUE, Limits, Unread
from tfaudit.redaction import doubtful_name, redacted
from tfaudit.sources.terraform.hcl.arithmetic import is_number, plain
from tfaudit.sources.terraform.hcl.frame import Exhausted
from tfaudit.sources.terraform.hcl.mentions import (
    MAX_MENTIONS,
    Branches,
    Found,
    Mention,
    Steps,
    flat,
    is_plain,
    mentions,
    of_reference,
)
from tfaudit.sources.terraform.hcl.scopes import ModuleValue, Scope
from tfaudit.sources.terraform.hcl.syntax import Block, Expression, Text
from tfaudit.sources.terraform.hcl.values import ABSENT, literal, text_of

if TYPE_CHECKING:
    from tfaudit.sources.text.document import Document

Entry: TypeAlias = tuple[str, tuple[Any, ...], str, tuple[Any, ...], tuple[int, ...], bool]
Numbers: TypeAlias = tuple[int, ...]
Uses: TypeAlias = Numbers | dict[Any, Any]
Spot: TypeAlias = tuple[Text, int, Expression]
"""A written value: the text that it stands in, the offset of its name, and the value itself."""

MAX_ENTRIES = 20_000
"""Entries of one root; what is used beyond that has no origin."""
MAX_HOPS = 200
"""How often iterators are followed for one value: those of nested blocks may mention one another many times each."""
_DEEPEST = 6
_LONGEST = 120
_BITS = 64


class Over(Struct):
    """What an iterator goes over, in which context, and the key of its element if known; `told` is filled by asking."""

    expression: Expression
    key: str | int | None
    context: Context
    told: dict[Steps, dict[int, None]] = field(default_factory=dict)


class Context(Struct, frozen=True):
    """Where a mention is read: a scope, and what `each`, `count` and iterators go over."""

    scope: Scope
    aliases: dict[str, Over] = field(default_factory=dict)

    def within(self, name: str, expression: Expression, key: str | int | None) -> Context:
        """Return the context of a block that `name` iterates."""
        return Context(self.scope, {**self.aliases, name: Over(expression, key, self)})


class Origins:
    """Gives a number to each name that a root's resources use; and tells, when all are known, what gives its value."""

    def __init__(self, given: dict[str, Given]) -> None:
        """Start empty; `given` tells where the root's variables are given."""
        self._given = given
        self._numbers: dict[tuple[int, str, str, Steps], int] = {}
        self._todo: list[tuple[Scope, str, str, Steps]] = []
        self._found: dict[int, Found | None] = {}
        self._members: dict[int, dict[str | int, tuple[int, Expression]]] = {}
        self._documents: dict[str, Document | Unread] = {}
        self._hops = 0
        self._plain: dict[int, Context] = {}

    def context(self, block: Block, scope: Scope, names: dict[str, Any]) -> Context:
        """Return the context of one instance of a resource or module block."""
        found = self._plain.get(id(scope))
        if found is None:
            found = self._plain[id(scope)] = Context(scope)
        if "each" in names and "for_each" in block.attributes:
            key = names["each"]["key"]
            return found.within(
                "each", block.attributes["for_each"][1], key if isinstance(key, str) else None
            )
        if "count" in names and "count" in block.attributes:
            return found.within("count", block.attributes["count"][1], None)
        return found

    def of(self, expression: Expression, context: Context) -> Uses | None:
        """Return the uses of a value, None where it mentions nothing that is known."""
        if not expression[1].may_name(expression[2], expression[3]):
            return None
        if expression[0] == "ref" and is_plain(expression):
            return self._several((of_reference(expression),), context) or None
        found = self._mentions(expression)
        return None if found is None else self._bound(found, context)

    def all_of(self, expression: Expression, context: Context) -> Numbers:
        """Return the numbers of all that an expression mentions."""
        return self._several(flat(self._mentions(expression)), context)

    def table(self) -> list[Entry]:
        """Return the entries, and those that they lead to."""
        entries: list[Entry] = []
        while len(entries) < len(self._todo):
            entries.append(self._entry(*self._todo[len(entries)]))
        return entries

    def _mentions(self, expression: Expression) -> Found | None:
        key = id(expression)  # of an expression that the root holds as long as this
        if key not in self._found:
            self._found[key] = mentions(expression)
        return self._found[key]

    def _bound(self, found: Found, context: Context) -> Uses | None:
        own = self._several(found[0], context) if found[0] else ()
        if found[1] is None:
            return own or None
        inner: dict[Any, Uses] = {
            step: bound
            for step, each in found[1].items()
            if (bound := self._bound(each, context)) is not None
        }
        if own:
            inner[None] = own
        return inner or None

    def _several(self, found: tuple[Mention, ...], context: Context) -> Numbers:
        self._hops = 0
        numbers: dict[int, None] = {}
        for mention in found:
            self._add(mention, context, numbers)
        return tuple(numbers)[:MAX_MENTIONS]

    def _add(self, mention: Mention, context: Context, numbers: dict[int, None]) -> None:
        """Add the numbers of what a mention leads to."""
        name, steps, branches, _ = mention
        if branches and not _is_chosen(branches, context.scope):
            return
        if name in context.aliases:
            over = context.aliases[name]
            if steps not in over.told:
                over.told[steps] = self._over(over, steps)
            numbers.update(over.told[steps])
        elif name in ("var", "local", "module") and steps:
            number = self._number(context.scope, name, steps)
            if number is not None:
                numbers[number] = None

    def _over(self, over: Over, steps: Steps) -> dict[int, None]:
        """Return what an iterator's element comes from: what it goes over, at the element's key if it is known."""
        numbers: dict[int, None] = {}
        self._hops += 1
        if self._hops <= MAX_HOPS:
            is_value = steps[:1] == ("value",) and over.key is not None
            self._inside(over.expression, (over.key, *steps[1:]) if is_value else (), over.context, numbers)  # type: ignore[arg-type]
        return numbers

    def _inside(
        self, expression: Expression, steps: Steps, context: Context, numbers: dict[int, None]
    ) -> None:
        """Add what the part of a value at `steps` comes from."""
        if steps:
            expression, _, steps = self._written(expression, 0, steps)
        if expression[0] == "ref" and is_plain(expression):
            name, first, _, _ = of_reference(expression)
            self._add((name, (*first, *steps), (), True), context, numbers)
            return
        for mention in flat(self._mentions(expression)):
            self._add(mention, context, numbers)

    def _written(self, expression: Expression, start: int, steps: Steps) -> tuple[Expression, int, Steps]:
        """Return the written member at `steps` with its offset, and the steps that are left where none is written."""
        while steps and expression[0] in ("object", "list"):
            members = self._members.get(id(expression))
            if members is None:
                members = self._members[id(expression)] = _members(expression)
            found = members.get(steps[0])
            if found is None:
                break
            start, expression = found
            steps = steps[1:]
        return expression, start, steps

    def _number(self, scope: Scope, kind: str, steps: Steps) -> int | None:
        name = str(steps[0])
        rest = steps[1 : 1 + _DEEPEST]
        if kind == "module":
            return self._output(scope, name, rest)
        if name not in (scope.module.variables if kind == "var" else scope.module.local_spots):
            return None
        return self._kept(scope, kind, name, rest)

    def _output(self, scope: Scope, name: str, steps: Steps) -> int | None:
        called = scope.evaluated("module", name)
        for at, step in enumerate(steps):
            if isinstance(called, ModuleValue):
                outputs = called.scope.module.outputs
                held = str(step) in outputs and "value" in outputs[str(step)].attributes
                return self._kept(called.scope, "output", str(step), steps[at + 1 :]) if held else None
            called = _part(called, step)
        return None

    def _kept(self, scope: Scope, kind: str, name: str, rest: Steps) -> int | None:
        key = (id(scope), kind, name, rest)
        number = self._numbers.get(key)
        if number is None and len(self._todo) < MAX_ENTRIES:
            number = self._numbers[key] = len(self._todo)
            self._todo.append((scope, kind, name, rest))
        return number

    def _entry(self, scope: Scope, kind: str, name: str, rest: Steps) -> Entry:
        full = f"{scope.prefix}{name}" if kind == "output" else f"{kind}.{name}"
        doubtful = any(doubtful_name(str(each)) for each in (name, *rest))
        told = full + "".join(map(_step, rest))
        if kind != "var":
            output = scope.module.outputs[name] if kind == "output" else None
            spot = _spot(output, "value") if output is not None else scope.module.local_spots[name]
            marked = output is not None and _is_marked(output)
            by, place, after = self._at("", spot, rest, Context(scope))
        else:
            block = scope.module.variables[name]
            marked = _is_marked(block)
            by, place, after = self._variable(scope, name, block, rest)
        secret = doubtful or marked
        is_told = not secret and scope.is_evaluated(kind, name)
        value = _shown(scope.evaluated(kind, name), rest) if is_told else ()
        return told[:_LONGEST], value, by, place, after, secret

    def _variable(
        self, scope: Scope, name: str, block: Block, rest: Steps
    ) -> tuple[str, tuple[Any, ...], tuple[int, ...]]:
        """Return what gives a variable its value, where, and what that is made from."""
        default = block.attributes.get("default")
        if _is_given(scope, name, block):
            if scope.call is None:
                return self._from_outside(name, rest, Context(scope))
            caller, call, names = scope.call
            by = f'module "{call.labels[0][:_LONGEST]}"'
            return self._at(by, _spot(call, name), rest, self.context(call, caller, names))
        if default is not None:
            return self._at("its default", _spot(block, "default"), rest, Context(scope))
        return WITHOUT_VALUE, (block.text.origin, *block.text.position(block.start)), ()

    def _from_outside(
        self, name: str, rest: Steps, context: Context
    ) -> tuple[str, tuple[Any, ...], tuple[int, ...]]:
        found = self._given.get(name)
        if found is None:
            return "what was given", (), ()
        if found.spot is not None:
            return self._at("", found.spot, rest, context)
        if found.data is None:
            return found.by, (), ()
        document = self._documents.get(found.by)
        if document is None:
            from tfaudit.sources.text.json_document import document as read

            document = self._documents[found.by] = read(found.data, found.by, Limits())
        if isinstance(document, Unread):
            return "", (found.by, 0, 0), ()
        place = document.place((name, *rest))
        return "", (found.by, place.line, place.column), ()

    def _at(
        self, by: str, spot: Spot, rest: Steps, context: Context
    ) -> tuple[str, tuple[Any, ...], tuple[int, ...]]:
        text, start, expression = spot
        self._hops = 0
        _, at, _ = self._written(expression, start, rest)
        after: dict[int, None] = {}
        self._inside(expression, rest, context, after)
        return by, (text.origin, *text.position(at)), tuple(after)[:MAX_MENTIONS]


class Given(Struct):
    """Where a variable of the root is given: a written value, a JSON file's `data`, or (neither) what `by` names."""

    by: str
    spot: Spot | None = None
    data: bytes | None = None


def _spot(block: Block, name: str) -> Spot:
    start, expression = block.attributes[name]
    # An override file has places of its own; a copy of a file has the bytes of the first one.
    return block.text if expression[1].data is block.text.data else expression[1], start, expression


def _is_given(scope: Scope, name: str, block: Block) -> bool:
    """Whether what is given counts, and not the default: a null does not where the variable may not be null."""
    nullable = block.attributes.get("nullable")
    if nullable is None or literal(nullable[1]) is not False or "default" not in block.attributes:
        return name in scope.run.variables if scope.call is None else name in scope.call[1].attributes
    try:
        found = scope.given(name)
    except Exhausted:
        return True
    return found is not ABSENT and found is not None


def _is_chosen(branches: Branches, scope: Scope) -> bool:
    """Whether what stands in these results of conditions counts: their conditions chose them, or are not known."""
    chosen = scope.run.chosen
    return all(chosen.get((id(scope), condition), result) == result for condition, result in branches)


def _is_marked(block: Block) -> bool:
    marked = block.attributes.get("sensitive")
    return marked is not None and literal(marked[1]) is not False


def _members(expression: Expression) -> dict[str | int, tuple[int, Expression]]:
    if expression[0] == "list":
        return {index: (each[2], each) for index, each in enumerate(expression[4])}
    return {text_of(key[4]): (key[2], value) for key, value in expression[4] if key[0] == "lit"}


def _part(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(str(step))
    if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
        return value[step]
    return None


def _shown(value: Any, rest: Steps) -> tuple[Any, ...]:
    """Return a scalar as an entry holds it; `()` for what is none, is not known, or looks like a secret."""
    for step in rest:
        value = _part(value, step)
        if value is None:
            return ()
    if value is None or (isinstance(value, int) and value.bit_length() <= _BITS):
        return (value,)
    if is_number(value) and not isinstance(value, int):
        return (plain(value),)
    if isinstance(value, str) and len(value) <= _LONGEST and redacted(value) == value:
        return (value,)
    return ()


def _step(step: str | int) -> str:
    if isinstance(step, str) and step.isidentifier():
        return f".{step}"
    return f"[{step}]" if isinstance(step, int) else f'["{step}"]'
