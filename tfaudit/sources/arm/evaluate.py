"""Evaluates the values of a template or a Bicep file: what they come to, and why that is not known of some.

Nothing is looked up outside of what is deployed together. What only Azure tells (ids of subscriptions, states, keys) is
`Unresolved` with its expression.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm import types
from tfaudit.sources.arm.expressions import Malformed, is_expression, parsed, plain
from tfaudit.sources.arm.frames import Env, Frame
from tfaudit.sources.arm.functions.signature import Decides, Function, Wrong, member
from tfaudit.sources.arm.functions.table import FUNCTIONS
from tfaudit.sources.arm.lambdas import Applied
from tfaudit.sources.arm.names import loops_in
from tfaudit.sources.arm.parts import NOT_KNOWN, Handle, not_known, part, settled
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
    stated_twice,
    was_safe,
)
from tfaudit.sources.arm.values import TooLarge, as_written, called, joined, left_open, mend, not_told

_OPEN = object()
_PLAIN = frozenset({str, int, bool, type(None), dict, list, Unresolved, Reference})
"""What stands for nothing else."""

_CHARACTERS = 64  # so many of a text count as one value

_MOST_TURNS = 800
"""What ARM itself takes at most: learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources"""


class Evaluator:
    """Evaluates nodes; `world` answers what functions ask of resources and deployments."""

    def __init__(self, world: Any, nodes: int) -> None:
        """Take who knows the resources, and how many values all may unfold to."""
        self.world = world
        self._left = nodes

    def spend(self, values: int) -> None:
        """Count values against the limit; `TooLarge` where it is passed."""
        self._left -= values
        if self._left < 0:
            raise TooLarge

    def value(self, node: Any, env: Env) -> Any:
        """Return what a node, or a value of JSON, comes to; raises `TooLarge`."""
        self._left -= 1
        if self._left < 0:
            raise TooLarge
        kind = type(node)
        if kind is Literal:
            return node.value
        if kind is Name:
            return self.name(node, env)
        if kind is Call:
            return self.call(node, env)
        if kind is Access:
            return self.access(node, env)
        if kind is Text:
            return self.joined_text(node, env)
        if kind is Object:
            return self.object(node, env)
        visit = _VISITS.get(kind)
        return node if visit is None else visit(self, node, env)

    def text(self, node: str, env: Env) -> Any:
        """Return what a text of JSON comes to: an expression in brackets, or itself."""
        if node[:1] != "[":
            return node
        if not is_expression(node):
            return plain(node)
        try:
            found = parsed(node)
        except Malformed as error:
            return mend(f"the expression {node[:80]} is not one: {error}")
        return self.value(found, env)

    def mapping(self, node: dict[str, Any], env: Env) -> Any:
        """Return an object of JSON, its loops (`copy`) unfolded."""
        found: dict[str, Any] = {}
        for name, each in node.items():
            if len(name) == 4 and name.lower() == "copy" and (loops := loops_in(each)) is not None:
                for loop in loops:
                    called_ = self.value(loop.get("name"), env)
                    if not isinstance(called_, str):
                        return mend("a loop over a property is none, or its name is not known")
                    found[called_] = self.copied({**loop, "name": called_}, env)
                continue
            key = self.text(name, env) if name[:1] == "[" else name
            found[as_written(key) if key.__class__ is not str else key] = self.value(each, env)
        return found

    def copied(self, loop: Mapping[str, Any], env: Env) -> Any:
        """Return the list that a loop over a property or variable makes."""
        count = self.value(loop.get("count"), env)
        if isinstance(count, NOT_KNOWN):
            return not_told(count, called("copy", [count]))
        if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= _MOST_TURNS:
            return mend(f"the loop {loop['name'][:80]} has no number of turns from 0 to {_MOST_TURNS}")
        turns = (env.with_turn(loop["name"], turn, of_property=True) for turn in range(count))
        return [self.value(loop.get("input"), each) for each in turns]

    def items(self, node: list[Any], env: Env) -> list[Any]:
        """Return a list of JSON."""
        return [self.value(each, env) for each in node]

    def joined_text(self, node: Text, env: Env) -> Any:
        """Return a text with expressions in it."""
        parts = [each if each.__class__ is str else settled(self.value(each, env)) for each in node.parts]
        found = joined(parts)
        self._charge(found)
        return found

    def object(self, node: Object, env: Env) -> Any:
        """Return an object that is written out."""
        found: dict[str, Any] = {}
        for each in node.members:
            value = self.value(each.value, env)
            if each.key is None:
                if isinstance(value, NOT_KNOWN):
                    beside = [self.value(one.value, env) for one in node.members]
                    return left_open(value, "", beside, self.spend)
                found |= value if isinstance(value, dict) else {}
                continue
            key = each.key.value if each.key.__class__ is Literal else self.value(each.key, env)
            found[key if key.__class__ is str else as_written(key)] = value
        if len(found) != len(node.members) and (twice := stated_twice(node)):
            return mend(f"{twice[:80]} stands twice in an object")
        return found

    def array(self, node: Array, env: Env) -> Any:
        """Return a list that is written out."""
        found: list[Any] = []
        for each in node.items:
            if not isinstance(each, Member):
                found.append(self.value(each, env))
                continue
            value = self.value(each.value, env)
            if isinstance(value, NOT_KNOWN):
                return not_told(value, "")
            found += value if isinstance(value, list) else []
        return found

    def choice(self, node: Choice, env: Env) -> Any:
        """Return the branch that a test chooses; where it is not known, what both have in common."""
        return self.chosen(node.test, node.yes, node.no, env)

    def chosen(self, test: Any, yes: Any, no: Any, env: Env) -> Any:
        """Return one of two nodes, as `choice` does."""
        stated = self.value(test, env)
        if stated is True or stated is False:
            return self.value(yes if stated else no, env)
        if not isinstance(stated, NOT_KNOWN):
            return mend("a condition is neither true nor false")
        branches = [settled(self.value(each, env)) for each in (yes, no)]
        if self._same(*branches):
            return branches[0]
        return left_open(stated, called("if", [stated, *branches]), branches, self.spend)

    def _same(self, one: Any, other: Any) -> bool:
        """Whether two values are the same in all they say: nothing of them is not known, or it is the same text."""
        self.spend(1)
        if isinstance(one, dict) and isinstance(other, dict):
            return one.keys() == other.keys() and all(self._same(one[name], other[name]) for name in one)
        if isinstance(one, list) and isinstance(other, list):
            return len(one) == len(other) and all(map(self._same, one, other))
        if isinstance(one, Unresolved) and isinstance(other, Unresolved):
            return bool(one.expression) and one.expression == other.expression
        return type(one) is type(other) and bool(one == other)

    def function(self, node: Lambda, env: Env) -> Any:
        """Return a lambda as something to be called with values."""
        return Applied(node, env, self.value)

    def loop(self, node: Loop, env: Env) -> Any:
        """Return the list that a loop of Bicep makes."""
        source = settled(self.value(node.source, env))
        if isinstance(source, NOT_KNOWN):
            return not_told(source, called("map", [source]))
        if not isinstance(source, list):
            return mend("a loop is over what is no list")
        found: list[Any] = []
        for index, each in enumerate(source):
            inside = env.with_words({node.item: each, **({node.index: index} if node.index else {})})
            if node.test is not None:
                stated = self.value(node.test, inside)
                if isinstance(stated, NOT_KNOWN):
                    return not_told(stated, called("filter", [stated]))
                if stated is not True:
                    continue
            found.append(self.value(node.body, inside))
        return found

    def name(self, node: Name, env: Env) -> Any:
        """Return what a word of Bicep stands for."""
        name, frame = node.name, env.frame
        if name in env.words:
            return env.words[name]
        if env.instance is not None and (beside := self.world.beside(name, env)) is not None:
            return beside
        if name in frame.named:
            return frame.named[name]
        key = name.lower()
        if key in frame.variables and frame.variables[key].name == name:
            return self._named(frame, name, self.variable(frame, name), "variable")
        if key in frame.parameters and frame.parameters[key].name == name:
            return self._named(frame, name, self.parameter(frame, name), "parameter")
        if node.name in frame.symbols:
            return self.world.handle(frame.symbols[node.name], env)
        if node.name in frame.imported:
            return frame.imported[node.name]
        return mend(f"nothing is called {node.name[:80]} here")

    @staticmethod
    def _named(frame: Frame, name: str, value: Any, sort: str) -> Any:
        """Return `value`, and keep it by its name alone where it is what stays."""
        if (sort, name) in frame.known:
            frame.named[name] = value
        return value

    def parameter(self, frame: Frame, name: str) -> Any:
        """Return the value of a parameter: what is given, else its default."""
        return self._once(frame, "parameter", name, self._parameter)

    def variable(self, frame: Frame, name: str) -> Any:
        """Return the value of a variable."""
        return self._once(frame, "variable", name, self._variable)

    def output(self, frame: Frame, name: str) -> Any:
        """Return the value of a deployment's output."""
        return self._once(frame, "output", name, self._output)

    def _once(self, frame: Frame, sort: str, name: str, make: Any) -> Any:
        known = frame.known.get((sort, name), _OPEN)
        if known is not _OPEN:
            return known
        key = (sort, name.lower())
        if key in frame.known:
            return frame.known[key]
        if key in frame.open:
            return Unresolved(f"the {sort} {name[:80]} refers to itself", "mend it")
        frame.open.add(key)
        try:
            found = settled(make(frame, name))
        finally:
            frame.open.discard(key)
        frame.known[key] = frame.known[sort, name] = found
        return found

    def _variable(self, frame: Frame, name: str) -> Any:
        found = frame.variables.get(name.lower())
        if found is None:
            return mend(f"there is no variable {name[:80]}")
        return self.value(found.node, Env(frame))

    def _output(self, frame: Frame, name: str) -> Any:
        key = member(frame.outputs, name)
        if key is None:
            return mend(f"the deployment has no output {name[:80]}")
        return self.value(frame.outputs[key], Env(frame))

    def _parameter(self, frame: Frame, name: str) -> Any:
        declared = frame.parameters.get(name.lower())
        if declared is None:
            return mend(f"there is no parameter {name[:80]}")
        given = frame.given.get(name.lower()) or frame.given.get("")
        if given is not None:
            if given.lazy:
                given.value, given.lazy = settled(self.value(given.node, given.env)), False
            value = given.value
            if value is None and declared.has_default:  # null is as if nothing were given
                return types.told(declared, self.value(declared.default, Env(frame)), written=True)
            return types.told(declared, value, written=given.env is not None or given.by == "")
        if declared.has_default:
            return types.told(declared, self.value(declared.default, Env(frame)), written=True)
        if declared.nullable:
            return None
        return types.not_given(declared, frame)

    def access(self, node: Access, env: Env) -> Any:
        """Return a member or an element."""
        base = self.value(node.base, env)
        if base is None and was_safe(node.base):
            return None
        key = node.key.value if node.key.__class__ is Literal else settled(self.value(node.key, env))
        found = part(base, key, safe=node.safe, from_end=node.from_end)
        if isinstance(key, NOT_KNOWN) and isinstance(found, Unresolved):
            return left_open(found, found.expression, base, self.spend)
        return found

    def nested(self, node: Nested, env: Env) -> Any:
        """Return a resource that is declared inside another."""
        base = self.value(node.base, env)
        return self.world.inside(base, node.name) if isinstance(base, Handle) else base

    def call(self, node: Call, env: Env) -> Any:
        """Return what a function gives."""
        key = node.name.lower()
        if node.of is not None and not (isinstance(node.of, Name) and node.of.name in ("sys", "az")):
            return self.world.method(node, env)
        own = env.frame.functions.get(key)
        if own is not None:
            return self._own(own, node, env)
        if key == "if" and len(node.arguments) == 3:
            return self.chosen(*node.arguments, env)
        asked = self.world.function(key)
        if asked is not None:
            return asked(node, env)
        known = FUNCTIONS.get(key)
        arguments = self._values(node.arguments, env, known.decides if known is not None else None)
        if known is None:
            if isinstance(imported := env.frame.imported.get(node.name), Unresolved):
                return imported
            because = f"tfaudit does not know the function {node.name[:80]}"
            return Unresolved(
                because, "report it, or scan the live subscription", called(node.name, arguments)
            )
        return self.applied(known, node.name, arguments)

    def _values(self, nodes: Iterable[Any], env: Env, decides: Decides) -> list[Any]:
        """Return what nodes come to, with nothing that only stands for something; those up to one that `decides`."""
        found: list[Any] = []
        for node in nodes:
            value = self.value(node, env)
            if value.__class__ not in _PLAIN:
                value = settled(value)
            found.append(value)
            if decides is not None and decides(found):
                break
        return found

    def _own(self, own: Any, node: Call, env: Env) -> Any:
        """Return what a function of the template's own gives."""
        frame, names, body = own
        values = [settled(self.value(each, env)) for each in node.arguments]
        if len(values) != len(names):
            return mend(f"{node.name[:80]} takes {len(names)} arguments, and is given {len(values)}")
        key = ("function", node.name.lower())
        if key in frame.open:  # neither language has recursion
            return Unresolved(f"the function {node.name[:80]} calls itself", "mend it")
        frame.open.add(key)
        try:
            return settled(self.value(body, Env(frame, dict(zip(names, values, strict=False)))))
        finally:
            frame.open.discard(key)

    def applied(self, function: Function, name: str, arguments: list[Any]) -> Any:
        """Return what a known function gives for values."""
        if not function.least <= len(arguments) <= function.most:
            return mend(f"{name[:80]} does not take {len(arguments)} arguments")
        if function.needs != "nothing":
            open_, passed = not_known(arguments, deep=function.needs == "all")
            self.spend(passed)
            if open_ is not None:
                beside = [each for each in arguments if isinstance(each, (dict, list))]
                return left_open(open_, called(name, arguments), beside, self.spend)
        try:
            found = function.call(*arguments)
        except Wrong as error:
            return mend(f"{name[:80]}: {error}")
        self._charge(found)
        return found

    def _charge(self, value: Any) -> None:
        if isinstance(value, str):
            self.spend(len(value) // _CHARACTERS)
        elif isinstance(value, (list, dict)):
            self.spend(len(value))


_VISITS: dict[type, Any] = {
    str: Evaluator.text,
    dict: Evaluator.mapping,
    list: Evaluator.items,
    Array: Evaluator.array,
    Choice: Evaluator.choice,
    Lambda: Evaluator.function,
    Loop: Evaluator.loop,
    Nested: Evaluator.nested,
}
