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
_NAMES = {outcome: outcome.value for outcome in Outcome}
_SCALARS = (bool, str, int)


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
    """Return what `recalled` takes: for each asset who it is, its settings and its verdicts."""
    resources = {id(resource): number for number, resource in enumerate(inside)}
    by_asset: dict[int, list[Any]] = {id(asset): [] for asset in members}
    for verdict in found:
        if verdict.outcome is Outcome.ERROR:
            raise _NotWritable
        came_out = (
            _NAMES[verdict.outcome],
            verdict.setting,
            "" if verdict.reason is passed else verdict.because,
            verdict.settle_with,
            verdict.also,
        )
        by_asset[id(verdict.asset)].append((verdict.policy.id, *came_out))
    return [
        (
            _identity(asset),
            [(name, _written(setting, resources)) for name, setting in asset.settings.known.items()],
            by_asset[id(asset)],
        )
        for asset in members
    ]


def _identity(asset: Asset) -> tuple[str, str, str]:
    return asset.kind, asset.resource.type, asset.address


def _written(setting: Setting, resources: Mapping[int, int]) -> tuple[Any, ...]:
    number = resources.get(id(setting.resource))
    if number is None:
        raise _NotWritable
    if setting.__class__ is Known:  # most are
        value = setting.value
        return "known", value if value.__class__ in _SCALARS else _plain(value), "", number, setting.path
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
        known = {name: _setting(row, resources) for name, row in settings}
        asset.settings.recall(known)
        for policy, outcome, setting, because, settle_with, also in judged:
            came_out = _OUTCOMES[outcome]
            value = getattr(known[setting], "value", None) if came_out in _TOLD else None
            reason = because or passed
            found.append(Verdict(by_id[policy], came_out, asset, setting, value, reason, settle_with, also))
    return found


def _setting(row: tuple[Any, ...], resources: Sequence[Resource]) -> Setting:
    state, value, because, number, path = row
    if state == "known":
        return Known(value if type(value) in _SCALARS else _value(value), resources[number], path)
    if state == "default":
        return Default(_value(value), because, resources[number], path)
    if state == "unknown":
        return Unknown(because, value, resources[number], path)
    return NotApplicable(because, resources[number], path)
