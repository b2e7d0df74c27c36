"""Where values of a deployment are written, and what they come from: parameters, variables, modules that give them.

Nothing is kept while a template is read: what is asked for is looked up in the code as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit.model.resources import WITHOUT_VALUE, Origin, Path, Place, Unresolved, dotted
from tfaudit.redaction import doubtful_name
from tfaudit.sources.arm.expressions import Malformed, is_expression, parsed
from tfaudit.sources.arm.frames import Env, Frame, Given
from tfaudit.sources.arm.functions.signature import member
from tfaudit.sources.arm.parts import settled
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
    Object,
    Text,
)
from tfaudit.sources.arm.values import TooLarge
from tfaudit.sources.text.origins import shown

if TYPE_CHECKING:
    from tfaudit.sources.arm.evaluate import Evaluator
    from tfaudit.sources.arm.handles import Instance

MAX_ORIGINS = 12
_MAX_NODES = 2_000
_LONGEST = 120
_OWN = {"parent": "name", "id": "name", "type": "type", "apiVersion": "apiVersion"}
"""Members of a body that are ours, and where what they are made of is written."""


class Found(Struct):
    """A node or a value of JSON, where it stands, and what it is evaluated with."""

    node: Any
    spot: Any
    env: Env


class Repeated(Struct):
    """What a loop of JSON repeats for each turn."""

    node: Any


class Located(Struct):
    """Tells places and origins of what is in a resource's body."""

    instance: Instance
    evaluator: Evaluator

    def __call__(self, path: Path) -> Place:
        """Return where the value at `path` is written, or what is written of its nearest parent."""
        source = self.instance.frame.source
        place = source.place(self._found(path).spot if path else self.instance.declaration.spot)
        return replace(place, at=dotted(path))

    def origins(self, path: Path, read: Any) -> tuple[Origin, ...]:
        """Return what the value at `path` comes from, the nearest first; `read` is how it was read."""
        if not path:
            return ()
        hidden = any(doubtful_name(str(step)) for step in path)
        found = self._found(path)
        stated: dict[Origin, None] = {}
        try:
            for each in _origins([found.node], found.env, self.evaluator, read, hidden):
                stated[each] = None
                if len(stated) >= MAX_ORIGINS:
                    break
        except (TooLarge, RecursionError):
            pass
        return tuple(stated)

    def _found(self, path: Path) -> Found:
        declaration = self.instance.declaration
        start = Found(declaration.body, declaration.spot, self.instance.env)
        if path[0] in _OWN and member(_named(declaration.body), str(path[0])) is None:
            path = (_OWN[str(path[0])],)
        try:
            return found_at(start, path, self.evaluator)
        except (TooLarge, RecursionError):
            return start


def _named(body: Any) -> dict[str, Any]:
    if isinstance(body, dict):
        return body
    return {str(getattr(each.key, "value", "")): None for each in getattr(body, "members", ())}


def found_at(start: Found, path: Path, evaluator: Evaluator) -> Found:
    """Return what is written at `path` of a node, or the nearest part of it."""
    here = start
    steps = list(path)
    while steps:
        while isinstance(here.node, Choice):
            stated = settled(evaluator.value(here.node.test, here.env))
            if stated is not True and stated is not False:
                return here
            chosen = here.node.yes if stated else here.node.no
            here = Found(chosen, chosen.at or here.spot, here.env)
        further = _step(here, steps[0], evaluator)
        if further is None:
            return here
        here = further
        steps.pop(0)
    return here


def _step(here: Found, step: str | int, evaluator: Evaluator) -> Found | None:
    node = here.node
    if isinstance(node, Repeated):
        return Found(node.node, here.spot, here.env) if isinstance(step, int) else None
    if isinstance(node, (dict, list)):
        return _step_in_json(here, node, step)
    if isinstance(node, Object):
        named = (each for each in node.members if each.key is not None and _called(each.key, step))
        found = next(named, None)
        return None if found is None else Found(found.value, found.at, here.env)
    if isinstance(node, Array) and isinstance(step, int) and step < len(node.items):
        before = node.items[: step + 1]
        if not any(isinstance(each, Member) for each in before):
            return Found(node.items[step], node.items[step].at, here.env)
        return None
    if isinstance(node, Loop) and isinstance(step, int):
        source = settled(evaluator.value(node.source, here.env))
        if isinstance(source, list) and step < len(source):
            words = {node.item: source[step], **({node.index: step} if node.index else {})}
            return Found(node.body, node.body.at or here.spot, here.env.with_words(words))
    return None


def _step_in_json(here: Found, node: dict[str, Any] | list[Any], step: str | int) -> Found | None:
    if isinstance(node, list):
        there = isinstance(step, int) and step < len(node)
        return Found(node[int(step)], (*here.spot, step), here.env) if there else None
    name = member(node, step) if isinstance(step, str) else None
    if name is not None:
        return Found(node[name], (*here.spot, name), here.env)
    for at, loop in enumerate(node["copy"] if isinstance(node.get("copy"), list) else ()):
        if isinstance(loop, dict) and loop.get("name") == step:
            return Found(Repeated(loop.get("input")), (*here.spot, "copy", at, "input"), here.env)
    return None


