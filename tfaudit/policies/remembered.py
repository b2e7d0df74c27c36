"""Verdicts on what has not changed since an earlier scan: recalled with the settings that they rest on.

A source that can tell says for each scope a digest of all that it is read from. Verdicts are kept under that digest,
the policies in force and tfaudit's own code; a waiver's date is judged anew at every scan, and so is a scope of which
anything differs, or that cannot be written down.
"""

from __future__ import annotations

import hashlib
import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from msgspec import Struct

from tfaudit.cache import Cache, made_by
from tfaudit.model.asset import Asset, Settings
from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Setting, Unknown
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.policies.evaluate import judge, passed
from tfaudit.policies.load import PolicySet
from tfaudit.reading.recalled import RecalledSettings, Spelled

_TOLD = (Outcome.PASS, Outcome.FAIL)
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_WORDS = {outcome: outcome.value for outcome in Outcome}
_SCALARS = (bool, str, int)
_OWN_KNOWN = 3
"""How many parts a known setting of the asset's own resource is written with."""
_PASSED = 2
"""How many parts a plain pass is written with."""
_SETTING, _OUTCOME, _ALSO = 1, 2, 5
"""Where these stand in any other verdict as it is written."""


class _NotWritable(Exception):
    """A value, or the resource that it was read from, cannot be kept."""


class Scope(Struct, frozen=True):
    """The resources of one scope, in their order, and the digest of all that they were read from."""

    digest: str
    resources: list[Resource]


def verdicts(
    assets: Iterable[Asset], policies: PolicySet, scopes: Mapping[str, Scope], cache: Cache
) -> Iterator[Verdict]:
    """Yield what `policies.evaluate.judge` would; what is not in one of `scopes` is judged."""
    for name, group in groupby(assets, key=lambda asset: asset.scope):
        scope = scopes.get(name)
        if scope is None:
            yield from judge(group, policies.of_kind)
            continue
        members = list(group)
        key = key_of(scope, policies)
        found = recalled(cache.get(key), members, scope.resources, policies)
        if found is None:
            found = list(judge(members, policies.of_kind))
            if content := written(members, numbered(scope.resources), found):
                cache.put(key, content)
        yield from found


def key_of(scope: Scope, policies: PolicySet) -> str:
    """Return the key under which the verdicts on a scope are kept."""
    return hashlib.sha256(f"{scope.digest}\0{policies.digest}\0{made_by()}".encode()).hexdigest()


def written(
    members: list[Asset], resources: Mapping[int, int], found: list[Verdict], *, whole: bool = False
) -> bytes:
    """Return the verdicts `found` on the assets `members`, b"" where they cannot be written down.

    `resources` are those that they may have been read from, as `numbered` has them. `whole` says that services make no
    more of the resources than these assets: then they need not be asked again.
    """
    try:
        return marshal.dumps((whole, _rows(members, resources, found)))
    except (_NotWritable, ValueError):
        return b""  # they are judged again when they are needed


def numbered(resources: Iterable[Resource]) -> dict[int, int]:
    """Return where each of `resources` stands among them, by its identity."""
    return {id(resource): number for number, resource in enumerate(resources)}


def _rows(members: list[Asset], resources: Mapping[int, int], found: list[Verdict]) -> list[Any]:
    """Return what `recalled` takes: for each asset who it is, its settings, its verdicts, and how reports spell these.

    Most settings are known and read from the asset's own resource, and most verdicts are passes: of these no more is
    written than differs, since there are hundreds of thousands.
    """
    by_asset: dict[int, list[Any]] = {id(asset): [] for asset in members}
    for verdict in found:
        outcome = verdict.outcome
        if outcome is Outcome.PASS and verdict.reason is passed:
            by_asset[id(verdict.asset)].append((verdict.policy.id, verdict.setting))
            continue
        if outcome is Outcome.ERROR:
            raise _NotWritable
        by_asset[id(verdict.asset)].append(
            (
                verdict.policy.id,
                verdict.setting,
                _WORDS[outcome],
                "" if verdict.reason is passed else verdict.because,
                verdict.settle_with,
                verdict.also,
            )
        )
    return [
        (_identity(asset, resources), _settings(asset, resources), judged, _spelled(asset, judged))
        for asset in members
        for judged in (by_asset[id(asset)],)
    ]


def _spelled(asset: Asset, judged: list[Any]) -> Spelled:
    """Return the attributes of settings that fail, by name, of what has to be evaluated anew to ask for them.

    A report says by them what to set.
    """
    if asset.resource.dialect != "arm":
        return {}
    settings = asset.settings
    failed = (row for row in judged if len(row) > _PASSED and row[_OUTCOME] == Outcome.FAIL.value)
    names = {name for row in failed for name in (row[_SETTING], *row[_ALSO]) if name}
    return {name: (settings.attribute(name), settings.attributes(name)) for name in sorted(names)}


def _identity(asset: Asset, resources: Mapping[int, int]) -> tuple[Any, ...]:
    number = resources.get(id(asset.resource))
    if number is None:
        raise _NotWritable
    return asset.kind, asset.address, number, asset.name, _plain(asset.key), asset.path, asset.said


def _settings(asset: Asset, resources: Mapping[int, int]) -> list[tuple[Any, ...]]:
    """Return the settings of an asset that have been read: three parts for one that its own resource states alone."""
    own = asset.resource
    rows: list[tuple[Any, ...]] = []
    for name, setting in asset.settings.known.items():
        if setting.__class__ is Known and setting.resource is own and not setting.way:
            value = setting.value
            rows.append((name, value if value.__class__ in _SCALARS else _plain(value), setting.path))
        else:
            rows.append((name, *_written(setting, resources)))
    return rows


