"""`tfaudit policies list|show|test|new`: what is judged, and the author's tools."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tfaudit import data
from tfaudit.cli import environment
from tfaudit.cli.packs import declare_packs, packs_of
from tfaudit.cli.tables import table
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.floors import shortfall
from tfaudit.model.verdicts import Policy
from tfaudit.policies.load import choose, filled
from tfaudit.policies.matchers import says
from tfaudit.policies.same_as import by_rule as same_as
from tfaudit.policies.select import Choice, available, in_force


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    commands = parser.add_subparsers(metavar="list|show|pages|test|new", required=True)
    listing = commands.add_parser("list", help="every policy in force")
    _common(listing)
    listing.add_argument("--framework", action="append", default=[], metavar="NAME")
    listing.add_argument("--json", action="store_true", help="as JSON")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="one policy in full")
    show.add_argument("id", help="a policy, or another scanner's rule: CKV_AWS_20, AVD-AWS-0089")
    _common(show)
    show.set_defaults(run=run_show)
    pages = commands.add_parser("pages", help="write a page about each policy, as help addresses lead to")
    pages.add_argument("folder", metavar="FOLDER")
    _common(pages)
    pages.set_defaults(run=run_pages)
    test = commands.add_parser("test", help="run policies' examples")
    test.add_argument("id", nargs="*", help="policies (default: all)")
    test.add_argument(
        "--examples", metavar="FOLDER", help="where <policy id>/ folders lie (default: tests/policies)"
    )
    _common(test)
    test.set_defaults(run=run_test)
    new = commands.add_parser("new", help="start a policy and its examples")
    new.add_argument("id")
    new.add_argument("--kind", required=True, help="the kind of asset that it judges")
    new.add_argument("--setting", required=True, help="the setting that it demands")
    new.add_argument("--family", default="", help="one of the families of tfaudit policies list")
    new.add_argument("--folder", default="policies", help="where policies lie (default: policies)")
    new.add_argument("--examples", metavar="FOLDER", default="tests/policies")
    new.set_defaults(run=run_new)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--profile", default="default", metavar="NAME")
    parser.add_argument(
        "--policies", action="append", default=[], metavar="FOLDER", help="a folder of further policies"
    )
    declare_packs(parser)


def _in_force(arguments: argparse.Namespace) -> tuple[Policy, ...]:
    folders = tuple(Path(each) for each in arguments.policies)
    frameworks = tuple(getattr(arguments, "framework", ()))
    if frameworks:
        from tfaudit.controls.load import read

        read([data.folder("controls")], frameworks)
    packs = packs_of(arguments)
    more = packs.policies if packs is not None else None
    choice = Choice(profile=arguments.profile, folders=folders, frameworks=frameworks, more=more)
    return in_force(choice, environment.cache_store([Path()])).policies


def run_list(arguments: argparse.Namespace) -> int:
    """Print the policies in force."""
    policies = sorted(_in_force(arguments), key=lambda policy: (policy.family, policy.id))
    if arguments.json:
        print(json.dumps([_summary(policy) for policy in policies], indent=1))
        return 0
    rows = (
        (policy.family, policy.id, policy.severity.value, ",".join(policy.kinds), policy.title)
        for policy in policies
    )
    sys.stdout.write(table(("family", "policy", "severity", "kinds", "title"), rows))
    print(f"{len(policies)} policies")
    return 0


def _summary(policy: Policy) -> dict[str, object]:
    controls: dict[str, list[str]] = {}
    for link in policy.links:
        controls.setdefault(link.framework, []).append(link.control)
    return {
        "id": policy.id,
        "title": policy.title,
        "family": policy.family,
        "severity": policy.severity.value,
        "kinds": list(policy.kinds),
        "when": dict(policy.when),
        "require": dict(policy.require),
        "parameters": {each.name: each.value for each in policy.parameters},
        "controls": controls,
        "same_as": {tool: list(ids) for tool, ids in policy.same_as.items()},
    }


def run_show(arguments: argparse.Namespace) -> int:
    """Print one policy: what it demands, why, how to mend it, what it is evidence for; by another tool's id, each."""
    if arguments.id.startswith("CKV") and not arguments.pack:
        arguments.pack = ["checkov"]
    policies = {policy.id: policy for policy in _in_force(arguments)}
    policy = policies.get(arguments.id)
    if policy is not None:
        _show(policy)
    others = [
        each for each in same_as(policies.values(), arguments.id) if policy is None or each[0].id != policy.id
    ]
    if policy is not None and not others:
        return 0
    if not others:
        raise UsageError(
            f'unknown policy "{arguments.id}"{did_you_mean(arguments.id, policies)} (see: tfaudit policies list)'
        )
    for each, tool, written in others:
        print(f"{tool}'s {written} judges what this policy judges:")
        _show(each)
    return 0


