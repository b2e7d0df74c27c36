"""`tfaudit controls list|show|coverage|lint|import`: frameworks, and the policies that are evidence for them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tfaudit import data
from tfaudit.cli import environment
from tfaudit.cli.options import framework_folders
from tfaudit.cli.packs import declare_packs, packs_of
from tfaudit.cli.tables import table
from tfaudit.controls.coverage import Coverage, coverage
from tfaudit.controls.lint import lint
from tfaudit.controls.load import linked, read
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.standing import STRENGTHS, Standing, of_policies
from tfaudit.model.verdicts import Framework, Policy
from tfaudit.policies.select import Choice, available, in_force, joined
from tfaudit.services.registry import PLANES, Registry


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    commands = parser.add_subparsers(metavar="list|show|coverage|lint|import", required=True)
    listing = commands.add_parser("list", help="every control and how many policies speak to it")
    listing.add_argument("--framework", action="append", default=[], metavar="NAME")
    _folders(listing)
    listing.add_argument("--json", action="store_true", help="as JSON")
    declare_packs(listing)
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="one control and its policies")
    show.add_argument("control", metavar="[FRAMEWORK:]ID")
    _folders(show)
    show.set_defaults(run=run_show)
    covered = commands.add_parser(
        "coverage", help="what policies bear on of each framework, and what they do not"
    )
    covered.add_argument("--framework", action="append", default=[], metavar="NAME")
    covered.add_argument("--plane", choices=PLANES, help="only policies that this plane can be judged by")
    covered.add_argument(
        "--profile",
        metavar="NAME",
        help="only what it puts in force, with its values (default: all policies)",
    )
    covered.add_argument("--policies", action="append", default=[], metavar="FOLDER")
    _folders(covered)
    covered.add_argument("--json", action="store_true", help="as JSON")
    covered.set_defaults(run=run_coverage)
    check = commands.add_parser("lint", help="check every policy's links")
    check.add_argument("--policies", action="append", default=[], metavar="FOLDER")
    _folders(check)
    check.set_defaults(run=run_lint)
    taken = commands.add_parser(
        "import", help="make a framework of an OSCAL catalogue, to be linked to policies"
    )
    taken.add_argument("catalog", metavar="CATALOG.json", help="an OSCAL catalogue, as JSON")
    taken.add_argument(
        "--oscal-profile", metavar="FILE", help="an OSCAL profile that chooses from it, as JSON"
    )
    taken.add_argument(
        "--id", required=True, metavar="NAME", help="the framework's id, as --framework takes it"
    )
    taken.add_argument(
        "--folder", default="controls", metavar="FOLDER", help="where to write it (default: controls)"
    )
    taken.set_defaults(run=run_import)


def _folders(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--controls", action="append", default=[], metavar="FOLDER", help="a folder of further frameworks"
    )


def _frameworks(arguments: argparse.Namespace, wanted: Sequence[str] = ()) -> dict[str, Framework]:
    return read([data.folder("controls"), *framework_folders(arguments.controls)], wanted)


def _policies(frameworks: Mapping[str, Framework]) -> list[Policy]:
    return joined(available((), environment.cache_store([Path()])), linked(frameworks.values()))


def run_list(arguments: argparse.Namespace) -> int:
    """Print the controls of the named frameworks, or of all."""
    frameworks = _frameworks(arguments, arguments.framework)
    found = of_policies(frameworks, _policies(frameworks), arguments.framework)
    if arguments.json:
        rows = [
            {
                "framework": s.framework,
                "control": s.control,
                "title": s.title,
                "testable": s.testable,
                "policies": [each.policy.id for each in s.evidence],
            }
            for s in found
        ]
        print(json.dumps(rows, indent=1))
        return 0
    sys.stdout.write(table(("framework", "control", "testable", "policies", "title"), map(_row, found)))
    for name in dict.fromkeys(s.framework for s in found):
        mine = [s for s in found if s.framework == name]
        testable = [s for s in mine if s.testable != "manual"]
        covered = sum(1 for s in testable if s.evidence)
        print(
            f"{name}: {len(mine)} controls, {len(testable)} testable by a machine, {covered} of these have policies"
        )
    if arguments.pack:
        _with_packs(arguments, [s for s in found if s.testable != "manual"])
    return 0


def _with_packs(arguments: argparse.Namespace, testable: list[Standing]) -> None:
    """Print what the packs' rules add: they are counted apart."""
    packs = packs_of(arguments)
    rules = list(packs.policies()) if packs is not None else []
    linked: dict[tuple[str, str], int] = {}
    for policy in rules:
        for link in policy.links:
            key = (link.framework, link.control)
            linked[key] = linked.get(key, 0) + 1
    for name in dict.fromkeys(s.framework for s in testable):
        mine = [s for s in testable if s.framework == name]
        met = [s for s in mine if linked.get((name, s.control))]
        fresh = [s for s in met if not s.evidence]
        print(
            f"{name} with {', '.join(arguments.pack)}: {len(rules)} rules bear on {len(met)} of {len(mine)}, "
            f"{len(fresh)} of which have no policy of ours"
        )


def _row(standing: Standing) -> tuple[str, ...]:
    return (
        standing.framework,
        standing.control,
        standing.testable,
        str(len(standing.evidence) or "-"),
        standing.title,
    )


