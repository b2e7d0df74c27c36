"""What sources yield: resources with their places, and what could not be read.

A resource is one raw object of one plane, unchanged but for values that only a later stage of its life will tell:
those are `Unresolved` or `Reference` objects inside its body, so that no reader mistakes them for "not set".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct, field

Plane: TypeAlias = Literal["code", "plan", "manifest", "config", "pipeline", "live"]
"""Where a resource was seen: source code, a plan, a rendered manifest, a configuration file, a pipeline, or running."""

Dialect: TypeAlias = Literal["terraform", "cloudformation", "arm", "kubernetes", "api", "file"]
"""The spelling of a body: a plan and HCL are both `terraform`, a manifest and the cluster's API both `kubernetes`.

`file` is a part of a file that only a rule pack reads: it has a place and no body.
"""

Path: TypeAlias = tuple[str | int, ...]
"""Steps from a body's root to a value, `("spec", "containers", 0, "image")`."""


class Place(Struct, frozen=True):
    """Where a fact stands: a file with line and column (from 1; 0 = not known), or an API call with a field path.

    `origin` is a path relative to the scanned tree, with `/`, or a call such as `rds.describe_db_instances eu-west-1`.
    `at` is the attribute or field path in the document's own words, `versioning_configuration.status`.
    """

    origin: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    at: str = ""

    def __str__(self) -> str:
        """Return `origin:line:column`, or `origin at` for what has no lines."""
        if self.line:
            return f"{self.origin}:{self.line}" + (f":{self.column}" if self.column else "")
        return f"{self.origin} {self.at}" if self.at else self.origin


class Unresolved(Struct, frozen=True):
    """A value that is set, but not known from this input.

    `literal` says that a text which is written down is among the values that it may have.
    """

    because: str
    settle_with: str = ""
    expression: str = ""
    literal: bool = False

    def __str__(self) -> str:
        """Return the expression as written, or a mark for "not known"."""
        return self.expression or "(not known)"


class Reference(Struct, frozen=True):
    """A value that points at another resource of the same scope and is known only once that one exists.

    `address` is that resource's address; `attribute` is what is asked of it, `arn`, or "" where that is not known.
    """

    address: str
    attribute: str = ""

    def __str__(self) -> str:
        """Return the reference as a dotted expression."""
        return f"{self.address}.{self.attribute}" if self.attribute else self.address


class Suppression(Struct, frozen=True):
    """A comment or annotation that asks to leave a finding out: `tfaudit`'s own, or another scanner's.

    `ids` are as written (`cache-requires-tls`, `CKV_AWS_18`, `AVD-AWS-0089`, `*`); `tool` says whose ids they are.
    `until` is a date as written, or "". `path` narrows it to one attribute, () covers the resource; `where` to
    resources whose attributes have these values. `workspace` is the one that it holds in, "" for all. `named` is what
    else it says of itself, by name: `owner`, `approver`, `ticket`, `control`.
    """

    tool: Literal["tfaudit", "checkov", "trivy"]
    ids: tuple[str, ...]
    reason: str
    until: str
    place: Place
    path: Path = ()
    where: tuple[tuple[str, str], ...] = ()
    workspace: str = ""
    named: tuple[tuple[str, str], ...] = ()


WITHOUT_VALUE = "without a value"

UPDATES = "updates"
"""By what the context of a resource, which states a part of another in other words, says whose: that one's address."""


class Origin(Struct, frozen=True):
    """One step of the way that a value came: a name that it was taken from, and what gave that name its value.

    `name` is `var.public`, `local.tags`, `parameter Size`; `value` its value as it may be shown, "" where it may not.
    `by` is what gave it (`its default`, `module "db"`, `--var`), "" where `place` alone says so, `WITHOUT_VALUE` where
    nothing did and `place` is that of its declaration. `place` is None where it stands in no file.
    """

    name: str
    by: str = ""
    place: Place | None = None
    value: str = ""

    def __str__(self) -> str:
        """Return it as part of a sentence: `var.public = true, from production.tfvars:4`."""
        where = self.where
        if self.by == WITHOUT_VALUE:
            return f"{self.name}, declared {WITHOUT_VALUE}" + (f" at {where}" if where else "")
        named = f"{self.name} = {self.value}" if self.value else self.name
        if not self.by:
            return f"{named}, from {where}" if where else named
        return f"{named}, from {self.by}" + (f" at {where}" if where else "")

    @property
    def where(self) -> str:
        """The file with its line, "" for none."""
        if self.place is None:
            return ""
        return f"{self.place.origin}:{self.place.line}" if self.place.line else self.place.origin


