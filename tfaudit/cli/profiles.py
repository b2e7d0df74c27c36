"""`tfaudit profiles list|show`: which values and policies a profile puts in force, and where each comes from."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from tfaudit import data
from tfaudit.cli import environment
from tfaudit.cli.tables import table
from tfaudit.model.verdicts import Policy
from tfaudit.policies import profiles
from tfaudit.policies.profiles import Profile
from tfaudit.policies.select import available


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    commands = parser.add_subparsers(metavar="list|show", required=True)
    listing = commands.add_parser("list", help="the profiles that tfaudit brings")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="one profile, with where each value comes from")
    show.add_argument("name", metavar="NAME", help="a profile's name or file")
    show.add_argument("--all", action="store_true", help="values that the policies themselves state as well")
    show.add_argument("--json", action="store_true", help="as JSON")
    show.set_defaults(run=run_show)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the profiles by name, with what they extend."""
    folder = data.folder("policies") / "profiles"
    found = [profiles.read(name, folder) for name in profiles.names(folder)]
    rows = ((each.name, ", ".join(each.extends) or "-", each.title) for each in found)
    sys.stdout.write(table(("profile", "extends", "title"), rows))
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Print what a profile puts in force."""
    from pathlib import Path

    profile = profiles.read(arguments.name, data.folder("policies") / "profiles")
    policies = profiles.apply(profile, every := available((), environment.cache_store([Path()])))
    values = list(_values(policies, all_=arguments.all))
    if arguments.json:
        print(json.dumps(_document(profile, policies, values), indent=1))
        return 0
    print(f"{profile.name}: {profile.title}")
    print(f"  from {profile.origin}" + (f", extends {', '.join(profile.extends)}" if profile.extends else ""))
    print(f"  {len(policies)} of {len(every)} policies in force")
    for id_, by in sorted(profile.excluded_by.items()):
        if by:
            print(f"  leaves out {id_} ({by})")
    for id_, severity in sorted(profile.severities.items()):
        print(f"  severity of {id_}: {severity} ({profile.severity_sources[id_]})")
    for id_, scope in sorted(profile.scopes.items()):
        print(f"  {id_} is asked in the scope {scope} alone")
    terms = profile.waivers
    if terms.requires:
        print(f"  a waiver has to name: {', '.join(each.replace('_', ' ') for each in terms.requires)}")
    for severity, days in terms.longest_days.items():
        print(f"  a waiver of {severity} severity may run {days} days ahead")
    sys.stdout.write(table(("policy", "parameter", "value", "unit", "comes from"), values))
    return 0


def _values(policies: list[Policy], *, all_: bool) -> Iterator[tuple[str, ...]]:
    for policy in policies:
        for each in policy.parameters:
            if each.source or all_:
                value = ", ".join(map(str, each.value)) if isinstance(each.value, list) else str(each.value)
                yield policy.id, each.name, value, each.unit or "-", each.source or "the policy itself"


def _document(profile: Profile, policies: list[Policy], values: list[tuple[str, ...]]) -> dict[str, object]:
    words = ("policy", "parameter", "value", "unit", "comes_from")
    return {
        "name": profile.name,
        "title": profile.title,
        "origin": profile.origin,
        "extends": list(profile.extends),
        "policies": [policy.id for policy in policies],
        "left_out": {id_: by for id_, by in profile.excluded_by.items() if by},
        "severities": dict(profile.severities),
        "scopes": dict(profile.scopes),
        "waivers": {
            "longest_days": dict(profile.waivers.longest_days),
            "requires": list(profile.waivers.requires),
        },
        "parameters": [dict(zip(words, row, strict=True)) for row in values],
    }