def _show(policy: Policy) -> None:
    print(f"{policy.id}: {policy.title}")
    print(
        f"  {policy.severity.value}, {policy.family}, judges {', '.join(policy.kinds)}; from {policy.origin}"
    )
    for name, matcher in policy.when.items():
        print(f"  when     {name} is {says(filled(policy, matcher))}")
    for name, matcher in policy.require.items():
        print(f"  requires {name} to be {says(filled(policy, matcher))}")
    for parameter in policy.parameters:
        by = f" ({parameter.source})" if parameter.source else ""
        print(f"  ${parameter.name} = {parameter.value} {parameter.unit}: {parameter.says}{by}")
    if policy.finding:
        print(f"  finding  {policy.finding}")
    print(f"  why      {policy.why}")
    for type_ in policy.fixes:
        fix = policy.fix_for(type_)
        print(f"  fix      {type_ + ': ' if type_ else ''}{fix.says if fix else ''}")
    for link in policy.links:
        short = shortfall(policy, link)
        print(
            f"  control  {link.framework} {link.control} ({link.strength}): {link.because}"
            + (f" It does not count: {short}." if short else "")
        )
    for tool, ids in policy.same_as.items():
        print(f"  same as  {tool}: {', '.join(ids)}")


def run_pages(arguments: argparse.Namespace) -> int:
    """Write `<policy id>.md` for each policy in force into a folder, which is made."""
    from tfaudit.policies import pages

    folder = Path(arguments.folder)
    policies = _in_force(arguments)
    folder.mkdir(parents=True, exist_ok=True)
    for policy in policies:
        (folder / f"{policy.id}.md").write_text(pages.text(policy), "utf-8")
    print(f"wrote {len(policies)} pages to {folder}")
    return 0


def run_test(arguments: argparse.Namespace) -> int:
    """Run the examples of the named policies, or of all; exit code 1 where one does not agree."""
    from tfaudit.pipeline.examples import run

    policies = {policy.id: policy for policy in available(map(Path, arguments.policies))}
    chosen = choose(policies.values(), arguments.id)
    folder = Path(arguments.examples or "tests/policies").absolute()
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder of examples; name it with --examples")
    files = faults = 0
    for tested in run(chosen, folder):
        files += bool(tested.file)
        for problem in tested.problems:
            faults += 1
            print(f"{folder / tested.policy / tested.file}: {problem}")
    print(f"{files} examples of {len(chosen)} policies, {faults} problems")
    return 1 if faults else 0


def run_new(arguments: argparse.Namespace) -> int:
    """Write a policy and the folder of its examples, to be filled in; nothing that exists is touched."""
    from tfaudit.policies.draft import write

    for path in write(
        arguments.id,
        arguments.kind,
        arguments.setting,
        (arguments.family, Path(arguments.folder), Path(arguments.examples)),
    ):
        print(f"wrote {path}")
    print(f"fill them in, then: tfaudit policies test {arguments.id} --policies {arguments.folder}")
    return 0
