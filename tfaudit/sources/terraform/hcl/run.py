"""One root's evaluation: its bounds, what is given to it, what was met on the way, and what references lead to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from msgspec import Struct, field

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.computed import COMPUTED, computed
from tfaudit.sources.terraform.hcl.frame import Frame, Kinds, Surroundings
from tfaudit.sources.terraform.hcl.module_places import Places
from tfaudit.sources.terraform.hcl.modules import Module
from tfaudit.sources.terraform.hcl.reader import Reader
from tfaudit.sources.terraform.hcl.reads import Reads
from tfaudit.sources.terraform.hcl.syntax import Block, Expression
from tfaudit.sources.terraform.hcl.values import (
    SETTLE_APPLY,
    Circular,
    Document,
    Failed,
    heavier,
    is_known,
    text_of,
)

MAX_PARTS = 20_000
_IDENTIFYING = frozenset({"id", "arn", "name", "bucket", "identifier", "json", "key_id", "self_link"})
_IDENTIFYING_ENDS = ("_id", "_ids", "_arn", "_arns", "_name", "_names", "_identifier")

Target: TypeAlias = "tuple[Surroundings, Block, dict[str, Any]]"
"""One instance of a block: the scope that declares it, the block, and the names that hold for the instance."""


class Missing(Struct, frozen=True):
    """A module call that leads nowhere, and why; `source` is what it has in common with other calls, "" for nothing."""

    call: Block
    because: str
    settle_with: str
    source: str = ""


class Run(Struct):
    """One root's evaluation: what is given from outside, the bounds, and what was met on the way.

    `load` gives the module of a folder of the tree, None where there is none. `places` tells which folder a call leads
    to; `notes` are what a reader has to know of that, by place. `reads` are the files that expressions name, `reader`
    reads templates, and `kinds` give the values of expressions. `empty` are the addresses of blocks that make nothing,
    with the values at hand. While `trying`, a collection of which a part cannot be computed cannot be computed either:
    otherwise its other parts are kept. `given` are the addresses and texts that a module which is not there gets, with
    the module's address. `secrets` are the texts that stand under names of secrets, `marked` those that the code marks
    by `sensitive()`. `chosen` tells the result that a condition, by the ids of its scope and its expression, chose
    last: 5 or 6. `rounds` is how often loops may still go round: within one another they would take all `steps`, and
    with them the resources that have nothing to do with loops.
    """

    load: Callable[[str], Module | None]
    variables: dict[str, Any]
    workspace: str
    steps: int
    rounds: int
    reads: Reads
    reader: Reader
    kinds: Kinds
    places: Places
    depth: int = 0
    trying: bool = False
    scopes: int = 0
    empty: list[str] = field(default_factory=list)
    active: set[Any] = field(default_factory=set)
    chosen: dict[tuple[int, int], int] = field(default_factory=dict)
    templates: dict[str, list[str | Expression] | None] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    missing: dict[tuple[str, int], Missing] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    notes: dict[tuple[str, int], tuple[Block, str, str]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)

    def once(self, key: Any, compute: Callable[[], Any], name: str) -> Any:
        """Return `compute()`, or why not where it leads back to itself or grows beyond measure."""
        if key in self.active:
            return Circular(f"{name} refers to itself", "break the cycle", name)
        self.active.add(key)
        trying, self.trying = self.trying, False
        try:
            value = compute()
        finally:
            self.active.discard(key)
            self.trying = trying
        inner = value.value if isinstance(value, Document) else value
        if isinstance(inner, (dict, list)) and heavier(inner, MAX_PARTS):
            return Unresolved(f"{name} is too large", SETTLE_APPLY, name)
        return value

    def template(self, content: str) -> list[str | Expression] | None:
        """Return the parts of a template that stands outside of the code, None where it is not valid."""
        if content not in self.templates:
            self.templates[content] = self.reader.template("template", content) or None
        return self.templates[content]

    def attribute(self, reference: Reference, key: Any) -> Any:
        """Return an attribute of what `reference` points at: its declared value unless it is what others name it by."""
        if isinstance(key, (Unresolved, Reference)):
            key = "*"
        if reference.attribute:
            step = f"[{key}]" if isinstance(key, int) else f".{key}"
            return Reference(reference.address, reference.attribute + step)
        name = text_of(key)
        pointer = Reference(reference.address, name)
        if name in _IDENTIFYING or name.endswith(_IDENTIFYING_ENDS):
            return pointer
        value = self.declared(pointer)
        return value if is_known(value) or isinstance(value, Failed) else pointer

    def declared(self, reference: Reference) -> Any:
        """Return the literal that the target of `reference` declares for the attribute, else `reference` itself."""
        target = self.targets.get(reference.address)
        if target is None or not reference.attribute:
            return reference
        scope, block, names = target
        name = reference.attribute
        if block.type == "data" and block.labels[0] in COMPUTED:
            asked = partial(computed, block, name, Frame(scope, names))
            value = self.once((reference.address, name), asked, str(reference))
            return reference if value is None else value
        bucket = block.labels[0] == "aws_s3_bucket" and block.type == "resource" and name in ("id", "arn")
        found = block.attributes.get("bucket" if bucket else name)
        if found is None:
            return reference
        key = (reference.address, name)
        value = self.once(key, partial(Frame(scope, names).value, found[1]), str(reference))
        if not is_known(value) or value is None:
            return reference
        # docs.aws.amazon.com/service-authorization: a bucket's ARN holds its name alone.
        return f"arn:aws:s3:::{value}" if bucket and name == "arn" else value
