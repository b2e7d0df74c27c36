"""Profiles: named parameter values and a choice of policies, one built on another.

name: company-directory
title: What the company directory's infrastructure document asks for
extends: default
parameters:
  backup-retention: {days: {value: 7, source: "document, section Backup"}}
severities: {log-retention: high}
exclude: ["*-customer-managed-key"]          # or `only: [...]`; `include` undoes what it extends
waivers: {longest_days: {critical: 30}, requires: [approver, ticket]}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit import yaml_files
from tfaudit.errors import PolicyError, UsageError, did_you_mean
from tfaudit.model.verdicts import Parameter, Policy, Severity, WaiverTerms
from tfaudit.policies.load import compile_policy, named, unknown

DEEPEST = 8
"""How many profiles may build on one another."""
_SEVERITIES = frozenset(each.value for each in Severity)


class Value(Struct, frozen=True):
    """A parameter's value, with who sets it: `profile pci_dss: PCI DSS 10.5.1`."""

    value: Any
    source: str = ""


class Profile(Struct, frozen=True):
    """Parameter values by policy and name, severities by policy, and which policies are in force.

    `severity_sources` and `excluded_by` tell which profile says so; `scopes` are those that a policy is judged in.
    """

    name: str
    title: str = ""
    parameters: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    severity_sources: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    excluded_by: Mapping[str, str] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)
    waivers: WaiverTerms = field(default_factory=WaiverTerms)
    extends: tuple[str, ...] = ()
    origin: str = ""


def names(folder: Path) -> list[str]:
    """Return the names of the profiles in `folder`."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def read(name: str, folder: Path) -> Profile:
    """Return the profile called `name`, or the one in the file that `name` is the path of, on what it extends.

    Raises `UsageError` for one that does not exist, `PolicyError` for one of another form, or that builds on itself.
    """
    return _read(name, folder, ())


def _read(name: str, folder: Path, above: tuple[Path, ...]) -> Profile:
    own = not name.endswith((".yaml", ".yml"))
    path = folder / f"{name}.yaml" if own else Path(name)
    if not path.is_file():
        known = names(folder)
        where = f"{above[-1]}: it extends an " if above else ""
        raise UsageError(
            f'{where}unknown profile "{name}"{did_you_mean(name, known)} (known: {", ".join(known)})'
        )
    if path in above or len(above) == DEEPEST:
        raise PolicyError(f"{path}: profiles that build on one another in a ring, or over {DEEPEST} of them")
    ((document, _),) = yaml_files.read_all([path])
    if not own:
        _check(document, path)
    try:
        return _on_its_bases(document, path, folder, above)
    except (KeyError, TypeError, AttributeError, ValueError):
        _check(document, path)  # one of tfaudit's own that has been changed may be no profile after all
        raise


def _check(document: Any, path: Path) -> None:
    from tfaudit.policies.profile_schema import check

    check(document, str(path))


def _on_its_bases(document: Mapping[str, Any], path: Path, folder: Path, above: tuple[Path, ...]) -> Profile:
    stated = document.get("extends", ())
    bases = [stated] if isinstance(stated, str) else list(stated)
    base = Profile("")
    for each in bases:
        base = _over(_read(_beside(each, path), folder, (*above, path)), base)
    return _over(_stated(document, str(path), tuple(bases)), base)


def _beside(name: str, path: Path) -> str:
    """Return what a profile extends: one of tfaudit's own by name, or the file of that name beside it."""
    if not name.endswith((".yaml", ".yml")):
        return name
    found = path.parent / name
    if Path(name).name != name or found.is_symlink():
        raise PolicyError(f'{path}: extends "{name}": name a file beside it, and no link')
    return str(found)


def _stated(document: Mapping[str, Any], origin: str, extends: tuple[str, ...]) -> Profile:
    """Return what one profile says itself; `include` stands in `excluded_by` as a word without a profile."""
    from tfaudit.policies.load import waiver_terms

    name = str(document["name"])
    severities = dict(document.get("severities") or {})
    return Profile(
        name=name,
        title=str(document.get("title", "")),
        parameters={
            policy: {each: _value(value, name) for each, value in values.items()}
            for policy, values in (document.get("parameters") or {}).items()
        },
        severities=severities,
        severity_sources=dict.fromkeys(severities, f"profile {name}"),
        only=tuple(document.get("only") or ()),
        excluded_by=_in_or_out(document, f"profile {name}"),
        scopes=dict(document.get("scopes") or {}),
        waivers=waiver_terms(document.get("waivers") or {}),
        extends=extends,
        origin=origin,
    )


def _in_or_out(document: Mapping[str, Any], by: str) -> dict[str, str]:
    """Return who leaves out each name of policies, "" where it is included: a whole name goes over a pattern."""
    stated = dict.fromkeys(document.get("include") or (), "") | dict.fromkeys(
        document.get("exclude") or (), by
    )
    return dict(sorted(stated.items(), key=lambda each: "*" not in each[0]))


