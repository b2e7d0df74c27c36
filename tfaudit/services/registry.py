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
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

from msgspec import Struct

from tfaudit.discovery import Form, Stated, module_at, modules, own
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.literals import MENTIONS, mentioned
from tfaudit.model.asset import Asset, Settings
from tfaudit.model.later import Later, filled
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.own_modules import PACKAGE
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.view import View
from tfaudit.services.elsewhere import parents
from tfaudit.services.protocol import Service

PLANES = ("terraform", "cloudformation", "arm", "kubernetes", "live")
"""What resources are read from: their types are spelled differently in each, and live alike in several."""
_OF_TERRAFORM = re.compile(r"(?:data\.)?[a-z0-9]+_[a-z0-9_]+")
_CALL = re.compile(r"[a-z0-9-]+\.[a-z0-9_]+")

_HERE = Path(PACKAGE) / "services"
_FORM = Form("service", tuples=("READS", "KINDS"), functions=(("assets",),))


@cache
def _stated_here() -> list[Stated]:
    """Return what the modules below this package state: a live scan asks several times, and they stay as they are."""
    return own(_HERE)


class Registry:
    """The service modules of tfaudit and of plug-in folders, by what they read."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        """Index the modules below this package, without importing them, and the plug-ins below each of `folders`."""
        self._modules: dict[str, list[Path]] = {}
        self._kinds: dict[Path, frozenset[str]] = {}
        self._companions: dict[Path, frozenset[str]] = {}
        self._mentions: list[Iterable[str]] = []
        self._plugins: set[Path] = set()
        self._found: dict[tuple[str, frozenset[str] | None], list[Service]] = {}
        # Compiled, a `cached_property` is worked out at each look.
        self._mentioned: frozenset[str] | None = None
        for each in _stated_here():
            self._mentions.append(each.texts(MENTIONS))
            if reads := each.texts("READS"):
                self._add(each.path, reads, each.texts("KINDS"), each.texts("COMPANIONS"))
        for folder in folders:
            for path, module in modules(folder, _FORM):
                _check_kinds(path, module.KINDS)
                beside = tuple(getattr(module, "COMPANIONS", {}))
                self._plugins.add(path)
                self._mentions.append(mentioned(path.read_text("utf-8", "replace")))
                self._add(path, module.READS, module.KINDS, beside)

    def _add(self, path: Path, reads: Iterable[str], kinds: Iterable[str], companions: Iterable[str]) -> None:
        for type_ in reads:
            self._modules.setdefault(type_, []).append(path)
        self._kinds[path] = frozenset(kinds)
        self._companions[path] = frozenset(companions)

    @property
    def types(self) -> Iterable[str]:
        """All resource types that some service reads."""
        return self._modules.keys()

    def reading(self, plane: str) -> Iterator[tuple[Service, str, str]]:
        """Yield each service that reads from one of `PLANES`, with the type that it reads and that type's spelling."""
        for type_, paths in self._modules.items():
            if plane in _planes(type_):
                spelling = spelling_of(type_)
                for path in paths:
                    yield service(path), type_, spelling

    def knows(self, type_: str) -> bool:
        """Whether some service reads `type_`, or reads it beside another: as a companion, say."""
        if self._mentioned is None:
            self._mentioned = frozenset().union(*self._mentions)
        return type_ in self._modules or type_ in self._mentioned

    def unknown_among(self, types: Iterable[str]) -> set[str]:
        """Return those of `types` that no service knows; to gather all that they know takes longer than to ask once."""
        left = {each for each in types if each not in self._modules}
        for each in self._mentions:
            left.difference_update(each)
        return left

    def with_companions(self, types: set[str], kinds: frozenset[str] | None = None) -> list[Service]:
        """Return the modules that state one of `types` as a companion, and yield one of `kinds`."""
        found: list[Service] = []
        for path, companions in self._companions.items():
            if not types.isdisjoint(companions) and self._yields(path, kinds):
                found.append(service(path))
        return found

    def _yields(self, path: Path, kinds: frozenset[str] | None) -> bool:
        return kinds is None or not self._kinds[path] or bool(self._kinds[path] & kinds)

    def modules(self, type_: str, kinds: frozenset[str] | None = None) -> list[Service]:
        """Return the modules that read `type_`; only those that yield one of `kinds` where these are given."""
        found = self._found.get((type_, kinds))
        if found is None:
            found = self._found[type_, kinds] = [
                service(path) for path in self._modules.get(type_, ()) if self._yields(path, kinds)
            ]
        return found

    def reads(self, provider: str, kinds: frozenset[str] | None = None) -> list[str]:
        """Return the types that the services of one provider (`kubernetes`) read to yield one of `kinds`."""
        return [
            type_
            for type_, paths in self._modules.items()
            if any(self._is_of(path, provider) and self._yields(path, kinds) for path in paths)
        ]

    def calling(self, provider: str, kinds: frozenset[str] | None = None) -> list[Any]:
        """Return the services of one provider (`aws`), and plug-ins, that state calls and yield one of `kinds`."""
        chosen = [path for path in self._kinds if self._is_of(path, provider) and self._yields(path, kinds)]
        return [module for module in map(service, chosen) if hasattr(module, "CALLS")]

    def services(self, provider: str, kinds: frozenset[str] | None = None) -> list[Service]:
        """Return the services of one provider (`azure`), and plug-ins, that yield one of `kinds`."""
        return [
            service(path) for path in self._kinds if self._is_of(path, provider) and self._yields(path, kinds)
        ]

    def _is_of(self, path: Path, provider: str) -> bool:
        """Whether a service is one of a provider's; a plug-in's may be of any."""
        return path in self._plugins or path.relative_to(_HERE).parts[0] == provider