def _written(setting: Setting, resources: Mapping[int, int]) -> tuple[Any, ...]:
    number = resources.get(id(setting.resource))
    if number is None:
        raise _NotWritable
    match setting:
        case Known():
            return "known", _plain(setting.value), _steps(setting.way, resources), number, setting.path
        case Default():
            return "default", _plain(setting.value), setting.documented, number, setting.path
        case Unknown():
            return "unknown", setting.settle_with, setting.because, number, setting.path
        case NotApplicable():
            return "none", None, setting.because, number, setting.path


def _steps(
    way: Iterable[tuple[Resource, Path]], resources: Mapping[int, int]
) -> tuple[tuple[int, Path], ...]:
    steps = [(resources.get(id(resource)), path) for resource, path in way]
    if any(number is None for number, _ in steps):
        raise _NotWritable
    return tuple((number, path) for number, path in steps if number is not None)


def _plain(value: Any) -> Any:
    """Return `value` as marshal takes it: what is not known in a list or map becomes a marked tuple."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Unresolved):
        return ("unresolved", value.because, value.settle_with, value.expression, value.literal)
    if isinstance(value, Reference):
        return ("reference", value.address, value.attribute)
    raise _NotWritable


def _value(plain: Any) -> Any:
    if isinstance(plain, tuple):
        return Unresolved(*plain[1:]) if plain[0] == "unresolved" else Reference(*plain[1:])
    if isinstance(plain, list):
        return [_value(each) for each in plain]
    if isinstance(plain, dict):
        return {name: _value(each) for name, each in plain.items()}
    return plain


def recalled(
    content: bytes | None, members: Sequence[Asset], resources: Sequence[Resource], policies: PolicySet
) -> list[Verdict] | None:
    """Return the verdicts that `content` holds, bound to `members`; None where it holds none or is about others."""
    if content is None:
        return None
    _, rows = marshal.loads(content)  # noqa: S302 - written by `written`: sealed, or from a process of ours
    if len(rows) != len(members) or not all(
        asset.kind == kind and asset.address == address and asset.resource is resources[number]
        for asset, ((kind, address, number, *_), *_) in zip(members, rows, strict=True)
    ):
        return None
    found: list[Verdict] = []
    for asset, (_, settings, judged, _) in zip(members, rows, strict=True):
        asset.settings.recall(_known(settings, asset.resource, resources))
        found += _bound(judged, asset, policies)
    return found


def recollected(
    content: bytes,
    resources: Sequence[Resource],
    policies: PolicySet,
    again: Callable[[Resource, int], Settings],
) -> tuple[list[Asset], list[Verdict]] | None:
    """Return the assets that `content` holds, and the verdicts on them; None where services may have more to say.

    `again` returns the settings of an asset, which is one of its resource's by number, as the services read them: it is
    asked where somebody wants a setting that no policy has asked for.
    """
    whole, rows = marshal.loads(content)  # noqa: S302 - as above
    if not whole:
        return None
    assets: list[Asset] = []
    found: list[Verdict] = []
    of_resource = Counter[int]()
    for (kind, address, number, name, key, path, said), settings, judged, spelled in rows:
        own = resources[number]
        read = partial(again, own, of_resource[number])
        of_resource[number] += 1
        known = RecalledSettings(_known(settings, own, resources), read, spelled)
        asset = Asset(kind, name, _value(key), address, own, known, path, said)
        assets.append(asset)
        found += _bound(judged, asset, policies)
    return assets, found


def _known(
    settings: list[tuple[Any, ...]], own: Resource, resources: Sequence[Resource]
) -> dict[str, Setting]:
    known: dict[str, Setting] = {}
    for row in settings:
        if len(row) == _OWN_KNOWN:
            name, value, path = row
            known[name] = Known(value if value.__class__ in _SCALARS else _value(value), own, path)
        else:
            known[row[0]] = _setting(row[1:], resources)
    return known


def _bound(judged: list[tuple[Any, ...]], asset: Asset, policies: PolicySet) -> list[Verdict]:
    """Return the verdicts on an asset whose settings have been recalled."""
    by_id, known = policies.by_id, asset.settings.known
    found: list[Verdict] = []
    for policy, name, *rest in judged:
        if not rest:
            value = getattr(known[name], "value", None)
            found.append(Verdict(by_id[policy], Outcome.PASS, asset, name, value, passed))
            continue
        outcome, because, settle_with, also = rest
        came_out = _OUTCOMES[outcome]
        value = getattr(known[name], "value", None) if came_out in _TOLD else None
        found.append(
            Verdict(by_id[policy], came_out, asset, name, value, because or passed, settle_with, also)
        )
    return found


def _setting(row: tuple[Any, ...], resources: Sequence[Resource]) -> Setting:
    state, value, because, number, path = row  # for a known value, `because` is its way
    if state == "known":
        if not because:
            return Known(_value(value), resources[number], path)
        way = tuple((resources[step], at) for step, at in because)
        return Known(_value(value), resources[number], path, way)
    if state == "default":
        return Default(_value(value), because, resources[number], path)
    if state == "unknown":
        return Unknown(because, value, resources[number], path)
    return NotApplicable(because, resources[number], path)
