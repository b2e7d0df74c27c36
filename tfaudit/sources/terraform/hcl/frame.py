"""Where an expression is evaluated, and what evaluating needs of a module's scope and of its root's run.

A frame carries all of it, so that the modules which make something of expressions need to know frames alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.modules import Module
from tfaudit.sources.terraform.hcl.reader import Reader
from tfaudit.sources.terraform.hcl.reads import Reads
from tfaudit.sources.terraform.hcl.syntax import Block, Expression, source_text
from tfaudit.sources.terraform.hcl.values import SETTLE_APPLY, Failed

MAX_DEPTH = 400


class Exhausted(Exception):
    """A root takes more steps to evaluate than is allowed."""


class Evaluation(Protocol):
    """What evaluating needs of a root's run, which `run.Run` documents."""

    kinds: Kinds
    steps: int
    rounds: int
    depth: int
    trying: bool
    variables: dict[str, Any]
    chosen: dict[tuple[int, int], int]
    secrets: set[str]
    marked: set[str]
    reads: Reads
    reader: Reader

    def template(self, content: str) -> list[str | Expression] | None:
        """Return the parts of a template that stands outside of the code, None where it is not valid."""

    def attribute(self, reference: Reference, key: Any) -> Any:
        """Return an attribute of what `reference` points at."""

    def declared(self, reference: Reference) -> Any:
        """Return the literal that the target of `reference` declares for the attribute, else `reference` itself."""


class Surroundings(Protocol):
    """What evaluating needs of a module as one call makes it, which is a `scopes.Scope`."""

    @property
    def run(self) -> Evaluation:
        """The evaluation of the root that the module belongs to."""

    @property
    def module(self) -> Module:
        """The module as it is written."""

    @property
    def prefix(self) -> str:
        """Its address with a dot at the end, "" for the root."""

    @property
    def frame(self) -> Frame:
        """Where its own expressions are evaluated."""

    def name(self, name: str, steps: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return what a root name with its first steps means, and the steps left."""

    def given(self, name: str) -> Any:
        """Return what a variable is given from outside or by the call, `ABSENT` for nothing."""

    def root_folder(self) -> str:
        """Return the folder of the root module in the tree, "" for its top."""

    def calls(self) -> Iterator[Block]:
        """Yield the module calls that this scope is made by, innermost first."""


class Frame:
    """Where an expression is evaluated: a module's scope, and the names that hold there (`each`, iterators ...)."""

    __slots__ = ("names", "scope")
    in_module = True
    """Whether the names of the module hold there: in a template, they do not."""

    def __init__(self, scope: Surroundings, names: dict[str, Any]) -> None:
        """Bind a scope and names."""
        self.scope = scope
        self.names = names

    def within(self, names: dict[str, Any]) -> Frame:
        """Return a frame with more names."""
        return type(self)(self.scope, {**self.names, **names})

    def name(self, name: str, steps: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return what a root name with its first steps means, and the steps left."""
        if name in self.names:
            return self.names[name], steps
        return self.scope.name(name, steps)

    def value(self, expression: Expression) -> Any:
        """Return the value of `expression`; `Exhausted` when the root has used up its steps."""
        run = self.scope.run
        run.steps -= 1
        if run.steps < 0:
            raise Exhausted
        run.depth += 1
        try:
            if run.depth > MAX_DEPTH:
                return Unresolved(
                    "its expression is nested too deeply", SETTLE_APPLY, source_text(expression)
                )
            value = run.kinds[expression[0]](expression, self)
            return _whole(value, expression) if run.trying and isinstance(value, (list, dict)) else value
        finally:
            run.depth -= 1


def next_round(frame: Frame, written: str) -> Unresolved | None:
    """Count one more round of a loop; why its value is not known, once all loops of the root have had too many."""
    run = frame.scope.run
    run.rounds -= 1
    if run.rounds >= 0:
        return None
    return Unresolved("the loops of its root go round too often", SETTLE_APPLY, written)


Kinds: TypeAlias = Mapping[str, Callable[[Expression, Frame], Any]]
"""What gives the value of each kind of expression."""


def _whole(value: Any, expression: Expression) -> Any:
    """Return a collection, or why it cannot be computed where that is so of a part of it."""
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, Failed):
            return Failed(part.because, part.settle_with, source_text(expression))
    return value