def run_show(arguments: argparse.Namespace) -> int:
    """Print one control, with each policy that is evidence for it, how strongly and why."""
    frameworks = _frameworks(arguments)
    framework, _, id_ = arguments.control.rpartition(":")
    found = [each for each in frameworks.values() if id_ in each.controls and framework in ("", each.id)]
    if not found:
        every = [control for each in frameworks.values() for control in each.controls]
        raise UsageError(
            f'unknown control "{arguments.control}"{did_you_mean(id_, every)} (see: tfaudit controls list)'
        )
    for each in found:
        _show(each, id_, _policies(frameworks))
    return 0


def _show(framework: Framework, id_: str, policies: list[Policy]) -> None:
    control = framework.controls[id_]
    print(f"{framework.name} {id_}: {control.title}")
    print(
        f"  group {control.group}, testable: {control.testable}"
        + (f" ({control.rationale})" if control.rationale else "")
    )
    links = [
        (policy, link)
        for policy in policies
        for link in policy.links
        if (link.framework, link.control) == (framework.id, id_)
    ]
    for policy, link in links:
        floor = ", ".join(f"{name} {value}" for name, value in link.floor.items())
        print(f"  {link.strength:10} {policy.id}: {link.because}" + (f" (from {floor} on)" if floor else ""))
    for strength in dict.fromkeys(link.strength for _, link in links):
        print(f"  {strength}: {STRENGTHS[strength]}")
    if not links:
        print("  no policy is evidence for it")


def run_coverage(arguments: argparse.Namespace) -> int:
    """Print how many controls policies bear on, of those that a machine can test, and which have none."""
    frameworks = _frameworks(arguments, arguments.framework)
    folders, links = tuple(map(Path, arguments.policies)), linked(frameworks.values())
    store = environment.cache_store([Path()])
    policies: Sequence[Policy] = joined(available(folders, store), links)
    if arguments.profile:
        policies = in_force(Choice(arguments.profile, folders=folders, links=links), store).policies
    if arguments.plane:
        from tfaudit.services.readable import Readable

        plane = Readable(Registry(), arguments.plane)
        policies = [each for each in policies if plane.judges(each.kinds, each.when, each.require)]
    found = coverage(frameworks, policies)
    if arguments.json:
        print(json.dumps([_covered(each) for each in found], indent=1))
        return 0
    heads = ("framework", "testable", "linked", "of 100", "more than supporting")
    sys.stdout.write(table(heads, map(_counted, found)))
    for each in found:
        if each.below:
            print(f"{each.framework.id}: only below the floor: {', '.join(each.below)}")
        print(f"{each.framework.id}: no policy bears on {len(each.missing)}:")
        for control in each.missing:
            print(f"  {control.id} ({control.testable}): {control.title}")
    return 0


def _counted(each: Coverage) -> tuple[str, ...]:
    counts = (len(each.testable), len(each.linked))
    return each.framework.id, *map(str, counts), f"{each.percent}%", str(len(each.shown))


def run_import(arguments: argparse.Namespace) -> int:
    """Write a framework file made of an OSCAL catalogue; one that exists is not touched."""
    from tfaudit.controls.oscal import framework

    profile = Path(arguments.oscal_profile) if arguments.oscal_profile else None
    made = framework(arguments.id, Path(arguments.catalog), profile)
    path = Path(arguments.folder) / f"{arguments.id}.yaml"
    if path.exists():
        raise UsageError(f"{path}: it is there already; choose another id or folder")
    import yaml

    text = yaml.safe_dump(made.document, sort_keys=False, allow_unicode=True, width=120)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    print(f"wrote {path}")
    for note in made.notes:
        print(note)
    print(f"check it with: tfaudit controls lint --controls {arguments.folder}")
    return 0


def _covered(each: Coverage) -> dict[str, object]:
    return {
        "framework": each.framework.id,
        "testable": len(each.testable),
        "linked": each.linked,
        "more_than_supporting": each.shown,
        "below_the_floor": each.below,
        "missing": [control.id for control in each.missing],
        "percent": each.percent,
    }


def run_lint(arguments: argparse.Namespace) -> int:
    """Print every link that is wrong; exit code 2 if there is one."""
    frameworks = _frameworks(arguments)
    every = available(map(Path, arguments.policies), environment.cache_store([Path()]))
    policies = joined(every, linked(frameworks.values()))
    faults = list(lint(policies, frameworks))
    for strength, says in STRENGTHS.items():
        print(f"{strength}: {says}")
    for fault in faults:
        print(fault)
    print(
        f"{sum(len(policy.links) for policy in policies)} links of {len(policies)} policies, {len(faults)} at fault"
    )
    from tfaudit.packs.checkov.policies import read as rules_of_checkov

    rules = [rule for rule in rules_of_checkov() if rule.links]
    wrong = list(dict.fromkeys(lint(rules, frameworks, known={policy.id for policy in policies})))
    for fault in wrong:
        print(fault)
    links = sum(len(rule.links) for rule in rules)
    print(f"{links} links of {len(rules)} rules of the pack checkov, {len(wrong)} at fault")
    faults += wrong
    return 2 if faults else 0
