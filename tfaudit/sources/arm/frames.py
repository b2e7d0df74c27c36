"""What stands around expressions: one deployment's parameters, variables, functions and resources.

A frame is made for each deployment: the template that is scanned, and every nested one, linked one or module in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct, field

from tfaudit.model.resources import Place
from tfaudit.sources.arm.ids import Scope

Spot: TypeAlias = Any
"""Where something stands in its file: a path in JSON, an offset in Bicep."""


class Source(Struct):
    """A file that declares: its name, and how places in it are written."""

    name: str
    place: Callable[[Spot], Place]
    language: str = "arm"
    comments: list[Any] = field(default_factory=list)


class Given(Struct):
    """A value that a parameter is given: in terms of `env` where it is a node, by whom, and where that is written.

    `by` is "" where the place says all; the place is that of `spot` in `source`, None for no file.
    """

    value: Any
    by: str = ""
    source: Source | None = None
    spot: Spot = None
    env: Any = None
    node: Any = None
    lazy: bool = False

    @property
    def place(self) -> Place | None:
        """Where it is written, None where that is in no file."""
        return self.source.place(self.spot) if self.source is not None else None


class Parameter(Struct):
    """A parameter as it is declared."""

    name: str
    type: str
    default: Any
    has_default: bool
    secure: bool
    nullable: bool | None
    spot: Spot


class Variable(Struct):
    """A variable as it is declared; `node` is a node of Bicep, or a value of JSON."""

    name: str
    node: Any
    spot: Spot


class Copy(Struct):
    """A loop over a resource or module: how often (`count`), or over what (`source`), and the words for each turn."""

    name: str = ""
    count: Any = None
    source: Any = None
    item: str = ""
    index: str = ""
    test: Any = None


class Declaration(Struct):
    """One resource, module or nested deployment as it is declared.

    `name` is the node of its whole name in JSON, of its last part where there is a parent, and in Bicep. `own` is what
    of its body is part of the resource itself, and `nothing` whether it is a deployment without resources, None before
    somebody has asked for it.
    """

    type: str
    api: str
    name: Any
    body: Any
    spot: Spot
    symbol: str = ""
    existing: bool = False
    condition: Any = None
    copy: Copy | None = None
    scope: Any = None
    parent: Any = None
    within: Declaration | None = None
    children: list[Declaration] = field(default_factory=list)
    module: str = ""
    parameters: Any = None
    spots: Mapping[str, Spot] = field(default_factory=dict)
    own: Any = None
    nothing: bool | None = None


class Frame(Struct):
    """One deployment while it is read: `instance` is the module or nested deployment that it is of, None for none."""

    source: Source
    scope: Scope
    parameters: dict[str, Parameter] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    declarations: list[Declaration] = field(default_factory=list)
    symbols: dict[str, Declaration] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    given: dict[str, Given] = field(default_factory=dict)
    address: str = ""
    depth: int = 0
    outer: Frame | None = None
    instance: Any = None
    known: dict[Any, Any] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)
    open: set[Any] = field(default_factory=set)
    made: dict[tuple[int, int], Any] = field(default_factory=dict)
    imported: dict[str, Any] = field(default_factory=dict)
    profile: str = ""
    single: bool = False
    """Whether what it comes to hangs on how the deployment is called, so that it is that of no other."""

    def mark_single(self) -> None:
        """Tell that what it and those around it come to is that of no other deployment."""
        frame: Frame | None = self
        while frame is not None:
            frame.single = True
            frame = frame.outer


class Env(Struct, frozen=True):
    """What a node is evaluated with: its frame, the words of loops and lambdas, and the turns of loops by name.

    `instance` is the resource in which it stands, where others stand inside of it or around it.
    """

    frame: Frame
    words: Mapping[str, Any] = field(default_factory=dict)
    turns: Mapping[str, Any] = field(default_factory=dict)
    instance: Any = None

    def of(self, instance: Any) -> Env:
        """Return the same inside of a resource."""
        return Env(self.frame, self.words, self.turns, instance)

    def with_words(self, words: Mapping[str, Any]) -> Env:
        """Return the same with more words."""
        return Env(self.frame, {**self.words, **words}, self.turns, self.instance)

    def with_turn(self, name: str, index: Any, *, of_property: bool = False) -> Env:
        """Return the same inside of a loop's turn; that of a resource is also known by no name."""
        turns = {"": index, **self.turns} if of_property else {**self.turns, "": index}
        return Env(self.frame, self.words, {**turns, name.lower(): index}, self.instance)
