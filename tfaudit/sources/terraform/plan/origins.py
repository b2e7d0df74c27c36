"""Where the values of a plan come from: the variables and locals that its configuration says they refer to.

A plan has no lines: what is reported is the name, what gives it its value, and that value, which the plan holds for the
variables of the root.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.resources import WITHOUT_VALUE, Origin, Path, Place
from tfaudit.redaction import doubtful_name
from tfaudit.sources.terraform.plan.configuration import Configuration, longest, references_of
from tfaudit.sources.text.origins import shown

MAX_ORIGINS = 12
_MAX_HOPS = 20
_LONGEST = 120
_OVER = {"each": "for_each_expression", "count": "count_expression"}


class Origins:
    """Tells what the values of one plan come from."""

    def __init__(self, configuration: Configuration, variables: Mapping[str, Any], origin: str) -> None:
        """Follow references through `configuration`; `variables` are those of the plan called `origin`."""
        self._configuration = configuration
        self._variables = variables
        self._origin = origin

    def of(self, module: str, written: Mapping[str, Any], path: Path, read: Any) -> tuple[Origin, ...]:
        """Return what the value at `path` comes from, of a resource in `module` that is `written` so."""
        if not path:
            return ()
        hidden = any(doubtful_name(str(step)) for step in path)
        expressions = written.get("expressions")
        found = _at(expressions if isinstance(expressions, dict) else {}, path)
        references: list[str] = []
        for name in references_of(found):  # of blocks, it is not known which part of them counts
            over = _OVER.get(name.partition(".")[0])
            references += [name] if over is None else references_of(written.get(over))
        origins: dict[Origin, None] = {}
        for origin in self._followed(module, longest(references), read, hidden, 0):
            origins[origin] = None
            if len(origins) == MAX_ORIGINS:
                break
        return tuple(origins)

    def _followed(
        self, module: str, references: list[str], read: Any, hidden: bool, hops: int
    ) -> Iterator[Origin]:
        if hops > _MAX_HOPS:
            return
        for reference in references:
            kind, _, rest = reference.partition(".")
            name = rest.partition(".")[0].partition("[")[0]
            if kind == "local" and name:
                yield Origin(f"local.{rest}"[:_LONGEST], "", Place(self._origin))
            elif kind == "var" and name:
                yield from self._variable(module, name, rest, (read, hidden, hops))

    def _variable(self, module: str, name: str, rest: str, asked: tuple[Any, bool, int]) -> Iterator[Origin]:
        read, hidden, hops = asked
        declared = self._configuration.variable(module, name)
        hidden = hidden or doubtful_name(rest) or declared.get("sensitive") is True
        stated = f"var.{rest}"[:_LONGEST]
        place = Place(self._origin)
        if not module:
            held = self._variables.get(name)
            if not isinstance(held, dict) or "value" not in held:
                yield Origin(stated, WITHOUT_VALUE, place)
                return
            value = held["value"] if rest == name else None
            is_told = not hidden and (rest == name and not isinstance(value, (dict, list)))
            yield Origin(stated, "", place, shown(value, (), read) if is_told else "")
            return
        parent, call, argument = self._configuration.argument(module, name)
        by = f'module "{call}"' if argument else "its default"
        constant = argument or {"constant_value": declared.get("default")}
        value = constant.get("constant_value", ...) if rest == name else ...
        yield Origin(stated, by, place, "" if hidden or value is ... else shown(value, (), read))
        yield from self._followed(parent, longest(references_of(argument)), read, hidden, hops + 1)


def _at(expression: Any, path: Path) -> Any:
    """Return how the value at `path` is written, or the nearest that is; None where nothing is."""
    for step in path:
        if isinstance(expression, dict):
            if "references" in expression or "constant_value" in expression:
                return expression
            expression = expression.get(step)
        elif isinstance(expression, list) and isinstance(step, int) and expression:
            expression = expression[step if step < len(expression) else 0]  # one dynamic block, many elements
    return expression
