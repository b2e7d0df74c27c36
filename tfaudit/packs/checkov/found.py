"""What checkov's runners found in files, as verdicts: on our own resource where we read one, else on the place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from msgspec.structs import replace

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Place, Plane, Resource, Suppression, Unresolved
from tfaudit.model.verdicts import Policy, Verdict
from tfaudit.packs.checkov.formats import PLANES
from tfaudit.packs.checkov.verdicts import about, asset, path_of, verdict

_LEFT_OPEN = "checkov leaves it open on these values"
_GRAPH = "CKV2_"
_DECIDED = ("pass", "fail")
_SKIPPED = "checkov does not judge what is skipped"
_PART = re.compile(r"\$\{([^{}]*)\}")
_PSEUDO = "AWS::"


class Placed:
    """Finds the resource of ours that a record is about, and makes one where there is none."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        """Take everything that was read."""
        self._names: dict[tuple[str, str], Resource] = {}
        self._lines: dict[tuple[str, str, int], Resource] = {}
        self._of_file: dict[str, set[str]] = {}
        for each in resources:
            if each.plane != "live" and each.dialect in ("cloudformation", "arm"):
                origin, type_ = each.place.origin, each.type.lower()
                self._names.setdefault((origin, f"{type_}.{each.address.lower()}"), each)
                self._lines.setdefault((origin, type_, each.place.line), each)
                if each.dialect == "cloudformation":
                    self._of_file.setdefault(origin, set()).add(each.address)
        self._made: dict[tuple[str, str, str], Resource] = {}

    def is_there(self, value: Unresolved, origin: str) -> bool:
        """Whether a value of a template is a text of which only deployment tells a part, as it tells a reference.

        Its parts are what CloudFormation itself fills in, an account or a region, and what the template makes.
        """
        own = self._of_file.get(origin, set())
        parts = [each.partition(".")[0] for each in _PART.findall(value.expression)]
        return bool(parts) and all(each.startswith(_PSEUDO) or each in own for each in parts)

    def resource(self, framework: str, row: tuple[Any, ...]) -> Resource:
        """Return the resource of a row; the lines tell apart what has the same name."""
        file, first, last, name = row[:4]
        # Of a resource of ARM we have what its name comes to, and checkov the expression: the lines are the same.
        known = self._names.get((file, name.lower())) or self._lines.get(
            (file, ".".join(name.lower().split(".")[:2]), first)
        )
        if known is not None:
            return known
        label = name.removeprefix(f"/{file}").lstrip(".") or file
        key = (framework, file, f"{label}:{first}")
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Resource(
                f"{framework}.{label.partition('.')[0] or framework}",
                f"{file}:{label}" if label != file else file,
                {},
                Place(file, first, 0, last),
                cast("Plane", PLANES.get(framework, "pipeline")),
                "file",
                file,
            )
        return made


def verdicts(
    framework: str,
    rows: Iterable[tuple[Any, ...]],
    placed: Placed,
    policies: Mapping[str, Policy],
    like: Mapping[tuple[str, str, str], Asset],
) -> Iterator[Verdict]:
    """Yield what one of checkov's runners found as verdicts; what a comment skips has that comment beside it."""
    assets: dict[int, Asset] = {}
    for row in rows:
        file, first, _, _, check, outcome, keys, skip = row
        policy = policies.get(check)
        if policy is None:
            continue
        resource = placed.resource(framework, row)
        own = assets.get(id(resource))
        if own is None:
            own = assets[id(resource)] = asset(resource, like.get(about(resource)))
        if skip is not None and not any(check in each.ids for each in own.resource.suppressions):
            comment = Suppression("checkov", (check,), skip.strip(), "", Place(file, first))
            # The asset's own copy: what we read stays as it was read.
            own.resource = replace(own.resource, suppressions=(*own.resource.suppressions, comment))
        if resource.dialect == "cloudformation":  # a body of ours is the properties themselves
            keys = tuple(key.removeprefix("Properties/") for key in keys)
        decided = outcome in _DECIDED
        open_ = _open(resource, keys, placed, graph=check.startswith(_GRAPH)) if decided else None
        if open_ is not None:
            key, value = open_
            judged = (0, check, "unknown", (key,), value.expression, value.because, value.settle_with)
        else:
            because = "" if outcome != "unknown" else _LEFT_OPEN if skip is None else _SKIPPED
            judged = (0, check, outcome, keys, "", because, "look at it yourself" if because else "")
        yield verdict(policy, judged, own)


def _open(
    resource: Resource, keys: Iterable[str], placed: Placed, *, graph: bool
) -> tuple[str, Unresolved] | None:
    """Return the first of the keys that a check says it evaluated at which, or above which, a value is not known.

    Checkov judges the text of the expression there. A `graph` check names all keys that it speaks of, whichever of
    them decides: it is open where not one of them is known.
    """
    found: list[tuple[str, Unresolved]] = []
    known = 0
    for key in keys:
        value: Any = resource.body
        for step in path_of(resource, key):
            value = _inside(value, step)
            if isinstance(value, Unresolved) and not placed.is_there(value, resource.place.origin):
                found.append((key, value))
                break
        else:
            known += 1
    return found[0] if found and not (graph and known) else None


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
