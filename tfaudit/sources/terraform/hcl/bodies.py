"""Turns the blocks of an evaluated root into rows, the plain data that `rows` describes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.redaction import REDACTED, secret_name
from tfaudit.sources.terraform.hcl.arithmetic import is_number, plain
from tfaudit.sources.terraform.hcl.comments import Comments
from tfaudit.sources.terraform.hcl.frame import Exhausted, Frame
from tfaudit.sources.terraform.hcl.instances import MAX_INSTANCES, perhaps
from tfaudit.sources.terraform.hcl.origins import Context, Origins
from tfaudit.sources.terraform.hcl.placeholders import without_placeholders
from tfaudit.sources.terraform.hcl.rows import Row
from tfaudit.sources.terraform.hcl.scopes import Made, Scope
from tfaudit.sources.terraform.hcl.syntax import Block, Expression, Text, source_text
from tfaudit.sources.terraform.hcl.values import LEAVES, SETTLE_APPLY, Document, Rest, Sensitive, Set, heavier
from tfaudit.sources.text.secrets import without_secrets

_INSTANCES = frozenset({"count", "for_each", "depends_on", "provider"})
# `ignore_changes` lists attributes by their bare names: no values.
_META = {
    "resource": _INSTANCES,
    "data": _INSTANCES,
    "lifecycle": frozenset({"ignore_changes", "replace_triggered_by"}),
}
_SHAPE_KEEPING = ("jsonencode", "toset", "tolist", "tomap")
MAX_BLOCKS = 2_000
_SKIPPED_BLOCKS = frozenset({"provisioner", "connection", "precondition", "postcondition"})
_PROVIDER = re.compile(r"^[^_]+")


class Beside(Struct):
    """What a row holds beside the body: the comments that ask to leave findings out, and where values come from.

    `calls` says whether calls of modules are rows as well.
    """

    comments: Comments
    origins: Origins
    calls: bool = False


def rows(scope: Scope, beside: Beside) -> Iterator[Row]:
    """Yield the resources, data blocks and providers of `scope` and of all modules below it, in the files' order."""
    for block in scope.module.providers:
        alias = scope.frame.value(block.attributes["alias"][1]) if "alias" in block.attributes else ""
        address = f"{scope.prefix}provider.{block.labels[0]}" + (
            f".{alias}" if isinstance(alias, str) and alias else ""
        )
        yield _row(f"provider.{block.labels[0]}", address, (scope, block, {}), beside)
    for block in scope.module.resources:
        data = "data." if block.type == "data" else ""
        type_ = data + block.labels[0]
        instances = scope.instances(block)
        if not instances and not data:
            scope.run.empty.append(f"{scope.prefix}{type_}.{block.labels[1]}")
        for suffix, names in instances:
            address = f"{scope.prefix}{type_}.{block.labels[1]}{suffix}"
            target = (scope, block, names)
            scope.run.targets.setdefault(address, target)
            scope.run.steps -= 50
            yield _row(type_, address, target, beside)
    for name, call in scope.module.calls.items():
        if not scope.instances(call):
            scope.run.empty.append(f"{scope.prefix}module.{name}")
        if beside.calls:
            yield _row("module", f"{scope.prefix}module.{name}", (scope, call, {}), beside)
    for child in scope.children():
        yield from rows(child, beside)


def _row(type_: str, address: str, target: Made, beside: Beside) -> Row:
    scope, block, names = target
    context = beside.origins.context(block, scope, names)
    body, inside, uses = _Body(Frame(scope, names), block.text.data, beside.origins).read(block, context)
    without_placeholders(block, body)
    line, column = block.text.position(block.start)
    head_end = block.text.line(block.head_end)
    spot = (block.text.origin, line, column, max(line, head_end), inside)
    run = scope.run
    if heavier(body, run.steps):  # a value that many resources share costs each of them its size
        raise Exhausted
    encoded, marked = encode(body, type_, run.secrets)
    asked = beside.comments.of(block, tuple(scope.calls()))
    last = block.text.line(block.end - 1) if block.text.is_sound else 0
    return (type_, address, encoded, spot, asked, _context(type_, target), marked, uses or None, last)


