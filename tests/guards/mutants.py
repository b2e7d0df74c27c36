"""Makes mutants of the policies' examples: one attribute replaced by an unknown, by nothing, or by another value.

A mutant is a whole example with one value changed, in a scope of its own, so that many are judged at once.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as File
from typing import Any

from msgspec.structs import replace

from tfaudit.model.resources import Limits, Path, Reference, Resource, Unread, Unresolved
from tfaudit.model.verdicts import Outcome, Policy, Scanned
from tfaudit.pipeline.claimed import read
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.examples import examples, recorded
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet
from tfaudit.services.registry import Registry
from tfaudit.sources.registry import sources
from tfaudit.sources.tree.files import InputFile, Tree, discover, nothing_excluded

UNKNOWN = Unresolved("it is not known", "give its value", "var.not_known")
REMOVED = object()
MOST_SAMPLES = 12


def unknown_for(value: Any) -> Unresolved:
    """Return an unknown in place of `value`; of a text, one that is written as a choice, with that text in it.

    What stands in an expression is not what it comes to: neither the one branch nor the other is.
    """
    if not isinstance(value, str) or not value or any(each in value for each in '"\\${}%'):
        return UNKNOWN
    return replace(UNKNOWN, expression=f'var.not_known ? "" : "{value}${{var.more}}"')


Verdicts = dict[str, Outcome]
"""The outcome of each asset of a mutant, by the asset's address."""

Example = tuple[Policy, File, list[Resource]]


def all_examples(policies: PolicySet, folder: File, work: File) -> list[Example]:
    """Return each example of each policy with what it declares; `work` is an empty folder to read Terraform in."""
    found = [(policy, file) for policy in policies.policies for file in examples(folder / policy.id)]
    together = _terraform([(policy, file) for policy, file in found if _is_terraform(file)], work)
    return [
        (policy, file, together[policy.id, file.name] if _is_terraform(file) else _resources(file))
        for policy, file in found
    ]


def _is_terraform(file: File) -> bool:
    return file.suffix == ".tf" or (file.is_dir() and any(file.rglob("*.tf")))


def _terraform(found: list[tuple[Policy, File]], work: File) -> dict[tuple[str, str], list[Resource]]:
    """Return what each Terraform example declares, all read at once as the roots of one tree."""
    together: dict[tuple[str, str], list[Resource]] = {}
    for policy, file in found:
        root = work / policy.id / file.name
        if file.is_dir():
            shutil.copytree(file, root)
        else:
            root.mkdir(parents=True)
            shutil.copy(file, root)
        together[policy.id, file.name] = []
    for resource in _declared(work, work):
        policy_id, name = resource.place.origin.split("/")[:2]
        together[policy_id, name].append(resource)
    return together


def _resources(file: File) -> list[Resource]:
    if file.name.startswith("live") and file.suffix == ".json":
        return recorded(json.loads(file.read_text("utf-8")), file.name)
    return _declared(file, file.parent if file.is_file() else file)


def _declared(target: File, base: File) -> list[Resource]:
    limits = Limits()
    files = [each for each in discover(target, base, limits, nothing_excluded) if isinstance(each, InputFile)]
    unread: list[Unread] = []
    found = list(read(files, Tree(base, limits), sources(each.name for each in files), unread))
    gaps = [each for each in (*unread, *found) if isinstance(each, Unread)]
    assert not gaps, gaps
    return [each for each in found if isinstance(each, Resource)]


