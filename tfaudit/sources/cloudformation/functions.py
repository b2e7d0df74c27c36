"""CloudFormation's functions and conditions, three-valued: what a template says, or why that is not known.

The functions are those of
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html; nothing is
looked up outside the template and the values that the user gave.
"""

from __future__ import annotations

import base64
import ipaddress
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from msgspec.structs import replace

from tfaudit.model.resources import Path, Reference, Unresolved
from tfaudit.redaction import may_be_literal
from tfaudit.sources.cloudformation.loops import CHARACTERS, unfolded
from tfaudit.sources.cloudformation.sub import variables
from tfaudit.sources.cloudformation.values import (
    LIVE,
    NO_VALUE,
    Scope,
    TooLarge,
    as_text,
    as_written,
    decided,
    dollar,
    equal,
    joined,
    not_told,
    pendings,
)

_MOST_SUBNETS = 256


class Evaluator:
    """Evaluates the values of one template. `moved` tells where evaluated paths that moved are written."""

    def __init__(self, scope: Scope, nodes: int) -> None:
        """Take the scope, and how many values the template may unfold to."""
        self.scope = scope
        self.moved: dict[Path, Path] = {}
        self._nodes = nodes
        self._conditions: dict[str, bool | Unresolved] = {}
        self._open: set[str] = set()
        self._revealing = False

    def value(self, node: Any, at: Path | None = None, written: Path = ()) -> Any:
        """Return `node` with its functions evaluated, `Unresolved` and `Reference` inside; or `NO_VALUE`.

        `at` is the path that the result will have and `written` where `node` stands; without `at` no places
        are kept. Raises `TooLarge`.
        """
        self.spend(1)
        if isinstance(node, dict):
            if len(node) == 1:
                name, argument = next(iter(node.items()))
                if name == "Fn::If":
                    return self._if(argument, at, written)
                function = _FUNCTIONS.get(name)
                if function is not None:
                    return function(self, argument)
                if str(name).startswith("Fn::") and not str(name).startswith("Fn::ForEach::"):
                    return Unresolved(f"tfaudit does not know the function {name}", LIVE)
            return self._map(node, at, written)
        if isinstance(node, list):
            return self._list(node, at, written)
        return node.isoformat() if isinstance(node, date) else node

    def spend(self, values: int) -> None:
        """Count values against the limit; `TooLarge` where it is passed."""
        self._nodes -= values
        if self._nodes < 0:
            raise TooLarge

    def condition(self, name: str) -> bool | Unresolved:
        """Return whether the condition called `name` holds, or why that is not known."""
        cached = self._conditions.get(name)
        if cached is not None:
            return cached
        if name not in self.scope.conditions:
            return Unresolved(f"the template has no condition {name}", "define it")
        if name in self._open:
            return Unresolved(f"the condition {name} refers to itself", "mend it")
        self._open.add(name)
        revealing, self._revealing = self._revealing, True
        try:
            found = self._test(self.scope.conditions[name])
        finally:
            self._open.discard(name)
            self._revealing = revealing
        if isinstance(found, Unresolved):
            found = Unresolved(f"the condition {name} is not known: {found.because}", found.settle_with)
        self._conditions[name] = found
        return found

    def _map(self, node: dict[Any, Any], at: Path | None, written: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name, inner, place in unfolded(self, node, written):
            if name == "Fn::Transform":  # beside other properties: what it sets is not known
                result["@Transform"] = self.transform(inner)
                continue
            below = None if at is None else (*at, name)
            if below is not None and place != (*written, name):
                self.moved[below] = place
            value = self.value(inner, below, place)
            if value is not NO_VALUE:
                result[name] = value
        return result

    def _list(self, node: list[Any], at: Path | None, written: Path) -> list[Any]:
        result: list[Any] = []
        for index, inner in enumerate(node):
            below = None if at is None else (*at, len(result))
            if below is not None and len(result) != index:
                self.moved[below] = (*written, index)
            value = self.value(inner, below, (*written, index))
            if value is not NO_VALUE:
                result.append(value)
        return result

    def _if(self, argument: Any, at: Path | None, written: Path) -> Any:
        if not (isinstance(argument, list) and len(argument) == 3 and isinstance(argument[0], str)):
            return Unresolved("Fn::If wants a condition and two values", "mend it")
        stated = self.condition(argument[0])
        if isinstance(stated, Unresolved):
            first, second = self.value(argument[1]), self.value(argument[2])
            if first is second or (first == second and next(pendings(first), None) is None):
                return first
            return replace(stated, literal=any(map(may_be_literal, (first, second))))
        branch = 1 if stated else 2
        place = (*written, "Fn::If", branch)
        if at is not None:
            self.moved[at] = place
        return self.value(argument[branch], at, place)

    def _test(self, node: Any) -> bool | Unresolved:
        """Return whether the condition expression `node` holds, by Kleene's three-valued logic."""
        self.spend(1)
        if isinstance(node, bool):
            return node
        if isinstance(node, dict) and len(node) == 1:
            name, argument = next(iter(node.items()))
            if name == "Condition":
                return self.condition(str(argument))
            arguments = argument if isinstance(argument, list) else [argument]
            if name == "Fn::Equals" and len(arguments) == 2:
                return equal(self.value(arguments[0]), self.value(arguments[1]))
            if name == "Fn::Not" and len(arguments) == 1:
                stated = self._test(arguments[0])
                return stated if isinstance(stated, Unresolved) else not stated
            if name in ("Fn::And", "Fn::Or"):
                return decided([self._test(each) for each in arguments], name == "Fn::Or")
        return Unresolved("tfaudit does not understand its expression", "check it by hand")

    def ref(self, argument: Any) -> Any:
        """Return what `Ref` gives for a name: a parameter's value or a `Reference` to a resource."""
        name = self.value(argument)
        if not isinstance(name, str):
            return name if isinstance(name, Unresolved) else Unresolved("Ref wants a name", "mend it")
        if name == "AWS::NoValue":
            return NO_VALUE
        if self._revealing and name in self.scope.secrets:
            return self.scope.secrets[name]
        if name in self.scope.parameters:
            value = self.scope.parameters[name]
            return [*value] if isinstance(value, list) else value
        if name in self.scope.resources:
            return Reference(name)
        if name.startswith("AWS::"):
            return Unresolved(
                f"{name} is known only where the stack is deployed",
                f"pass --parameter {name}=...",
                dollar(name),
            )
        if self.scope.transformed:
            return Unresolved(f"{name} is made by the template's transform", LIVE, dollar(name))
        return Unresolved(f"nothing in the template is called {name}", "define it", dollar(name))

    def get_att(self, argument: Any) -> Any:
        """Return the `Reference` that `Fn::GetAtt` makes, from its dotted or its list form."""
        parts = argument.split(".", 1) if isinstance(argument, str) else self.value(argument)
        if isinstance(parts, Unresolved):
            return parts
        unresolved = (
            next((each for each in parts if isinstance(each, Unresolved)), None)
            if isinstance(parts, list)
            else None
        )
        if unresolved is not None:
            return unresolved
        if not isinstance(parts, list) or len(parts) < 2 or not all(isinstance(each, str) for each in parts):
            return Unresolved("Fn::GetAtt wants a logical id and an attribute", "mend it")
        name, attribute = parts[0], ".".join(parts[1:])
        if name not in self.scope.resources and not self.scope.transformed:
            return Unresolved(
                f"nothing in the template is called {name}", "define it", dollar(f"{name}.{attribute}")
            )
        return Reference(name, attribute)

    def sub(self, argument: Any) -> Any:
        """Return `Fn::Sub`'s text; the reference itself where it is nothing but one."""
        arguments = [self.value(each) for each in argument] if isinstance(argument, list) else [argument]
        text, own = [*arguments, {}, {}][:2]
        if not isinstance(text, str) or not isinstance(own, dict):
            return text if isinstance(text, Unresolved) else Unresolved("Fn::Sub wants a text", "mend it")
        parts: list[Any] = []
        end = 0
        for start, stop, name, literal in variables(text):
            parts.append(text[end:start])
            end = stop
            parts.append(f"${{{name}}}" if literal else self._variable(name, own))
        parts.append(text[end:])
        return self._joined([part for part in parts if part != ""], "")

    def _variable(self, name: str, own: Mapping[str, Any]) -> Any:
        if name in own:
            return own[name]
        if "." in name and not name.startswith("AWS::"):
            return self.get_att(name)
        value = self.ref(name)
        return self._joined(value, ",") if isinstance(value, list) else value

    def join(self, argument: Any) -> Any:
        """Return `Fn::Join`'s text."""
        arguments = self._arguments(argument, 2)
        if isinstance(arguments, Unresolved):
            return arguments
        delimiter, parts = arguments[:2]
        if isinstance(parts, (Unresolved, Reference)):
            return not_told(parts, str(parts))
        if not isinstance(parts, list) or not isinstance(delimiter, str):
            return Unresolved("Fn::Join wants a delimiter and a list", "mend it")
        return self._joined(parts, delimiter)

    def select(self, argument: Any) -> Any:
        """Return the element that `Fn::Select` names."""
        arguments = self._arguments(argument, 2)
        if isinstance(arguments, Unresolved):
            return arguments
        index, items = arguments[:2]
        if isinstance(index, (Unresolved, Reference)) or isinstance(items, (Unresolved, Reference)):
            pending = index if isinstance(index, (Unresolved, Reference)) else items
            return not_told(pending, f"Fn::Select [{index}, {pending}]")
        if not isinstance(items, list) or not str(index).isdecimal() or int(index) >= len(items):
            return Unresolved("Fn::Select names an element that is not there", "mend it")
        return items[int(index)]

    def split(self, argument: Any) -> Any:
        """Return the list that `Fn::Split` makes."""
        arguments = self._arguments(argument, 2)
        if isinstance(arguments, Unresolved):
            return arguments
        delimiter, text = arguments[:2]
        if isinstance(text, (Unresolved, Reference)):
            return not_told(text, f"Fn::Split [{delimiter}, {text}]")
        if not isinstance(delimiter, str) or not delimiter or not isinstance(text, str):
            return Unresolved("Fn::Split wants a delimiter and a text", "mend it")
        return text.split(delimiter)

    def find_in_map(self, argument: Any) -> Any:
        """Return the value that `Fn::FindInMap` finds, or the default that its fourth argument gives."""
        arguments = self._arguments(argument, 3)
        if isinstance(arguments, Unresolved):
            return arguments
        pending = next((each for each in arguments[:3] if isinstance(each, (Unresolved, Reference))), None)
        if pending is not None:
            return not_told(pending, "")
        found: Any = self.scope.mappings
        for each in arguments[:3]:
            found = found.get(as_text(each)) if isinstance(found, dict) else None
        if found is not None:
            return self.value(found)
        if len(arguments) > 3 and isinstance(arguments[3], dict) and "DefaultValue" in arguments[3]:
            return arguments[3]["DefaultValue"]
        shown = arguments[:1] if self._revealing else arguments[:3]  # a condition may look a secret up
        path = ".".join(as_text(each)[:80] for each in shown)
        return Unresolved(f"the template's mappings have no {path}", "add it, or give another parameter")

    def base64(self, argument: Any) -> Any:
        """Return the text in base64."""
        text = self.value(argument)
        if isinstance(text, (Unresolved, Reference)):
            return not_told(text, f"Fn::Base64 {text}")
        self.spend(len(as_text(text)) // CHARACTERS)
        return base64.b64encode(as_text(text).encode()).decode()

    def cidr(self, argument: Any) -> Any:
        """Return the address blocks that `Fn::Cidr` cuts: block, count, and host bits of each."""
        arguments = self._arguments(argument, 2)
        if isinstance(arguments, Unresolved):
            return arguments
        block, count, bits = [*arguments, 8][:3]
        pending = next(
            (each for each in (block, count, bits) if isinstance(each, (Unresolved, Reference))), None
        )
        if pending is not None:
            return not_told(pending, "")
        try:
            network = ipaddress.ip_network(str(block), strict=False)
            wanted = min(int(count), _MOST_SUBNETS)
            subnets = network.subnets(new_prefix=network.max_prefixlen - int(bits))
            return [str(subnet) for subnet, _ in zip(subnets, range(wanted), strict=False)]
        except ValueError:
            return Unresolved(f"Fn::Cidr cannot cut {str(block)[:40]!r} like that", "mend it")

    def get_azs(self, argument: Any) -> Any:  # noqa: ARG002 - every function is called with its argument
        """Return why availability zones are not known."""
        return Unresolved("the zones of a region are known only where the stack is deployed", LIVE)

    def import_value(self, argument: Any) -> Any:
        """Return why a value of another stack, by the name of its export or output, is not known."""
        name = self.value(argument)
        name = name.get("OutputName") if isinstance(name, dict) else name
        return Unresolved(f"it is exported by another stack as {as_written(name)[:80]}", LIVE)

    def transform(self, argument: Any) -> Any:
        """Return why what a macro makes is not known."""
        name = argument.get("Name", "") if isinstance(argument, dict) else ""
        return Unresolved(f"the macro {str(name)[:80]} makes it at deployment", LIVE)

    def length(self, argument: Any) -> Any:
        """Return how many elements a list has."""
        items = self.value(argument)
        if isinstance(items, (Unresolved, Reference)):
            return not_told(items, "")
        return len(items) if isinstance(items, list) else Unresolved("Fn::Length wants a list", "mend it")

    def to_json_string(self, argument: Any) -> Any:
        """Return the value as JSON text."""
        value = self.value(argument)
        pending = next(pendings(value), None)
        if pending is not None:
            return not_told(pending, "")
        self.spend(_characters(value) // CHARACTERS)
        return json.dumps(value, separators=(",", ":"))

    def _joined(self, parts: list[Any], delimiter: str) -> Any:
        lengths = sum(len(part) if isinstance(part, str) else 16 for part in parts)
        self.spend((lengths + len(delimiter) * len(parts)) // CHARACTERS)
        return joined(parts, delimiter)

    def _arguments(self, argument: Any, least: int) -> list[Any] | Unresolved:
        arguments = self.value(argument)
        if isinstance(arguments, Unresolved):
            return arguments
        if not isinstance(arguments, list) or len(arguments) < least:
            return Unresolved(f"a function wants at least {least} arguments here", "mend it")
        return arguments


def _characters(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(str(key)) + _characters(inner) for key, inner in value.items())
    if isinstance(value, list):
        return sum(_characters(each) for each in value)
    return len(value) if isinstance(value, str) else 8


_Function: TypeAlias = Callable[[Evaluator, Any], Any]
_FUNCTIONS: Mapping[str, _Function] = {
    "Ref": Evaluator.ref,
    "Fn::Base64": Evaluator.base64,
    "Fn::Cidr": Evaluator.cidr,
    "Fn::FindInMap": Evaluator.find_in_map,
    "Fn::GetAZs": Evaluator.get_azs,
    "Fn::GetAtt": Evaluator.get_att,
    "Fn::GetStackOutput": Evaluator.import_value,
    "Fn::ImportValue": Evaluator.import_value,
    "Fn::Join": Evaluator.join,
    "Fn::Length": Evaluator.length,
    "Fn::Select": Evaluator.select,
    "Fn::Split": Evaluator.split,
    "Fn::Sub": Evaluator.sub,
    "Fn::ToJsonString": Evaluator.to_json_string,
    "Fn::Transform": Evaluator.transform,
}
