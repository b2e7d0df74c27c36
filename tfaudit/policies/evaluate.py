"""Judges assets by policies, three-valued after Kleene: one fail decides; failing none, one unknown leaves it open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable, Unknown
from tfaudit.model.verdicts import Outcome, Policy, Verdict
from tfaudit.policies.matchers import Test, Wanted
from tfaudit.redaction import shown

Condition: TypeAlias = tuple[str, Test, Wanted]
"""A setting's name, the compiled test of its value, and what the matcher demands."""


class Compiled(Struct, frozen=True):
    """A policy ready to judge one kind."""

    policy: Policy
    when: tuple[Condition, ...]
    require: tuple[Condition, ...]


def judge(assets: Iterable[Asset], policies: Callable[[str], list[Compiled]]) -> Iterator[Verdict]:
    """Yield one verdict for each asset and each policy of its kind; `policies` gives those of a kind."""
    for asset in assets:
        for compiled in policies(asset.kind):
            try:
                yield evaluate(compiled, asset)
            except Exception as error:  # noqa: BLE001 - a policy's crash is a verdict of its own
                because = f"the policy failed on it: {type(error).__name__}: {str(error)[:200]}"
                yield Verdict(
                    compiled.policy, Outcome.ERROR, asset, "", None, because, "report this as a defect"
                )


def evaluate(compiled: Compiled, asset: Asset) -> Verdict:
    """Return how `compiled` comes out for `asset`."""
    policy = compiled.policy
    undecided = ""
    for name, test, wanted in compiled.when:
        result = _holds(asset, name, test)
        if result is False or result is NOT_HERE:
            because = _only_where(name, wanted.says, _not_here(asset, name))
            return Verdict(policy, Outcome.NOT_APPLICABLE, asset, name, None, because)
        if result is None:
            undecided = undecided or name
    failed: list[tuple[str, Wanted]] = []
    open_: list[str] = []
    met = ""
    for name, test, wanted in compiled.require:
        result = _holds(asset, name, test)
        if result is None:
            open_.append(name)
        elif result is False:
            failed.append((name, wanted))
        elif result is True:
            met = met or name
    if failed:
        return _unknown(policy, asset, [undecided]) if undecided else _fail(policy, asset, failed)
    if open_:
        return _unknown(policy, asset, [*open_, undecided] if undecided and undecided not in open_ else open_)
    return _pass(policy, asset, met) if met else _nothing_to_judge(policy, asset, compiled.require[0][0])


@lru_cache(maxsize=4096)
def _only_where(name: str, says: str, here: str) -> str:
    """Return why a policy does not apply; what is said of many assets is one text, and kept and sent once."""
    return f"it applies only where {name} is {says}{here}"


def _not_here(asset: Asset, name: str) -> str:
    """Return why a condition's setting does not apply to the asset; "" where it does, and its value is another."""
    setting = asset.settings[name]
    return f"; here: {setting.because}" if isinstance(setting, NotApplicable) else ""


def _nothing_to_judge(policy: Policy, asset: Asset, name: str) -> Verdict:
    setting = asset.settings[name]
    because = setting.because if isinstance(setting, NotApplicable) else "there is nothing to judge"
    return Verdict(policy, Outcome.NOT_APPLICABLE, asset, name, None, because)


class _NotHere:
    __slots__ = ()


NOT_HERE = _NotHere()
"""What a condition gives for a setting that the asset cannot have."""


def _holds(asset: Asset, name: str, test: Test) -> bool | _NotHere | None:
    setting = asset.settings[name]
    kind = type(setting)
    if kind is Known or kind is Default:
        return test(setting.value)  # type: ignore[union-attr]
    return NOT_HERE if kind is NotApplicable else None


def _pass(policy: Policy, asset: Asset, name: str) -> Verdict:
    return Verdict(policy, Outcome.PASS, asset, name, getattr(asset.settings[name], "value", None), passed)


def passed(verdict: Verdict) -> str:
    """Return why a verdict is a pass: what its setting is, and whether by default."""
    name, value = verdict.setting, verdict.value
    setting = verdict.asset.settings[name]
    default = f" by default ({setting.documented})" if isinstance(setting, Default) else ""
    return f"{name} is {shown(value, name)}{default}"


def _fail(policy: Policy, asset: Asset, failed: list[tuple[str, Wanted]]) -> Verdict:
    reasons = []
    for name, wanted in failed:
        setting = asset.settings[name]
        value = getattr(setting, "value", None)
        origin = f" by default ({setting.documented})" if isinstance(setting, Default) else ""
        reasons.append(f"{name} is {shown(value, name)}{origin}, and {wanted.demands}")
    first = failed[0][0]
    value = getattr(asset.settings[first], "value", None)
    also = tuple(name for name, _ in failed[1:])
    return Verdict(policy, Outcome.FAIL, asset, first, value, "; ".join(reasons), also=also)


def _unknown(policy: Policy, asset: Asset, names: list[str]) -> Verdict:
    reasons: dict[tuple[str, str], list[str]] = {}
    settle = ""
    for name in names:
        setting = asset.settings[name]
        if isinstance(setting, Unknown):
            reasons.setdefault((": ", setting.because), []).append(name)
            settle = settle or setting.settle_with
        else:
            parts = [
                each for each in getattr(setting, "value", ()) if isinstance(each, (Unresolved, Reference))
            ]
            why = next(
                (part.because for part in parts if isinstance(part, Unresolved)),
                "part of it is known only after apply",
            )
            reasons.setdefault((" in full: ", why), []).append(name)
            settle = settle or next(
                (part.settle_with for part in parts if isinstance(part, Unresolved)), "scan the plan"
            )
    because = "; ".join(
        f"{_listed(of)} {'is' if len(of) == 1 else 'are'} not known{how}{why}"
        for (how, why), of in reasons.items()
    )
    return Verdict(policy, Outcome.UNKNOWN, asset, names[0], None, because, settle, tuple(names[1:]))


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