def _context(type_: str, target: Made) -> dict[str, str]:
    scope, block, names = target
    word = _PROVIDER.match(type_.removeprefix("data."))
    provider, alias = (word[0] if word else ""), ""
    if type_.startswith("provider."):
        provider = block.labels[0]
        region = scope.frame.value(block.attributes["region"][1]) if "region" in block.attributes else ""
        found = {
            "region": region if isinstance(region, str) else "",
            "provider_version": scope.version(provider),
        }
        return {name: value for name, value in found.items() if value}
    chosen = block.attributes.get("provider")
    if chosen is not None and chosen[1][0] == "ref":
        provider = chosen[1][4]
        alias = chosen[1][5][0][1] if chosen[1][5] else ""
    found = {
        "region": scope.region(provider, str(alias)),
        "provider_version": scope.version(provider),
        "perhaps": "\0".join(_perhaps(scope, block, names)),
    }
    return {name: value for name, value in found.items() if value}


def _perhaps(scope: Scope, block: Block, names: Mapping[str, Any]) -> Iterator[str]:
    """Yield on what it hangs whether there is an instance, or its module: each as a module's prefix and a text."""
    if perhaps(names):
        stated = block.attributes.get("count") or block.attributes.get("for_each")
        yield f"{scope.prefix}\n{source_text(stated[1]) if stated else ''}"
    if scope.call is not None:
        yield from _perhaps(*scope.call)


_Parts: TypeAlias = tuple[Any, dict[Any, Any], dict[Any, Any]]
"""The body of a block; and by its members' names where they stand, and what they use of the root's names."""


class _Body:
    """Builds a block's body and, beside it, where each part of it stands and comes from."""

    def __init__(self, frame: Frame, data: bytes, origins: Origins, left: list[int] | None = None) -> None:
        self.frame = frame
        self.data = data  # of the file in which the resource stands: an override file has places of its own
        self.origins = origins
        self.left = (
            left if left is not None else [MAX_BLOCKS]
        )  # how many dynamic blocks the resource may still have

    def read(self, block: Block, context: Context) -> _Parts:
        body: dict[str, Any] = {}
        inside: dict[Any, Any] = {}
        uses: dict[Any, Any] = {}
        parts = (body, inside, uses)
        text = block.text
        for name, (start, expression) in block.attributes.items():
            if name in _META.get(block.type, ()):
                continue
            body[name] = self.frame.value(expression)
            if expression[1].data is self.data:
                inside[name] = (*text.position(start), text.line(expression[3]), _spots(expression, text))
            if expression[0] != "lit":
                used = self.origins.of(expression, context)
                if used is not None:
                    uses[name] = used
        for child in block.blocks:
            if child.type == "dynamic" and child.labels:
                self._dynamic(child, parts, context)
            elif child.type not in _SKIPPED_BLOCKS:
                self._add(child.type, child, self.read(child, context), parts)
        return parts

    def _add(self, name: str, block: Block, found: _Parts, parts: _Parts, over: tuple[int, ...] = ()) -> None:
        body, inside, uses = parts
        made, spots_inside, used_inside = found
        items = body.setdefault(name, [])
        spot = (*block.text.position(block.start), block.text.line(block.end), spots_inside)
        if not isinstance(items, list):
            body[name] = items = [items]
        items.append(made)
        if over or used_inside:
            used = uses.setdefault(name, {})
            if isinstance(used, tuple):  # an attribute of the same name
                used = uses[name] = {None: used}
            if over:
                used_inside[None] = over
            used[len(items) - 1] = used_inside
        if block.text.data is not self.data:
            return
        spots = inside.setdefault(name, (*spot[:3], {}))
        if spots[3] is None:
            spots = inside[name] = (*spots[:3], {})
        spots[3][len(items) - 1] = spot

    def _dynamic(self, block: Block, parts: _Parts, context: Context) -> None:
        body = parts[0]
        name = block.labels[0]
        written = block.attributes.get("for_each")
        content = next((each for each in block.blocks if each.type == "content"), None)
        if written is None or content is None:
            return
        iterator = block.attributes.get("iterator")
        variable = iterator[1][4] if iterator is not None and iterator[1][0] == "ref" else name
        over = self.frame.value(written[1])
        used = self.origins.all_of(written[1], context)
        for number, (unsure, key, value) in enumerate(self._pairs(over)):
            if unsure is not None:
                gap = Unresolved(
                    f"how many {name} blocks there are is not known: {unsure.because}",
                    unsure.settle_with,
                    unsure.expression,
                )
                self._add(name, block, (gap, {}, {}), parts, used)
                continue
            if self.left[0] <= 0:
                gap = Unresolved(f"there are more than {MAX_BLOCKS} {name} blocks", SETTLE_APPLY)
                self._add(name, block, (gap, {}, {}), parts, used)
                break
            self.left[0] -= 1
            frame = self.frame.within({variable: {"key": key, "value": value}})
            at = number if isinstance(over, list) else key if isinstance(key, str) else None
            inner = _Body(frame, self.data, self.origins, self.left)
            found = inner.read(content, context.within(variable, written[1], at))
            self._add(name, content, found, parts, used)
        if (
            isinstance(body.get(name), list)
            and len(body[name]) == 1
            and isinstance(body[name][0], Unresolved)
        ):
            body[name] = body[name][0]

    @staticmethod
    def _pairs(value: Any) -> Iterator[tuple[Unresolved | None, Any, Any]]:
        """Yield key and value of each block, or first why it is not known how many there are.

        The key of a list's element is its position, that of a set's is the element itself:
        developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
        """
        if isinstance(value, Reference):
            value = Unresolved(f"it is taken from {value}, which only apply tells", SETTLE_APPLY, str(value))
        if isinstance(value, Unresolved):
            yield value, None, None
        elif isinstance(value, dict):
            yield from ((None, key, each) for key, each in list(value.items())[:MAX_INSTANCES])
        elif isinstance(value, list):
            rest: Rest | None = None
            for number, each in enumerate(value[:MAX_INSTANCES]):
                # An element that is not known still makes a block; elements whose number is not known may make none,
                # and the positions of those behind them are not known either.
                rest = each if isinstance(each, Rest) else rest
                yield each if each is rest else None, each if isinstance(value, Set) else rest or number, each