def _called(key: Any, step: str | int) -> bool:
    return isinstance(key, Literal) and str(key.value).lower() == str(step).lower()


def _origins(  # noqa: PLR0913 - as it goes from one name to the next
    nodes: list[Any], env: Env, evaluator: Evaluator, read: Any, hidden: bool, left: int = MAX_ORIGINS
) -> Iterator[Origin]:
    """Yield what nodes come from: the names in them, and in turn what these come from."""
    if left <= 0:
        return
    for sort, name in _mentioned(nodes, env, evaluator):
        if sort == "variable":
            declared = env.frame.variables[name.lower()]
            value = evaluator.variable(env.frame, name)
            stated = "" if hidden else shown(value, (name,), read)
            yield Origin(f"variable {name}"[:_LONGEST], "", env.frame.source.place(declared.spot), stated)
            yield from _origins([declared.node], Env(env.frame), evaluator, read, hidden, left - 1)
        else:
            yield from _of_parameter(name, env.frame, evaluator, read, hidden, left)


def _of_parameter(  # noqa: PLR0913 - as `_origins`
    name: str, frame: Frame, evaluator: Evaluator, read: Any, hidden: bool, left: int
) -> Iterator[Origin]:
    declared = frame.parameters[name.lower()]
    value = evaluator.parameter(frame, name)
    hidden = hidden or declared.secure or isinstance(value, Unresolved)
    stated = "" if hidden else shown(value, (name,), read)
    named = f"parameter {name}"[:_LONGEST]
    given: Given | None = frame.given.get(name.lower()) or frame.given.get("")
    if given is not None:
        yield Origin(named, given.by, given.place, stated)
        if given.env is not None and given.node is not None:
            yield from _origins([given.node], given.env, evaluator, read, hidden, left - 1)
        return
    place = frame.source.place(declared.spot)
    if declared.has_default:
        yield Origin(named, "its default", place, stated)
        yield from _origins([declared.default], Env(frame), evaluator, read, hidden, left - 1)
    else:
        yield Origin(named, WITHOUT_VALUE, place)


def _mentioned(nodes: list[Any], env: Env, evaluator: Evaluator) -> Iterator[tuple[str, str]]:
    """Yield the variables and parameters that nodes name, each once; of a choice only the branch that is taken.

    Of a list its elements decide together; of an object it is not known which member did.
    """
    todo = list(reversed(nodes))
    seen: set[tuple[str, str]] = set()
    left = _MAX_NODES
    outermost = {id(each) for each in nodes}
    while todo and left:
        left -= 1
        node = todo.pop()
        if isinstance(node, str) and is_expression(node):
            try:
                node = parsed(node)
            except Malformed:
                continue
        if isinstance(node, (dict, Object)) and id(node) in outermost:
            continue
        found = _named_by(node, env)
        if found is not None and found not in seen:
            seen.add(found)
            yield found
        todo += reversed(_below(node, env, evaluator))


def _named_by(node: Any, env: Env) -> tuple[str, str] | None:
    frame = env.frame
    if isinstance(node, Name) and node.name not in env.words:
        key = node.name.lower()
        if key in frame.variables:
            return "variable", node.name
        return ("parameter", node.name) if key in frame.parameters else None
    if isinstance(node, Call) and len(node.arguments) == 1 and isinstance(node.arguments[0], Literal):
        name = str(node.arguments[0].value)
        sort = {"parameters": "parameter", "variables": "variable"}.get(node.name.lower(), "")
        known = frame.parameters if sort == "parameter" else frame.variables
        return (sort, name) if sort and name.lower() in known and name not in env.words else None
    return None


def _below(node: Any, env: Env, evaluator: Evaluator) -> list[Any]:
    """Return the nodes inside of a node; of a choice only what is taken."""
    if isinstance(node, Call) and node.name.lower() == "if" and len(node.arguments) == 3:
        return _chosen(*node.arguments, env, evaluator)
    if isinstance(node, Choice):
        return _chosen(node.test, node.yes, node.no, env, evaluator)
    inside = _INSIDE.get(node.__class__)
    return [] if inside is None else inside(node)


_INSIDE: dict[type, Callable[[Any], list[Any]]] = {
    dict: lambda node: list(node.values()),
    list: lambda node: node,
    Text: lambda node: list(node.parts),
    Call: lambda node: [*([node.of] if node.of is not None else ()), *node.arguments],
    Access: lambda node: [node.base, node.key],
    Nested: lambda node: [node.base],
    Object: lambda node: [each.value for each in node.members],
    Array: lambda node: [each.value if isinstance(each, Member) else each for each in node.items],
    Lambda: lambda node: [node.body],
    Loop: lambda node: [node.source, node.body],
}


def _chosen(test: Any, yes: Any, no: Any, env: Env, evaluator: Evaluator) -> list[Any]:
    stated = settled(evaluator.value(test, env))
    if stated is True or stated is False:
        return [test, yes if stated else no]
    return [test, yes, no]
