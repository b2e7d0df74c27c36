"""Finds the service modules that read a resource type, and imports only these.

A service module states, as literal tuples at its top,

    READS = ("aws_db_instance", "AWS::RDS::DBInstance", "rds.describe_db_instances")
    KINDS = ("database",)

and may state `COMPANIONS` (companion type → the attribute that points here), `NAMES` (attributes by whose literal value
companions may name the resource) and `CALLS` (what a live account is asked). `assets(view)` yields its assets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

from tfaudit.assets.asset import Asset
from tfaudit.assets.inventory import Inventory
from tfaudit.assets.view import View
from tfaudit.plugins import module_at
from tfaudit.resources import Place, Resource, Unread

_TUPLE = re.compile(r"^(READS|KINDS)\b[^=\n]*= \(([^)]*)\)", re.MULTILINE)
_WORD = re.compile(r"\"([^\"]+)\"")
_HERE = Path(__file__).parent


class Registry:
    """The service modules of tfaudit and of plug-in folders, by what they read."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Index the modules below this package and below each of `folders`, without importing them."""
        self._modules: dict[str, list[Path]] = {}
        self._kinds: dict[Path, frozenset[str]] = {}
        self._texts: list[str] = []
        self._found: dict[tuple[str, frozenset[str] | None], list[ModuleType]] = {}
        for folder in (_HERE, *folders):
            for path in sorted(folder.rglob("*.py")):
                self._add(path)

    def _add(self, path: Path) -> None:
        if path.name in ("__init__.py", "registry.py"):
            return
        text = path.read_text("utf-8")
        self._texts.append(text)
        stated = {name: _WORD.findall(words) for name, words in _TUPLE.findall(text)}
        for type_ in stated.get("READS", ()):
            self._modules.setdefault(type_, []).append(path)
        if "READS" in stated:
            self._kinds[path] = frozenset(stated.get("KINDS", ()))

    @property
    def types(self) -> Iterable[str]:
        """All resource types that some service reads."""
        return self._modules.keys()

    def knows(self, type_: str) -> bool:
        """Whether some service reads `type_`, or reads it beside another: as a companion, say."""
        if type_ in self._modules:
            return True
        # As the whole of a word, or before the attribute that is read of a companion.
        return any(_stands(type_, text) for text in self._texts)

    def modules(self, type_: str, kinds: frozenset[str] | None = None) -> list[ModuleType]:
        """Return the modules that read `type_`; only those that yield one of `kinds` where these are given."""
        found = self._found.get((type_, kinds))
        if found is None:
            found = self._found[type_, kinds] = [
                module_at(path)
                for path in self._modules.get(type_, ())
                if kinds is None or not self._kinds[path] or self._kinds[path] & kinds
            ]
        return found

    def reads(self, provider: str, kinds: frozenset[str] | None = None) -> list[str]:
        """Return the types that the services of one provider folder (`kubernetes`) read to yield one of `kinds`."""
        return [
            type_
            for type_, paths in self._modules.items()
            for path in paths[:1]
            if path.parent.name == provider and self.modules(type_, kinds)
        ]

    def calling(self, clients: str, kinds: frozenset[str] | None = None) -> list[ModuleType]:
        """Return the modules of one provider folder (`aws`) that state calls and yield one of `kinds`."""
        chosen = [
            path for path, stated in self._kinds.items() if kinds is None or not stated or stated & kinds
        ]
        modules = [module_at(path) for path in chosen if path.parent.name == clients]
        return [module for module in modules if hasattr(module, "CALLS")]


def _stands(type_: str, text: str) -> bool:
    """Whether `text` has the type behind a quote, up to the next quote or to the path that is read of it."""
    word = f'"{type_}'
    at = text.find(word)
    while at >= 0:
        at += len(word)
        if text[at : at + 1] in ('"', "/", "."):
            return True
        at = text.find(word, at)
    return False


def assets(
    resources: Iterable[Resource], registry: Registry, kinds: frozenset[str] | None = None
) -> Iterator[Asset | Unread]:
    """Yield the assets of `resources`, which may be of several scopes; a service that crashes is `Unread`."""
    scopes: dict[str, list[Resource]] = {}
    for resource in resources:
        scopes.setdefault(resource.scope, []).append(resource)
    around = {name: each[0].context.get("within", "") for name, each in scopes.items()}
    nested = any(around.values())
    for scope, members in scopes.items():
        inventory = Inventory(_together(scope, scopes, around) if nested else members)
        for resource in members:
            for module in registry.modules(resource.type, kinds):
                names = getattr(module, "NAMES", ())
                view = View(resource, inventory, getattr(module, "COMPANIONS", None), names)
                try:
                    yield from module.assets(view)
                except Exception as error:  # noqa: BLE001 - a service's crash must show in every report
                    yield crashed(resource, module, error)


def _together(
    scope: str, scopes: Mapping[str, list[Resource]], around: Mapping[str, str]
) -> Iterator[Resource]:
    """Yield what may belong together with the members of `scope`: those, what stands around it, and what is within it.

    Of the variants within it, which are for different clusters, only what each of them declares.
    """
    outer = set(_outwards(scope, around))
    inner = [name for name in scopes if around[name] == scope]
    common = (
        set.intersection(*({each.address for each in scopes[name]} for name in inner)) if inner else set()
    )
    for name, members in scopes.items():
        if name in outer:
            yield from members
    for name in inner[:1]:
        yield from (each for each in scopes[name] if each.address in common)


def _outwards(scope: str, around: Mapping[str, str]) -> Iterator[str]:
    while scope:
        yield scope
        scope = around.get(scope, "")


def crashed(resource: Resource, module: ModuleType, error: Exception) -> Unread:
    """Return the record of a service that could not read `resource`."""
    where = Place(resource.place.origin, resource.place.line, at=resource.address)
    service = module.__name__.rpartition(".")[2]
    return Unread(
        where,
        f"the service {service} failed on it: {type(error).__name__}: {str(error)[:200]}",
        "report this as a defect of tfaudit",
    )