def _spots(expression: Expression, text: Text) -> Any:
    """Return where the elements of a written collection stand, None for anything else."""
    kind = expression[0]
    parts: list[tuple[Any, int, Expression]]
    if kind == "call" and expression[4] in _SHAPE_KEEPING and expression[5]:
        return _spots(expression[5][0], text)
    if kind == "list":
        parts = [(index, each[2], each) for index, each in enumerate(expression[4])]
    elif kind == "object":
        parts = [(key[4], key[2], value) for key, value in expression[4] if key[0] == "lit"]
    else:
        return None
    return {
        name: (*text.position(start), text.line(value[3]), _spots(value, text))
        for name, start, value in parts
    }


def encode(value: Any, name: str = "", taken: set[str] | None = None) -> tuple[Any, bool]:
    """Return a copy of `value` without secrets as marshal can write it, and whether a part of it is unknown.

    `taken` is filled with the secrets.
    """
    marks: list[bool] = []
    return _encoded(without_secrets(_copied(value, name), name, taken), marks), bool(marks)


def _copied(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {
            str(key): inner if inner.__class__ in LEAVES else _copied(inner, str(key))
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [inner if inner.__class__ in LEAVES else _copied(inner, name) for inner in value]
    if isinstance(value, Document):
        return _copied(value.value, name)
    if isinstance(value, Sensitive) and name and secret_name(name):
        return REDACTED
    if value is None or isinstance(value, (str, int, Unresolved, Reference)):
        return value
    if is_number(value):
        return plain(value)
    return Unresolved("it is a whole module, not a value", SETTLE_APPLY)


def _encoded(value: Any, marks: list[bool]) -> Any:
    if isinstance(value, Unresolved):
        marks.append(True)
        return ("?", value.because, value.settle_with, value.expression, value.literal)
    if isinstance(value, Reference):
        marks.append(True)
        return ("@", value.address, value.attribute)
    if isinstance(value, dict):
        for key, inner in value.items():
            if inner.__class__ not in LEAVES:
                value[key] = _encoded(inner, marks)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if inner.__class__ not in LEAVES:
                value[index] = _encoded(inner, marks)
    return value
