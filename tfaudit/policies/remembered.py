"""Verdicts on what has not changed since an earlier scan: recalled with the settings that they rest on.

A source that can tell says for each scope a digest of all that it is read from. Verdicts are kept under that digest,
the policies in force and tfaudit's own code; a waiver's date is judged anew at every scan, and so is a scope of which
anything differs, or that cannot be written down.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from tfaudit.cache import Cache, made_by
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Setting, Unknown
from tfaudit.model.verdicts import Outcome, Verdict
from tfaudit.policies.evaluate import judge, passed
from tfaudit.policies.load import PolicySet

_TOLD = (Outcome.PASS, Outcome.FAIL)
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_SCALARS = (bool, str, int)
_OWN_KNOWN = 3
"""How many parts a known setting of the asset's own resource is written with."""


class _NotWritable(Exception):
    """A value, or the resource that it was read from, cannot be kept."""


class Scope(Struct, frozen=True):
    """The resources of one scope, in their order, and the digest of all that they were read from."""

    digest: str
    resources: list[Resource]


_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def verdicts(
    assets: Iterable[Asset],
    policies: PolicySet,
    scopes: Mapping[str, Scope],
    cache: Cache,
    brought: Mapping[str, bytes] = _NOTHING,
) -> Iterator[Verdict]:
    """Yield what `policies.evaluate.judge` would; what is not in one of `scopes` is judged.

    `brought` holds what `written` has made of scopes elsewhere, by the same policies.
    """
    for name, group in groupby(assets, key=lambda asset: asset.scope):
        scope = scopes.get(name)
        if scope is None:
            yield from judge(group, policies.of_kind)
            continue
        members = list(group)
        key = hashlib.sha256(f"{scope.digest}\0{policies.digest}\0{made_by()}".encode()).hexdigest()
        content = brought.get(name)
        found = recalled(content or cache.get(key), members, scope.resources, policies)
        if found is None:
            found = list(judge(members, policies.of_kind))
            content = written(members, scope.resources, found)
        if content:
            cache.put(key, content)
        yield from found


def written(members: list[Asset], resources: list[Resource], found: list[Verdict]) -> bytes:
    """Return the verdicts `found` on the assets `members` of `resources`, b"" where they cannot be written down."""
    try:
        return marshal.dumps(_rows(members, resources, found))
    except (_NotWritable, ValueError):
        return b""  # they are judged again when they are needed


def _rows(members: list[Asset], inside: list[Resource], found: list[Verdict]) -> list[Any]:
    """Return what `recalled` takes: for each asset who it is, its settings and its verdicts.

    Most settings are known and read from the asset's own resource, and most verdicts are passes: of these no more is
    written than differs, since there are hundreds of thousands.
    """
    resources = {id(resource): number for number, resource in enumerate(inside)}
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
                outcome.value,
                "" if verdict.reason is passed else verdict.because,
                verdict.settle_with,
                verdict.also,
            )
        )
    return [(_identity(asset), _settings(asset, resources), by_asset[id(asset)]) for asset in members]


def _identity(asset: Asset) -> tuple[str, str, str]:
    return asset.kind, asset.resource.type, asset.address


def _settings(asset: Asset, resources: Mapping[int, int]) -> list[tuple[Any, ...]]:
    """Return the settings of an asset that have been read: three parts for a known one of its own resource."""
    own = asset.resource
    if id(own) not in resources:
        raise _NotWritable
    rows: list[tuple[Any, ...]] = []
    for name, setting in asset.settings.known.items():
        if setting.__class__ is Known and setting.resource is own:
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
            return "known", _plain(setting.value), "", number, setting.path
        case Default():
            return "default", _plain(setting.value), setting.documented, number, setting.path
        case Unknown():
            return "unknown", setting.settle_with, setting.because, number, setting.path
        case NotApplicable():
            return "none", None, setting.because, number, setting.path


def _plain(value: Any) -> Any:
    """Return `value` as marshal takes it: what is not known in a list or map becomes a marked tuple."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Unresolved):
        return ("unresolved", value.because, value.settle_with, value.expression)
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
    rows = marshal.loads(content)  # noqa: S302 - written by `written`: sealed, or from a process of ours
    if [row[0] for row in rows] != [_identity(asset) for asset in members]:
        return None
    by_id = policies.by_id
    found: list[Verdict] = []
    for asset, (_, settings, judged) in zip(members, rows, strict=True):
        known: dict[str, Setting] = {}
        own = asset.resource
        for row in settings:
            if len(row) == _OWN_KNOWN:
                name, value, path = row
                known[name] = Known(value if value.__class__ in _SCALARS else _value(value), own, path)
            else:
                known[row[0]] = _setting(row[1:], resources)
        asset.settings.recall(known)
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
    state, value, because, number, path = row
    if state == "known":
        return Known(_value(value), resources[number], path)
    if state == "default":
        return Default(_value(value), because, resources[number], path)
    if state == "unknown":
        return Unknown(because, value, resources[number], path)
    return NotApplicable(because, resources[number], path)
