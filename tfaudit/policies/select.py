"""The policies in force: tfaudit's own and further folders', set by a profile and a configuration, then narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from tfaudit import data
from tfaudit.cache import Store
from tfaudit.errors import PolicyError, UsageError, did_you_mean
from tfaudit.model.verdicts import Link, Policy, Severity
from tfaudit.policies import profiles
from tfaudit.policies.load import PolicySet, choose, read_folder


class Choice(Struct, frozen=True):
    """What to put in force. `parameters` and `severities` go over the profile's; `ids` and `frameworks` narrow it.

    `excluded` are left out by the configuration, `skipped` by the command line. `at_least` is the lowest severity of
    the policies in force, "" for all. `links` are those of frameworks that have them in their own files, by policy.
    `more` returns the policies of rule packs, which are there beside those of `folders`.
    """

    profile: str = "default"
    ids: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    at_least: str = ""
    frameworks: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    origin: str = "the configuration"
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    more: Callable[[], Iterable[Policy]] | None = None


def available(
    folders: Iterable[Path] = (),
    cache: Store | None = None,
    more: Callable[[], Iterable[Policy]] | None = None,
) -> list[Policy]:
    """Return tfaudit's own policies, those of `folders`, and the `more` of rule packs, as written.

    Raises `UsageError` for a folder that is not there, `PolicyError` for a file that is no policy or a taken id.
    """
    found = read_folder(data.folder("policies"), cache, checked=True)
    known = {policy.id: policy.origin for policy in found}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder of policies")
        for policy in read_folder(folder, cache):
            if policy.id in known:
                raise PolicyError(
                    f"{folder / policy.origin}: the id {policy.id} stands in {known[policy.id]} already; choose another"
                )
            known[policy.id] = policy.origin
            found.append(policy)
    return found + list(more() if more is not None else ())


def joined(policies: list[Policy], links: Mapping[str, tuple[Link, ...]]) -> list[Policy]:
    """Return `policies` with the further `links` of frameworks.

    Raises `UsageError` for a link to a policy that is not there, or with a floor of a parameter that it does not have.
    """
    if not links:
        return policies
    known = {policy.id: {each.name for each in policy.parameters} for policy in policies}
    for id_, link in ((id_, link) for id_, those in links.items() for link in those):
        where = f"{link.framework} {link.control}"
        if id_ not in known:
            raise UsageError(f'{where}: links to an unknown policy "{id_}"{did_you_mean(id_, known)}')
        for name in link.floor:
            if name not in known[id_]:
                near = did_you_mean(name, known[id_])
                raise UsageError(f'{where}: its floor for {id_} names no parameter: "{name}"{near}')
    return [
        replace(policy, links=(*policy.links, *links[policy.id])) if policy.id in links else policy
        for policy in policies
    ]


def in_force(choice: Choice, cache: Store | None = None) -> PolicySet:
    """Return the policies that `choice` puts in force, with their final parameters and severities."""
    found = joined(available(choice.folders, cache, choice.more), choice.links)
    profile = profiles.read(choice.profile, data.folder("policies") / "profiles")
    policies = profiles.apply(profile, found)
    own = profiles.configured(choice.parameters, choice.severities, choice.excluded, choice.origin)
    skipped = dict.fromkeys(choice.skipped, "--skip-policy")
    policies = profiles.apply(replace(own, excluded_by={**own.excluded_by, **skipped}), policies, found)
    if choice.ids:
        chosen = {policy.id for policy in choose(found, choice.ids)}
        policies = [policy for policy in policies if policy.id in chosen]
        # One that is named has to be judged; of those that a pattern names, what is in force.
        left = sorted(
            {*(chosen if not policies else choice.ids)} & chosen - {policy.id for policy in policies}
        )
        if left:
            raise UsageError(f"the profile {profile.name} or the configuration leaves out {', '.join(left)}")
    if choice.at_least:
        bar = Severity(choice.at_least).rank
        policies = [policy for policy in policies if policy.severity.rank >= bar]
    if choice.frameworks:
        wanted = set(choice.frameworks)
        policies = [policy for policy in policies if any(link.framework in wanted for link in policy.links)]
        policies = [
            replace(policy, links=tuple(link for link in policy.links if link.framework in wanted))
            for policy in policies
        ]
    return PolicySet(policies, lambda: found, choice)