@dataclass(slots=True)
class Place:
    """One value of one resource of an example."""

    policy: Policy
    file: File
    resources: list[Resource]
    index: int
    path: Path

    @property
    def kind(self) -> tuple[str, Path]:
        """What the value is called wherever it stands: the resource's type and the path without positions."""
        return self.resources[self.index].type, tuple(
            "*" if isinstance(each, int) else each for each in self.path
        )

    @property
    def value(self) -> Any:
        """What the example has there."""
        found: Any = self.resources[self.index].body
        for step in self.path:
            found = found.get(step, REMOVED) if isinstance(found, dict) else found[step]
        return found

    def __str__(self) -> str:
        """Return the policy, the file, and the attribute, as an exception names it."""
        dotted = ".".join(map(str, self.path))
        return f"{self.policy.id} {self.file.name} {self.resources[self.index].address} {dotted}"

    def mutant(self, value: Any, scope: str) -> list[Resource]:
        """Return the example's resources with `value` in this place."""
        changed = self.resources[self.index]
        body = _replaced(changed.body, self.path, value)
        return [
            replace(
                each,
                body=body if each is changed else each.body,
                scope=scope + each.scope,
                context=_outer(each, scope),
            )
            for each in self.resources
        ]


@dataclass(slots=True)
class Presence:
    """One resource of an example: it may be there, or not."""

    policy: Policy
    file: File
    resources: list[Resource]
    index: int

    def __str__(self) -> str:
        """Return the policy, the file, and the resource, as an exception names it."""
        return f"{self.policy.id} {self.file.name} {self.resources[self.index].address}"

    def mutant(self, value: Any, scope: str) -> list[Resource]:
        """Return the example's resources: without this one where `value` is `REMOVED`, else with a doubt about it."""
        found: list[Resource] = []
        for number, each in enumerate(self.resources):
            body, context = each.body, _outer(each, scope)
            if number == self.index and value is REMOVED:
                continue
            if number == self.index and each.dialect == "terraform":
                context |= {"perhaps": "\nvar.not_known"}
            elif number == self.index:
                body = {**body, "@Condition": UNKNOWN}
            found.append(replace(each, body=body, scope=scope + each.scope, context=context))
        return found

    def leading(self) -> Iterator[str]:
        """Yield the addresses of the resources that lead to this one, which are not there without it."""
        own = self.resources[self.index].address
        for each in self.resources:
            if any(isinstance(value, Reference) and value.address == own for value in _leaves(each.body)):
                yield each.address


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _leaves(each)
    else:
        yield value


def presences(found: list[Example]) -> Iterator[Presence]:
    """Yield each resource that an example of code declares beside another."""
    for policy, file, resources in found:
        for index, resource in enumerate(resources):
            of_code = resource.dialect in ("terraform", "cloudformation", "arm")
            made = resource.plane == "code" and not resource.type.startswith(("data.", "provider."))
            if len(resources) > 1 and of_code and made:
                yield Presence(policy, file, resources, index)


def _outer(resource: Resource, scope: str) -> dict[str, str]:
    return {
        name: scope + value if name == "within" and value else value
        for name, value in resource.context.items()
    }


