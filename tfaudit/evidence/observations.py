"""What a verdict rests on: each setting that its policy asks for, with its state, its place and the file's SHA-256."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tfaudit import documents
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.model.verdicts import Outcome
from tfaudit.redaction import redacted, redacted_value

if TYPE_CHECKING:
    from tfaudit.model.resources import Place
    from tfaudit.model.settings import Setting
    from tfaudit.model.verdicts import Verdict


def verdict(each: Verdict, digests: Mapping[str, str]) -> dict[str, Any]:
    """Return a verdict with its observations, as one line of `verdicts.jsonl`; its controls are in `controls.json`."""
    data = documents.verdict(each)
    data["observations"] = [_observation(name, each.asset.settings[name], digests) for name in _judged(each)]
    return data


def _judged(each: Verdict) -> list[str]:
    """Return the settings that were looked at: one that was not may be one that cannot be read at all."""
    if each.outcome is Outcome.ERROR:
        return []
    when = list(each.policy.when)
    if each.outcome is Outcome.NOT_APPLICABLE and each.setting in when:
        return when[: when.index(each.setting) + 1]
    return list(dict.fromkeys([*when, *each.policy.require]))


def _observation(name: str, setting: Setting, digests: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"setting": name}
    if isinstance(setting, Known):
        data |= {"state": "known", "value": redacted_value(setting.value, name)}
    elif isinstance(setting, Default):
        data |= {
            "state": "default",
            "value": redacted_value(setting.value, name),
            "documented": setting.documented,
        }
    elif isinstance(setting, NotApplicable):
        data |= {"state": "not_applicable", "because": redacted(setting.because)}
    else:
        data |= {
            "state": "unknown",
            "because": redacted(setting.because),
            "settle_with": redacted(setting.settle_with),
        }
    data["resource"] = redacted(setting.resource.address)
    data["place"] = _place(setting.place, digests)
    origins = setting.origins
    if origins:
        data["origins"] = [documents.origin(each) for each in origins]
    return data


def _place(at: Place, digests: Mapping[str, str]) -> dict[str, Any]:
    data = documents.place(at)
    sha256 = digests.get(at.origin)
    return {**data, "sha256": sha256} if sha256 else data