def _value(stated: Any, name: str) -> Value:
    if isinstance(stated, dict) and stated.keys() == {"value", "source"}:
        return Value(stated["value"], f"profile {name}: {stated['source']}")
    return Value(stated, f"profile {name}")


def _over(upper: Profile, lower: Profile) -> Profile:
    """Return `upper` with all that it does not say as `lower` says it."""
    parameters = {
        policy: {**lower.parameters.get(policy, {}), **upper.parameters.get(policy, {})}
        for policy in (*lower.parameters, *upper.parameters)
    }
    terms = WaiverTerms(
        {**lower.waivers.longest_days, **upper.waivers.longest_days},
        tuple(dict.fromkeys((*lower.waivers.requires, *upper.waivers.requires))),
    )
    return replace(
        upper,
        parameters=parameters,
        severities={**lower.severities, **upper.severities},
        severity_sources={**lower.severity_sources, **upper.severity_sources},
        only=upper.only or lower.only,
        # In the order in which they count: the last that names a policy decides.
        excluded_by={
            **{id_: by for id_, by in lower.excluded_by.items() if id_ not in upper.excluded_by},
            **upper.excluded_by,
        },
        scopes={**lower.scopes, **upper.scopes},
        waivers=terms,
    )


def configured(
    parameters: Mapping[str, Mapping[str, Any]],
    severities: Mapping[str, str],
    excluded: Iterable[str],
    origin: str,
) -> Profile:
    """Return what a configuration sets, as a profile that goes over any other."""
    return Profile(
        "configuration",
        parameters={
            policy: {name: Value(value, origin) for name, value in values.items()}
            for policy, values in parameters.items()
        },
        severities=severities,
        severity_sources=dict.fromkeys(severities, origin),
        excluded_by=dict.fromkeys(excluded, origin),
        origin=origin,
    )


def apply(profile: Profile, policies: Iterable[Policy], every: Iterable[Policy] = ()) -> list[Policy]:
    """Return those of `policies` that `profile` has in force, with its values.

    `every` are those that may be named as well, as another profile has left them out before.
    Raises `UsageError` for a policy, parameter or severity that does not exist: a misspelt one would weaken the scan in
    silence.
    """
    offered = {policy.id: policy for policy in policies}
    known = {**{policy.id: policy for policy in every}, **offered}
    for id_ in (*profile.parameters, *profile.severities, *profile.scopes):
        if id_ not in known:
            raise unknown(id_, known, profile.origin)
    only = {id_ for name in profile.only for id_ in named(name, known, profile.origin)}
    left_out = {
        id_: by
        for name, by in profile.excluded_by.items()
        for id_ in named(name, known, by or profile.origin)
    }
    chosen = [id_ for id_ in offered if (not only or id_ in only) and not left_out.get(id_)]
    if profile.waivers != WaiverTerms():
        return [_set(offered[id_], profile) for id_ in chosen]
    stated = {*profile.parameters, *profile.severities, *profile.scopes}
    return [_set(offered[id_], profile) if id_ in stated else offered[id_] for id_ in chosen]


def _set(policy: Policy, profile: Profile) -> Policy:
    values = profile.parameters.get(policy.id, {})
    stated = {parameter.name: parameter for parameter in policy.parameters}
    for name in values:
        if name not in stated:
            raise UsageError(
                f'{profile.origin}: {policy.id} has no parameter "{name}"{did_you_mean(name, stated)}'
            )
    severity = profile.severities.get(policy.id, policy.severity.value)
    if severity not in _SEVERITIES:
        raise UsageError(
            f'{profile.origin}: unknown severity "{severity}" of {policy.id}; use critical, high, medium or low'
        )
    terms = _terms(policy.waiver_terms, profile.waivers)
    scope = profile.scopes.get(policy.id, policy.scope)
    if (not values, severity, terms, scope) == (
        True,
        policy.severity.value,
        policy.waiver_terms,
        policy.scope,
    ):
        return policy
    parameters = tuple(_valued(each, values.get(each.name)) for each in policy.parameters)
    made = replace(
        policy, parameters=parameters, severity=Severity(severity), waiver_terms=terms, scope=scope
    )
    if values:  # a value of no use is told, whatever there is to judge by it
        for kind in made.kinds:
            compile_policy(made, kind)
    return made


def _valued(parameter: Parameter, value: Value | None) -> Parameter:
    return parameter if value is None else replace(parameter, value=value.value, source=value.source)


def _terms(own: WaiverTerms, profile: WaiverTerms) -> WaiverTerms:
    """Return the terms of a policy and a profile together: the shorter time, and all that either wants named."""
    longest = dict(profile.longest_days)
    for severity, days in own.longest_days.items():
        longest[severity] = min(days, longest.get(severity, days))
    return WaiverTerms(longest, tuple(dict.fromkeys((*own.requires, *profile.requires))))