def _replaced(body: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    changed = copy(body)
    if rest:
        changed[step] = _replaced(body[step], tuple(rest), value)
    elif value is not REMOVED:
        changed[step] = value
    elif isinstance(step, int) or step in body:
        del changed[step]
    return changed


def places(found: list[Example]) -> Iterator[Place]:
    """Yield every place of every example: attributes, blocks, elements of lists, and what is inside them."""
    for policy, file, resources in found:
        for index, resource in enumerate(resources):
            for path in _paths(resource.body):
                yield Place(policy, file, resources, index, path)


def _paths(value: Any, base: Path = ()) -> Iterator[Path]:
    if base and not isinstance(value, Unresolved):
        yield base
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _paths(inner, (*base, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _paths(inner, (*base, position))


def samples(of: list[Place]) -> dict[tuple[str, Path], list[Any]]:
    """Return the values that the examples have at each kind of place."""
    seen: dict[tuple[str, Path], dict[str, Any]] = defaultdict(dict)
    for place in of:
        value = place.value
        if not isinstance(value, Reference) and value is not REMOVED:
            seen[place.kind].setdefault(repr(value), value)
    return {kind: list(values.values())[:MOST_SAMPLES] for kind, values in seen.items()}


def others(value: Any, seen: list[Any]) -> Iterator[Any]:
    """Yield what may stand there: nothing, `value` itself, what other examples have, and a few values of its type."""
    yield REMOVED
    if value is not REMOVED:
        yield value
    yield from (each for each in seen if each != value)
    if isinstance(value, bool):
        yield not value
    elif value in ("true", "false"):
        yield "false" if value == "true" else "true"
    elif isinstance(value, (int, float)):
        yield from (0, value + 1, 1_000_000)
    elif isinstance(value, str):
        yield from ("", "another")
    elif isinstance(value, list):
        yield []
    elif isinstance(value, dict):
        yield {}


@dataclass(slots=True)
class Bench:
    """Judges mutants, many at once and each by its example's policy."""

    tried: int = 0
    _waiting: dict[str, list[tuple[int, Place | Presence, Any]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, number: int, place: Place | Presence, value: Any) -> None:
        """Take a mutant, to be judged with the others."""
        self._waiting[place.policy.id].append((number, place, value))

    def verdicts(self) -> dict[int, Verdicts]:
        """Return the outcomes of all mutants that were added, by their numbers."""
        found: dict[int, Verdicts] = {}
        for mutants in self._waiting.values():
            policy = mutants[0][1].policy
            resources: list[Resource] = []
            for number, place, value in mutants:
                found[number] = {}
                resources += place.mutant(value, f"{number}\0")
            self.tried += len(mutants)
            observed = Observed(resources, [], Scanned("mutants", "code", "tests"), now())
            result = conclude(observed, Options(PolicySet([policy])))
            assert not result.unread, result.unread
            for verdict in result.verdicts:
                number = int(verdict.asset.scope.partition("\0")[0])
                found[number][verdict.asset.address] = verdict.outcome
        self._waiting.clear()
        return found


def words(type_: str) -> list[str]:
    """Return the attributes that services may read of a resource of `type_`: the words in their modules."""
    found: set[str] = set()
    for module in _registry().modules(type_):
        found |= _words_of(str(sys.modules[module.__name__].__file__))
    snake = type_.startswith(("aws_", "azurerm_", "data."))
    return sorted(
        each for each in found if (each == each.lower()) == snake and not each.startswith(type_[:4])
    )


@cache
def _registry() -> Registry:
    return Registry()


@cache
def _words_of(path: str) -> frozenset[str]:
    """Return the words of every text in a module, and in those of this package that it imports."""
    found: set[str] = set()
    tree = ast.parse(File(path).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            found |= {
                each
                for each in re.split(r"[./]", node.value)
                if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{2,}", each)
            }
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("tfaudit.services."):
            spec = importlib.util.find_spec(str(node.module))
            if spec is not None and spec.origin is not None and spec.origin != path:
                found |= _words_of(spec.origin)
    return frozenset(found)


def absent_places(found: list[Example]) -> Iterator[Place]:
    """Yield for each policy and type of resource the attributes that its first example with it leaves out."""
    seen: set[tuple[str, str, str]] = set()
    for policy, file, resources in found:
        for index, resource in enumerate(resources):
            if resource.dialect == "kubernetes" or resource.plane == "live":
                continue
            for word in words(resource.type):
                mark = (policy.id, resource.type, word)
                if word not in resource.body and mark not in seen:
                    seen.add(mark)
                    yield Place(policy, file, resources, index, (word,))


def unset_places(found: list[Example]) -> Iterator[Place]:
    """Yield the attributes inside of Terraform's blocks that an example leaves out, and some example has."""
    named: dict[tuple[str, Path], set[str]] = defaultdict(set)
    inside: list[tuple[tuple[str, Path], Place]] = []
    for place in places([each for each in found if _is_terraform(each[1])]):
        type_, steps = place.kind
        if isinstance(place.path[-1], str) and len(steps) > 1:
            named[type_, steps[:-1]].add(place.path[-1])
        if isinstance(place.value, dict):
            inside.append(((type_, steps), place))
    for kind, block in inside:
        for name in sorted(named[kind] - block.value.keys()):
            yield Place(block.policy, block.file, block.resources, block.index, (*block.path, name))