Origins: TypeAlias = Callable[[Path, Any], tuple[Origin, ...]]
"""Tells what the value at a path of a body comes from, the nearest first.

It is given the value of the setting that was read there, None for none: of texts, only that is ever shown.
"""

Locator: TypeAlias = Callable[[Path], Place]
"""Tells the place of a path in a body; a path that is not there gets the place of its nearest parent."""


class Resource(Struct):
    """One raw object of one plane.

    `type` is the provider's own word (`aws_db_instance`, `AWS::RDS::DBInstance`, `rds.describe_db_instances`,
    `apps/Deployment`, `core/Service`). `scope` is what addresses are unique in: a root folder, a template file, a
    cluster, an account. `context` carries what holds for the whole call or root (`region`, `account`, `provider`),
    `perhaps` where it is not known whether there is one, and `given_to` where something that is not read is given it:
    why more may belong to it than is declared, and in a second line what settles that.
    `last_line` is that of its block in a file that was parsed without a fault; 0 where there is no such block.
    """

    type: str
    address: str
    body: Mapping[str, Any]
    place: Place
    plane: Plane
    dialect: Dialect
    scope: str = ""
    locate: Locator | None = None
    suppressions: tuple[Suppression, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    origins: Origins | None = None
    last_line: int = 0

    @property
    def perhaps(self) -> bool:
        """Whether it is not known if it will be there at all: its count, or the condition on it, is not known."""
        return "perhaps" in self.context or "@Condition" in self.body

    def origins_of(self, path: Path, value: Any = None) -> tuple[Origin, ...]:
        """Return what the value at `path` comes from, beside what is written there; `value` is how it was read."""
        return () if self.origins is None else self.origins(path, value)

    def lines_of(self, path: Path) -> tuple[str, int, int, int, Path] | None:
        """Return a place in parts, without making it: origin, line, column, last line, and the path that is its `at`.

        None where who locates things cannot tell so. Reports of many places are made of these.
        """
        in_parts = getattr(self.locate, "in_parts", None)
        return None if in_parts is None else in_parts(path)

    def path_in(self, line: int) -> Path:
        """Return the path of what of the body stands in a line of its file, () for nothing of it."""
        todo: list[tuple[Path, Any]] = [((), self.body)]
        while todo:
            path, value = todo.pop()
            if path and self.place_of(path).line == line:
                return path
            if isinstance(value, dict):
                todo += [((*path, name), inner) for name, inner in value.items()]
            elif isinstance(value, list):
                todo += [((*path, number), inner) for number, inner in enumerate(value)]
        return ()

    def place_of(self, path: Path) -> Place:
        """Return where `path` stands, or the resource's own place with the path in `at`."""
        if self.locate is not None:
            return self.locate(path)
        return Place(self.place.origin, self.place.line, self.place.column, self.place.end_line, dotted(path))


class Unread(Struct, frozen=True):
    """Input that was there and could not be read: it makes the scan incomplete.

    `accepted` is the reason for which the configuration takes that gap; it is still shown. `also` are further places of
    the same gap, where it is reported once for all.
    """

    place: Place
    because: str
    settle_with: str = ""
    accepted: str = ""
    also: tuple[Place, ...] = ()


class Limits(Struct, frozen=True):
    """Bounds on hostile input. Sizes in bytes, times in seconds, depths in nested values.

    `parse_seconds` is for one file or root, `scan_seconds` for the whole scan, `live_seconds` for one of what runs: an
    account with ten thousands of things is asked for minutes.
    """

    file_bytes: int = 20_000_000
    depth: int = 100
    nodes: int = 5_000_000
    parse_seconds: float = 20.0
    scan_seconds: float = 600.0
    live_seconds: float = 1800.0
    files: int = 500_000


def dotted(path: Iterable[str | int]) -> str:
    """Return `path` as people write it: `spec.containers[0].image`."""
    if not path:
        return ""
    out = "".join([f"[{step}]" if step.__class__ is int else f".{step}" for step in path])
    return out.removeprefix(".")
