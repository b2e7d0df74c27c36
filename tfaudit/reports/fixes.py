"""How to mend what failed: by the policy's own words for the resource's type, else by the attribute that states it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfaudit.model.verdicts import Verdict

_BOUNDS = {"at_least": "at least ", "at_most": "at most "}


def fix(each: Verdict) -> str:
    """Return how to mend a fail, as a sentence."""
    advice = each.policy.fix_for(each.asset.resource.type)
    if advice is not None:
        return advice.says
    failed = (each.setting, *each.also)
    return " ".join(dict.fromkeys(_of_setting(each, name) for name in failed if name in each.policy.require))


def _of_setting(each: Verdict, name: str) -> str:
    settings = each.asset.settings
    attribute = settings.attribute(name)
    value = _required(each, name)
    if attribute and value:
        return f"Set {_shown(attribute, each)} to {value}."
    # A table names the thing itself by an empty path: an attachment is what it attaches.
    attributes = [_shown(path, each) for path in settings.attributes(name) if path]
    what = _listed(attributes) if attributes else "it"
    return f"Change {what}, so that this holds: {each.policy.title[:1].lower()}{each.policy.title[1:]}."


def values(each: Verdict) -> Mapping[str, Any]:
    """Return the attribute values that mend it, with the policy's parameters filled in."""
    advice = each.policy.fix_for(each.asset.resource.type)
    if advice is not None:
        return {name: _parameter(each, value) for name, value in advice.sets.items()}
    attribute = each.asset.settings.attribute(each.setting)
    required = each.policy.require.get(each.setting)
    if each.also or not attribute or "/" in attribute or not isinstance(required, (bool, str)):
        return {}
    return {attribute: _parameter(each, required)}


def _parameter(each: Verdict, value: Any) -> Any:
    known = {f"${parameter.name}": parameter.value for parameter in each.policy.parameters}
    return known.get(value, value) if isinstance(value, str) else value


def _required(each: Verdict, name: str) -> str:
    """Return what the policy requires of the setting where it is a value or a bound, "" where it is more than that."""
    required = each.policy.require.get(name)
    before = ""
    if isinstance(required, dict) and len(required) == 1:
        (name, required), *_ = required.items()
        if name not in _BOUNDS:
            return ""
        before = _BOUNDS[name]
    value = _parameter(each, required)
    return before + json.dumps(value) if isinstance(value, (bool, int, float, str)) else ""


def _shown(path: str, each: Verdict) -> str:
    """Return a path as people write it; what another resource states, with its type, and what a call answers, alone."""
    companion, _, attribute = path.rpartition("/")
    if each.asset.plane == "live":
        return attribute.rpartition(".")[2]
    return f"{attribute} of {companion}" if companion else attribute


def _listed(names: list[str]) -> str:
    *first, last = dict.fromkeys(names)
    return f"{', '.join(first)} or {last}" if first else last