def _planes(type_: str) -> tuple[str, ...]:
    """Return the planes that a resource type is read from, told by its spelling."""
    if type_.startswith("AWS::"):
        return ("cloudformation",)
    if type_.lower().startswith("microsoft.graph/"):
        return ("live",)  # a directory, which templates do not declare
    if type_.lower().startswith("microsoft."):
        return ("arm", "live")
    if _OF_TERRAFORM.match(type_):
        return ("terraform",)
    return ("live",) if _CALL.fullmatch(type_) else ("kubernetes", "live")


def spelling_of(type_: str) -> str:
    """Return in which spelling resources of a type are written, in code or in the answers of what runs."""
    if type_.lower().startswith("microsoft."):
        return "arm"
    return next((each for each in _planes(type_) if each != "live"), "api")


def service(path: Path) -> Service:
    """Return the service in the file `path`."""
    return cast("Service", module_at(path))


def _check_kinds(path: Path, kinds: Iterable[str]) -> None:
    from tfaudit.model.vocabulary import KINDS

    for each in kinds:
        if each not in KINDS:
            raise UsageError(f'{path}: KINDS: there is no kind "{each}"{did_you_mean(each, KINDS)}')


class Makers(Struct):
    """The services that make assets of a resource; `beside` where others state it, and none of `resources` does."""

    resource: Resource
    inventory: Inventory
    services: list[Service]
    beside: bool = False

    def assets(self) -> Iterator[Asset | Unread]:
        """Yield the assets; a service that crashes is `Unread`."""
        for module in self.services:
            view = _view(self.resource, self.inventory, module)
            try:
                yield from module.assets(view)
            except Exception as error:  # noqa: BLE001 - a service's crash must show in every report
                yield crashed(self.resource, module, error)
            view.forget()


def makers(
    resources: Iterable[Resource], registry: Registry, kinds: frozenset[str] | None = None
) -> Iterator[Makers]:
    """Yield what makes the assets of `resources`, which may be of several scopes, in their order."""
    scopes: dict[str, list[Resource]] = {}
    for resource in resources:
        scopes.setdefault(resource.scope, []).append(resource)
    for members in scopes.values():
        # Who asks which types are known at all has every module's words gathered first.
        filled(each for each in members if each.body.__class__ is Later and registry.knows(each.type))
    around = {name: each[0].context.get("within", "") for name, each in scopes.items()}
    nested = any(around.values())
    for scope, members in scopes.items():
        inventory = Inventory(_together(scope, scopes, around) if nested else members)
        for resource in members:
            if services := registry.modules(resource.type, kinds):
                yield Makers(resource, inventory, services)
        for module in registry.with_companions({each.type for each in members}, kinds):
            for parent in parents(module, inventory, registry.types):
                yield Makers(parent, inventory, [module], beside=True)


def assets(
    resources: Iterable[Resource], registry: Registry, kinds: frozenset[str] | None = None
) -> Iterator[Asset | Unread]:
    """Yield the assets of `resources`, which may be of several scopes; a service that crashes is `Unread`."""
    for each in makers(resources, registry, kinds):
        yield from each.assets()


class Again:
    """Reads assets anew, those of one resource at a time, for settings that nobody asked for when they were made."""

    def __init__(
        self, resources: Iterable[Resource], registry: Registry, kinds: frozenset[str] | None = None
    ) -> None:
        """Have the services of `registry` read `resources` when somebody asks."""
        self._given = resources, registry, kinds
        self._makers: dict[int, Makers] | None = None

    def __call__(self, resource: Resource, number: int) -> Settings:
        """Return the settings of the asset of `resource` that stands at `number` among its assets."""
        if self._makers is None:
            self._makers = {id(each.resource): each for each in makers(*self._given)}
        made = (each for each in self._makers[id(resource)].assets() if isinstance(each, Asset))
        return next(islice(made, number, None)).settings


def _view(resource: Resource, inventory: Inventory, module: Service) -> View:
    """Return the view by which a service reads `resource`."""
    names, table = getattr(module, "NAMES", ()), getattr(module, "TABLE", {})
    by_type = getattr(module, "TABLES", None)
    if by_type is not None:
        table = by_type.get(resource.type, table)
    return View(resource, inventory, getattr(module, "COMPANIONS", None), names, table)


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


def crashed(resource: Resource, module: Service, error: Exception) -> Unread:
    """Return the record of a service that could not read `resource`."""
    where = Place(resource.place.origin, resource.place.line, at=resource.address)
    service = module.__name__.rpartition(".")[2]
    return Unread(
        where,
        f"the service {service} failed on it: {type(error).__name__}: {str(error)[:200]}",
        "report this as a defect of tfaudit",
    )
