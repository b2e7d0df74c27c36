"""Compares Bicep with what its compiler made: `python -m tests.oracle.bicep_pairs FOLDER [BELOW]`.

Public repositories (Azure/bicep-registry-modules, Azure/avdaccelerator) keep `main.json` beside `main.bicep`. Both are
evaluated here, with their default parameters and with those that the module's own tests give it, and every resource is
compared; what both say of assets follows from that. An id is the same whether what it names is declared beside or not.
What differs is printed, to be explained by hand.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tfaudit.model.resources import Reference, Resource, Unread, Unresolved
from tfaudit.sources.arm import ids
from tfaudit.sources.arm.frames import Given
from tfaudit.sources.arm.loading import Loader as Templates
from tfaudit.sources.arm.parts import settled
from tfaudit.sources.arm.world import World
from tfaudit.sources.bicep.loading import Loader
from tfaudit.sources.tree.files import Tree

_OURS = frozenset({"id", "name", "type", "apiVersion", "scope", "parent"})
_NAMED = re.compile(r"(?:parameters|variables)\('(\w+)'\)")
_SHOWN = 200

Told = dict[tuple[str, str], list[Any]]


def plain(text: str) -> str:
    """Return an expression as both languages would write it."""
    return _NAMED.sub(r"\1", text).lower()


def called(id_: str) -> str:
    """Return the type and names of an id, with `$` for each part that is not known."""
    found: list[str] = []
    depth = 0
    for at, each in enumerate(id_):
        if each == "{" and (depth or id_[at - 1 : at] == "$"):
            depth += 1
        elif each == "}" and depth:
            depth -= 1
        elif not depth:
            found.append(each)
    return "".join(found).rpartition("/providers/")[2]


def value(found: Any) -> Any:
    """Return a value as both have it: of what is not known, only that it is not."""
    if isinstance(found, (Unresolved, Reference)):
        return "?"
    if isinstance(found, dict):
        told: dict[str, Any] = {plain(name): value(each) for name, each in found.items() if each is not None}
        ids_ = [name for name in told if name.startswith(("/subscriptions/", "${"))]
        return told | ({"?": [told.pop(name) for name in ids_]} if ids_ else {})
    if isinstance(found, list):
        return [value(each) for each in found]
    if isinstance(found, str) and found.startswith("/subscriptions/"):
        return "?"
    if isinstance(found, str):
        return plain(found) if "${" in found else found.replace("\r\n", "\n")  # a compiler may run on Windows
    return found


def told(found: list[Resource | Unread]) -> Told:
    """Return what resources say, by type and id; names that are not known are alike."""
    said: Told = defaultdict(list)
    for each in found:
        if isinstance(each, Resource):
            id_ = each.body["id"]
            text = plain(id_.expression if isinstance(id_, Unresolved) else id_)
            body = {name: one for name, one in each.body.items() if name not in _OURS}
            said[each.type, called(text)].append(value(body))
    return {key: sorted(values, key=str) for key, values in said.items()}


def differences(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """Yield what differs between two values, with its path: the compiled template's first."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted(one.keys() | other.keys()):
            yield from differences(one.get(name, "(absent)"), other.get(name, "(absent)"), f"{at}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{at}[{number}]")
    elif one != other:
        yield f"{at}: {str(one)[:80]} | {str(other)[:80]}"


class Pairs:
    """The pairs of a folder."""

    def __init__(self, folder: Path, below: str) -> None:
        """Look at the Bicep files of `folder`; pairs are those whose path begins with `below`."""
        self.folder = folder
        self.below = below
        self.tree = Tree(folder)
        self.bicep = Loader(self.tree)
        for path in filter(Path.is_file, folder.rglob("*.bicep")):
            self.bicep.data[path.relative_to(folder).as_posix()] = path.read_bytes()

    def by_default(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield each Bicep file that has a compiled one beside it, without parameters."""
        for name in sorted(self.bicep.data):
            if name.startswith(self.below) and self._compiled(name):
                yield name, name, {}

    def by_tests(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Yield each test of a module with what it deploys and the values that it gives."""
        for name in sorted(self.bicep.data):
            if not (name.startswith(self.below) and name.endswith(".test.bicep")):
                continue
            template = self.bicep.file(name).template
            world = self.bicep.world = World(self.tree.limits.nodes, self.bicep)
            frame = template.frame(ids.Scope(template.kind), {})
            for declared in template.declarations:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), declared.module))
                if not declared.module.endswith("main.bicep") or not self._compiled(target):
                    continue
                for instance in world.instances.of(declared, frame).instances[:1]:
                    given = {
                        member.key.value: settled(world.evaluator.value(member.value, instance.env))
                        for member in getattr(declared.parameters, "members", ())
                        if member.key is not None
                    }
                    yield name, target, {key: each for key, each in given.items() if each is not None}

    def _compiled(self, name: str) -> bool:
        compiled = (self.folder / name).with_suffix(".json")
        return (
            name in self.bicep.data
            and compiled.is_file()
            and b"eploymentTemplate.json" in compiled.read_bytes()
        )

    def compared(self, name: str, values: dict[str, Any]) -> tuple[list[str], int, list[Unread]]:
        """Return what differs between a Bicep file and its compiled one, how many resources were compared, and gaps."""

        def given() -> dict[str, Given]:
            return {key.lower(): Given(each) for key, each in values.items()}

        compiled = name.removesuffix(".bicep") + ".json"
        templates = Templates(self.tree)
        templates.add(compiled, (self.folder / compiled).read_bytes())
        theirs = list(templates.deployed(compiled, given(), compiled))
        ours = list(self.bicep.deployed(name, given(), name))
        gaps = [each for each in (*theirs, *ours) if isinstance(each, Unread)]
        one, other = told(theirs), told(ours)
        found: list[str] = []
        number = 0
        for key in sorted(one.keys() | other.keys()):
            left, right = one.get(key, []), other.get(key, [])
            if len(left) != len(right):
                if not (gaps and len(right) < len(left)):
                    found.append(f"{key[1]}: {len(left)} | {len(right)}")
                continue
            number += len(left)
            found += [
                f"{key[1]}{each}" for pair in zip(left, right, strict=True) for each in differences(*pair)
            ]
        return found, number, gaps


def main() -> None:
    """Compare, and print what differs."""
    pairs = Pairs(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
    for word, cases in (("default parameters", pairs.by_default()), ("their tests", pairs.by_tests())):
        counts: Counter[str] = Counter()
        shown: list[str] = []
        for name, target, values in cases:
            found, number, gaps = pairs.compared(target, values)
            counts["cases"] += 1
            counts["resources compared"] += number
            counts["equal"] += not found
            counts["with modules that are not read"] += bool(gaps)
            shown += [f"  {name} {each}" for each in found]
        print(word, dict(counts))  # noqa: T201 - what it is for
        print(*shown[:_SHOWN], sep="\n")  # noqa: T201


if __name__ == "__main__":
    main()
