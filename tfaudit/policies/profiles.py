"""Profiles: named parameter values and a choice of policies.

name: company-directory
title: What the company directory's infrastructure document asks for
parameters:
  backup-retention: {days: 7}
severities: {log-retention: high}
exclude: [database-customer-managed-key]     # or `only: [...]`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit import yaml_files
from tfaudit.errors import PolicyError, UsageError, did_you_mean
from tfaudit.model.verdicts import Parameter, Policy, Severity
from tfaudit.policies.load import unknown

_WORDS = ("name", "title", "parameters", "severities", "only", "exclude")


class Profile(Struct, frozen=True):
    """Parameter values by policy and name, severities by policy, and which policies are in force."""

    name: str
    title: str = ""
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    origin: str = ""


def names(folder: Path) -> list[str]:
    """Return the names of the profiles in `folder`."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def read(name: str, folder: Path) -> Profile:
    """Return the profile called `name`, or the one in the file that `name` is the path of.

    Raises `UsageError` for one that does not exist, `PolicyError` for one of another form.
    """
    path = Path(name) if name.endswith((".yaml", ".yml")) else folder / f"{name}.yaml"
    if not path.is_file():
        known = names(folder)
        raise UsageError(f'unknown profile "{name}"{did_you_mean(name, known)} (known: {", ".join(known)})')
    ((document, _),) = yaml_files.read_all([path])
    return profile_from(document, str(path))


def profile_from(document: Any, origin: str) -> Profile:
    """Return the profile that a parsed document holds."""
    if not isinstance(document, dict):
        raise PolicyError(f"{origin}: a profile is a map of {', '.join(_WORDS)}")
    for word in document:
        if word not in _WORDS:
            raise PolicyError(f'{origin}: unknown word "{word}"{did_you_mean(str(word), _WORDS)}')
    return Profile(
        name=str(document.get("name") or Path(origin).stem),
        title=str(document.get("title", "")),
        parameters=document.get("parameters") or {},
        severities=document.get("severities") or {},
        only=tuple(document.get("only") or ()),
        exclude=tuple(document.get("exclude") or ()),
        origin=origin,
    )


def apply(profile: Profile, policies: Iterable[Policy]) -> list[Policy]:
    """Return the policies that `profile` has in force, with its values.

    Raises `UsageError` for a policy, parameter or severity that does not exist: a misspelt one would weaken the scan in
    silence.
    """
    known = {policy.id: policy for policy in policies}
    for id_ in (*profile.only, *profile.exclude, *profile.parameters, *profile.severities):
        if id_ not in known:
            raise unknown(id_, known, profile.origin)
    chosen = [
        id_ for id_ in known if (not profile.only or id_ in profile.only) and id_ not in profile.exclude
    ]
    return [_set(known[id_], profile) for id_ in chosen]


def _set(policy: Policy, profile: Profile) -> Policy:
    values = profile.parameters.get(policy.id, {})
    stated = {parameter.name: parameter for parameter in policy.parameters}
    for name in values:
        if name not in stated:
            raise UsageError(
                f'{profile.origin}: {policy.id} has no parameter "{name}"{did_you_mean(name, stated)}'
            )
    severity = profile.severities.get(policy.id, policy.severity.value)
    if severity not in [each.value for each in Severity]:
        raise UsageError(
            f'{profile.origin}: unknown severity "{severity}" of {policy.id}; use critical, high, medium or low'
        )
    if not values and severity == policy.severity.value:
        return policy
    parameters = tuple(
        Parameter(each.name, values.get(each.name, each.value), each.unit, each.says)
        for each in policy.parameters
    )
    return replace(policy, parameters=parameters, severity=Severity(severity))
