"""Where the values of a template come from: parameters, mappings, and the conditions that chose between them.

Nothing is kept while a template is read: what is asked for is looked up in the template as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tfaudit.model.resources import WITHOUT_VALUE, Origin, Path, Place, Resource, Unresolved
from tfaudit.redaction import doubtful_name
from tfaudit.sources.cloudformation.sub import variables
from tfaudit.sources.cloudformation.values import TooLarge, as_text
from tfaudit.sources.text.origins import shown

if TYPE_CHECKING:
    from tfaudit.sources.cloudformation.functions import Evaluator

MAX_ORIGINS = 12
_MAX_NODES = 2_000
_LONGEST = 120


class Given(Struct, frozen=True):
    """What a template is given: values of parameters, and where from: the configuration, or a stack in the tree.

    `stated_in` maps names to the configuration's; those that `stacks` maps to a stack are given by it. The others are
    given by options.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    stated_in: Mapping[str, str] = field(default_factory=dict)
    stacks: Mapping[str, Resource] = field(default_factory=dict)


class Origins:
    """Tells what the values of one template come from."""

    def __init__(
        self, template: Mapping[str, Any], given: Given, evaluator: Evaluator, place: Callable[[Path], Place]
    ) -> None:
        """Look things up in `template`; `place` tells where a path of it stands."""
        self._template = template
        self._given = given
        self._evaluator = evaluator
        self._place = place

    def of(self, written: Path, path: Path, read: Any) -> tuple[Origin, ...]:
        """Return what the value that is written at `written` comes from; `path` is that in the body."""
        hidden = any(doubtful_name(str(step)) for step in path)
        found: dict[Origin, None] = {}
        for name in self._names(written):
            for each in self._origins(*name, read, hidden):
                found[each] = None
            if len(found) >= MAX_ORIGINS:
                break
        return tuple(found)[:MAX_ORIGINS]

    def _names(self, written: Path) -> Iterator[tuple[str, Path]]:
        """Yield the parameters and mapped values at `written`, each once, as a section with the path in it."""
        node: Any = self._template
        todo: list[Any] = []
        for step in written:
            if isinstance(node, dict) and step in node:
                if step == "Fn::If" and isinstance(node[step], list):
                    todo.append({"Condition": node[step][0]})
                node = node[step]
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                node = node[step]
            elif isinstance(node, dict) and not _is_function(node):
                return  # a map in which nothing of that name is written
            else:
                break
        # The elements of a list decide together; of a map it is not known which part did.
        written_here = node if isinstance(node, list) else [node]
        yield from self._mentioned([*todo, *filter(_is_function, written_here)])

    def _mentioned(self, nodes: list[Any]) -> Iterator[tuple[str, Path]]:
        todo = nodes[::-1]
        seen: set[Any] = set()
        left = _MAX_NODES
        while todo and left:
            left -= 1
            node = todo.pop()
            if isinstance(node, list):
                todo += reversed(node)
            elif isinstance(node, dict):
                for name, argument in reversed(node.items()):
                    condition = self._condition(name, argument)
                    if condition in seen:
                        continue
                    found = [each for each in self._named(name, argument) if each not in seen]
                    yield from found
                    seen.update(found)
                    if condition:
                        seen.add(condition)
                        todo.append(self._section("Conditions").get(condition))
                    todo += reversed(self._below(name, argument))

    def _section(self, name: str) -> Mapping[str, Any]:
        section = self._template.get(name)
        return section if isinstance(section, dict) else {}

    @staticmethod
    def _condition(name: str, argument: Any) -> str:
        """Return the condition that a function names, "" for none."""
        if name == "Fn::If" and isinstance(argument, list) and argument:
            argument = argument[0]
        elif name != "Condition":
            return ""
        return argument if isinstance(argument, str) else ""

    def _named(self, name: str, argument: Any) -> Iterator[tuple[str, Path]]:
        """Yield the parameters and mapped values that a function itself names."""
        if name == "Ref" and isinstance(argument, str):
            yield from self._parameter(argument)
        elif name == "Fn::Sub":
            text = argument[0] if isinstance(argument, list) and argument else argument
            for _, _, each, literal in variables(text) if isinstance(text, str) else ():
                if not literal:
                    yield from self._parameter(each)
        elif name == "Fn::FindInMap" and isinstance(argument, list):
            try:
                keys = [self._evaluator.value(each) for each in argument[:3]]
            except (TooLarge, RecursionError):
                return
            if all(isinstance(each, (str, int)) for each in keys):
                yield "Mappings", tuple(as_text(each) for each in keys)

    def _parameter(self, name: str) -> Iterator[tuple[str, Path]]:
        if name in self._section("Parameters"):
            yield "Parameters", (name,)

    def _below(self, name: str, argument: Any) -> list[Any]:
        """Return the nodes in a function's argument that count: of `Fn::If` the branch that is taken."""
        if name != "Fn::If" or not isinstance(argument, list) or len(argument) != 3:
            return [argument] if isinstance(argument, (dict, list)) else []
        try:
            holds = self._evaluator.condition(str(argument[0]))
        except (TooLarge, RecursionError):
            return []
        return argument[1:] if isinstance(holds, Unresolved) else [argument[1 if holds else 2]]

    def _origins(self, section: str, path: Path, read: Any, hidden: bool) -> Iterator[Origin]:
        if section == "Mappings":
            value: Any = self._section(section)
            for step in path:
                value = value.get(step) if isinstance(value, dict) else None
            named = "mapping " + ".".join(map(str, path))
            stated = "" if hidden or value is None else shown(value, map(str, path), read)
            yield Origin(named[:_LONGEST], "", self._place((section, *path)), stated)
            return
        name = str(path[0])
        declared = self._section(section).get(name)
        is_secret = isinstance(declared, dict) and str(declared.get("NoEcho", "")).lower() == "true"
        value = self._evaluator.scope.parameters.get(name)
        hidden = hidden or is_secret or value is None or isinstance(value, Unresolved)
        yield from self._of_parameter(name, declared, "" if hidden else shown(value, (name,), read), read)

    def _of_parameter(self, name: str, declared: Any, value: str, read: Any) -> Iterator[Origin]:
        named = f"parameter {name}"[:_LONGEST]
        stack = self._given.stacks.get(name)
        if stack is not None:
            at = ("Parameters", name)
            yield Origin(named, f"the stack {stack.address}"[:_LONGEST], stack.place_of(at), value)
            yield from stack.origins_of(at, read if value else None)
        elif name in self._given.values:
            yield Origin(named, self._given.stated_in.get(name, "--parameter"), None, value)
        else:
            members = declared if isinstance(declared, dict) else {}
            member = next((each for each in ("Default", "AllowedValues") if each in members), "")
            if member == "AllowedValues" and len(members[member] or ()) != 1:
                member = ""
            place = self._place(("Parameters", name, member) if member else ("Parameters", name))
            by = {"Default": "its default", "": WITHOUT_VALUE}.get(member, "its only allowed value")
            yield Origin(named, by, place, value if member else "")


def _is_function(node: Any) -> bool:
    if not isinstance(node, dict) or len(node) != 1:
        return False
    name = str(next(iter(node)))
    return name in ("Ref", "Condition") or name.startswith("Fn::")
