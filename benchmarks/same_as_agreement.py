"""`python -m benchmarks.same_as_agreement FOLDER ...`: our policies beside the checks of Azure that they name.

A policy says in `same_as` which checks of checkov ask for the same fact. Each folder is scanned by both, templates,
Bicep and Terraform apart from each other (a template that is compiled from Bicep beside it is judged as well). A pair
is a check and a resource that checkov judges by it: its file and the lines where it is declared. Where we have several
instances of one declaration, the worst of ours counts. What a policy says beyond its claim (`for` a setting, `where`
another has some values) does not count.

The table has a row for each check: both pass, both fail, and each class in which they differ; "silent" is
what we decide of types that the check is about, in files that checkov reads, where it says nothing. `--examples N`
prints some pairs of each class with their places, to be judged by hand; `--keep FOLDER` keeps what checkov prints, and
takes it from there.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.checkov_agreement import documents, printed
from benchmarks.in_batches import Their, judged
from tfaudit.clock import Clock
from tfaudit.model.resources import Limits
from tfaudit.model.verdicts import Verdict
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.same_as import Claim, claim
from tfaudit.policies.select import Choice, in_force
from tfaudit.redaction import shown

FORMATS = {"arm": (".json",), "bicep": (".bicep", ".bicepparam", ".json", ".txt", ".yaml"), "terraform": ()}
"""The formats, and the endings of the files that each is made of; () for the whole folder."""
_AZURE = ("microsoft.", "azurerm_")
_WORST = ("fail", "unknown", "pass", "not_applicable")
_HOUR = 3600.0


class Claimed(NamedTuple):
    """A policy that claims a check, and what it claims of it."""

    policy: str
    claim: Claim


class Own(NamedTuple):
    """What we say of a resource: the outcome, why, and all lines that it stands on."""

    type: str
    outcome: str
    because: str
    line: int
    lines: tuple[int, ...]
    place: str


class Pair(NamedTuple):
    """A check of checkov's and a resource: what both say, and why."""

    format: str
    check: str
    policy: str
    place: str
    name: str
    ours: str
    theirs: str
    because: str

    @property
    def class_(self) -> str:
        """The class of the pair."""
        if self.theirs == "silent":
            return "silent"
        if self.ours == self.theirs:
            return f"both {self.ours}"
        return f"{self.ours} here, {self.theirs} there"


CLASSES = (
    "both pass", "both fail", "pass here, fail there", "fail here, pass there", "unknown here, pass there",
    "unknown here, fail there", "not_applicable here, pass there", "not_applicable here, fail there",
    "nothing here, pass there", "nothing here, fail there", "silent",
)  # fmt: skip
COLUMNS = {
    "both pass": ("both pass",),
    "both fail": ("both fail",),
    "pass, theirs fail": ("pass here, fail there",),
    "fail, theirs pass": ("fail here, pass there",),
    "unknown": ("unknown here, pass there", "unknown here, fail there"),
    "not judged here": tuple(each for each in CLASSES if each.startswith(("not_applicable", "nothing"))),
    "checkov silent": ("silent",),
}


def claims() -> dict[str, list[Claimed]]:
    """Return for each of checkov's checks of Azure the policies that claim it, in whole or in part."""
    found: dict[str, list[Claimed]] = defaultdict(list)
    for policy in in_force(Choice()).policies:
        for entry in map(claim, policy.same_as.get("checkov", ())):
            for check in entry.rules:
                if "AZURE" in check:
                    found[check].append(Claimed(policy.id, entry))
    return found


def verdicts(folder: Path) -> list[Verdict]:
    """Return all verdicts of ours on a folder, with an hour for what has seconds otherwise."""
    limits = Limits(parse_seconds=_HOUR, scan_seconds=_HOUR)
    options = Options(in_force(Choice()), limits=limits, clock=Clock(_HOUR), inline_waivers=False, jobs=1)
    return list(scan(folder, options).verdicts)


def ours(all_of_it: Iterable[Verdict], claimed: dict[str, list[Claimed]]) -> dict[tuple[str, str], list[Own]]:
    """Return what we say of what is declared of Azure, by check and file."""
    by_policy: dict[str, list[tuple[str, Claim]]] = defaultdict(list)
    for check, policies in claimed.items():
        for each in policies:
            by_policy[each.policy].append((check, each.claim))
    found: dict[tuple[str, str], list[Own]] = defaultdict(list)
    for verdict in all_of_it:
        resource = verdict.asset.resource
        if verdict.policy.id not in by_policy or not resource.type.lower().startswith(_AZURE):
            continue
        outcome = str(verdict.waiver.outcome if verdict.waiver else verdict.outcome)
        for check, entry in by_policy[verdict.policy.id]:
            said = _claimed(verdict, entry, outcome)
            places = [resource.place, *verdict.places]
            lines = tuple(place.line for place in places if place.origin == resource.place.origin)
            found[check, resource.place.origin].append(
                Own(
                    resource.type.lower(),
                    said,
                    verdict.because,
                    resource.place.line,
                    lines,
                    verdict.asset.address,
                )
            )
    return found


def _claimed(verdict: Verdict, entry: Claim, outcome: str) -> str:
    """Return how a verdict comes out in the part that is claimed."""
    if outcome not in ("fail", "unknown"):
        return outcome
    if entry.setting and entry.setting not in (verdict.setting, *verdict.also):
        return "pass"  # what fails, or is not known, is not what the check asks for
    if outcome == "fail" and entry.where:
        value = getattr(verdict.asset.settings[entry.where], "value", None)
        parts = {shown(each) for each in (value if isinstance(value, (list, tuple)) else [value])}
        if bool(parts & {*entry.values}) == entry.without:
            return "pass"  # what fails is not what the check asks for
    return outcome


def types(framework: str) -> dict[str, set[str]]:
    """Return the types of resources that each of checkov's checks is about in a format, in small letters."""
    os.environ["LOG_LEVEL"] = "CRITICAL"  # before it is loaded
    from checkov.arm.registry import arm_resource_registry
    from checkov.arm.runner import Runner as Arm
    from checkov.bicep.checks.resource.registry import registry as bicep
    from checkov.bicep.runner import Runner as Bicep
    from checkov.common.checks_infra.registry import get_graph_checks_registry
    from checkov.terraform.checks.resource.registry import resource_registry
    from checkov.terraform.runner import Runner as Terraform

    _ = Arm(), Bicep(), Terraform()  # checks are registered as these are made
    registry = {"arm": arm_resource_registry, "bicep": bicep, "terraform": resource_registry}[framework]
    found: dict[str, set[str]] = defaultdict(set)
    for type_, checks in {**registry.checks, **registry.wildcard_checks}.items():
        for check in checks:
            found[check.id].add(type_.lower())
    of_graphs = get_graph_checks_registry(framework)
    of_graphs.load_checks()
    for of_graph in of_graphs.checks:
        found[of_graph.id].update(each.lower() for each in of_graph.resource_types)
    return found


@contextmanager
def only(folder: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    """Give a folder with the files of `folder` that have one of these endings, in the same places."""
    if not endings:
        yield folder
        return
    with tempfile.TemporaryDirectory(dir=folder.resolve().parent, prefix=".of-") as scratch:
        for at, folders, names in os.walk(folder):
            folders[:] = [each for each in folders if each not in (".git", "node_modules")]
            wanted = [name for name in names if name.endswith(endings) and not (Path(at) / name).is_symlink()]
            to = Path(scratch) / os.path.relpath(at, folder)
            if wanted:
                to.mkdir(parents=True, exist_ok=True)
            for name in wanted:
                os.link(Path(at) / name, to / name)
        yield Path(scratch)


def theirs(folder: Path, framework: str, checks: Iterable[str], keep: Path | None = None) -> list[Their]:
    """Return what checkov says of a folder, by the checks that are claimed; from the file `keep` where it is there."""
    if keep is not None and keep.exists():
        return [Their(*each) for each in json.loads(keep.read_text("utf-8"))]
    found = _of_terraform(folder, checks) if framework == "terraform" else judged(folder, framework, checks)
    if keep is not None:
        keep.parent.mkdir(parents=True, exist_ok=True)
        keep.write_text(json.dumps(found), "utf-8")
    return found


def _of_terraform(folder: Path, checks: Iterable[str]) -> list[Their]:
    found: list[Their] = []
    for report in documents(printed(folder, ["terraform"], None, ["--check", ",".join(sorted(checks))])):
        for outcome, key in (("pass", "passed_checks"), ("fail", "failed_checks")):
            for record in report.get("results", {}).get(key, ()):
                first, last = record["file_line_range"]
                file = record["file_path"].lstrip("/")
                found.append(Their(record["check_id"], file, record["resource"], first, last, outcome))
    return found


def matched(said: Their, candidates: Iterable[Own], spans: set[tuple[int, int]]) -> list[Own]:
    """Return what of ours is about the resource that checkov speaks of.

    That is what stands on its lines, and not on those of another resource inside of it (`spans` are those of the file);
    of several types in one line the one that checkov names; what only has a setting there counts where nothing does.
    """
    inside = [each for each in spans if said.first <= each[0] and each[1] <= said.last and each != said[3:5]]

    def on(line: int) -> bool:
        within = said.first - 1 <= line <= said.last
        return within and not any(first <= line <= last for first, last in inside)

    for pick in (
        [each for each in candidates if on(each.line)],
        [each for each in candidates if any(map(on, each.lines))],
    ):
        named = [each for each in pick if said.name.lower().startswith(each.type)]
        if pick:
            return named or pick
    return []


def compared(
    folder: Path,
    framework: str,
    claimed: dict[str, list[Claimed]],
    known: dict[str, set[str]],
    keep: Path | None = None,
) -> Iterator[Pair]:
    """Yield the pairs of a folder in one format."""
    with only(folder, FORMATS[framework]) as there:
        their = theirs(there, framework, claimed, keep / f"{folder.name}.{framework}.json" if keep else None)
        own = ours(verdicts(there), claimed) if their else {}
    own = {key: [each for each in mine if key[0] in known] for key, mine in own.items()}
    for pair in paired(their, own, claimed, framework, folder.name):
        if pair.theirs != "silent" or pair.name in known[pair.check]:
            yield pair


def paired(
    their: Iterable[Their],
    own: dict[tuple[str, str], list[Own]],
    claimed: dict[str, list[Claimed]],
    framework: str,
    named: str,
) -> Iterator[Pair]:
    """Yield the pairs of what checkov says and what we say."""
    their = list(their)
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for said in their:
        spans[said.file].add((said.first, said.last))
    met: set[int] = set()
    for said in their:
        policy = "+".join(sorted({each.policy for each in claimed[said.check]}))
        mine = matched(said, own.get((said.check, said.file), ()), spans[said.file])
        met.update(map(id, mine))
        worst = min(
            mine, key=lambda each: _WORST.index(each.outcome) if each.outcome in _WORST else 0, default=None
        )
        place = f"{named}/{said.file}:{said.first}"
        outcome, because = (worst.outcome, worst.because) if worst else ("nothing", "")
        yield Pair(framework, said.check, policy, place, said.name, outcome, said.outcome, because[:200])
    for (check, file), mine in own.items():
        for each in mine if file in spans else ():
            if id(each) not in met and each.outcome in ("pass", "fail"):
                place = f"{named}/{file}:{each.line}"
                policy = "+".join(sorted({one.policy for one in claimed[check]}))
                yield Pair(
                    framework, check, policy, place, each.type, each.outcome, "silent", each.because[:200]
                )


def table(pairs: Iterable[Pair]) -> str:
    """Return a table in Markdown: how many pairs of each class a check has, in templates, Bicep and Terraform.

    A cell has a number for each format that there is anything of, `3 · 21 · 0`.
    """
    counted: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    policies: dict[str, str] = {}
    for pair in pairs:
        counted[pair.check][pair.format][pair.class_] += 1
        policies[pair.check] = pair.policy.replace("+", ", ")
    formats = [each for each in FORMATS if any(each in counts for counts in counted.values())]
    lines = [
        f"| {' · '.join(formats)} | policy | {' | '.join(COLUMNS)} |",
        f"|---|---|{'--:|' * len(COLUMNS)}",
    ]
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for check, counts in sorted(counted.items(), key=lambda each: _number(each[0])):
        for framework in formats:
            sums[framework] += counts[framework]
        lines.append(f"| {check} | {policies[check]} | {_row(counts, formats)} |")
    lines.append(f"| **sum** | | {_row(sums, formats)} |")
    return "\n".join(lines)


def _number(check: str) -> tuple[str, int]:
    family, _, number = check.rpartition("_")
    return family, int(number)


def _row(counts: dict[str, Counter[str]], formats: list[str]) -> str:
    cells: list[str] = []
    for classes in COLUMNS.values():
        numbers = [sum(counts[framework][each] for each in classes) for framework in formats]
        cells.append(" · ".join(map(str, numbers)) if any(numbers) else "")
    return " | ".join(cells)


def main() -> int:
    """Compare every folder, and print the table and the classes with the checks that they are about."""
    parser = argparse.ArgumentParser(prog="benchmarks.same_as_agreement")
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--format", nargs="+", choices=tuple(FORMATS), default=list(FORMATS))
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument(
        "--keep", type=Path, help="a folder where what checkov prints is kept, and taken from"
    )
    parser.add_argument("--save", type=Path, help="write all pairs as JSON")
    arguments = parser.parse_args()
    claimed = claims()
    known = {each: types(each) for each in arguments.format}
    pairs = [
        pair
        for folder in arguments.folder
        for framework in arguments.format
        for pair in compared(folder, framework, claimed, known[framework], arguments.keep)
    ]
    print(table(pairs))
    show(pairs, arguments.examples)
    if arguments.save:
        arguments.save.write_text(
            json.dumps([each._asdict() | {"class": each.class_} for each in pairs], indent=1)
        )
    return 0


def show(pairs: list[Pair], examples: int) -> None:
    """Print how many of the pairs that both decide are equal, and the classes of the others with some examples."""
    by_class: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_class[pair.format, pair.class_].append(pair)
    for framework in FORMATS:
        equal = sum(len(by_class[framework, each]) for each in CLASSES[:2])
        decided = equal + sum(len(by_class[framework, each]) for each in CLASSES[2:4])
        print(f"\n{framework}: {equal} of {decided} pairs that both decide are equal")
        for name in CLASSES[2:]:
            counts = Counter(pair.check for pair in by_class[framework, name])
            if not counts:
                continue
            print(
                f"  {counts.total():>6}  {name}: "
                + ", ".join(f"{each} {count}" for each, count in counts.most_common())
            )
            shown: Counter[str] = Counter()
            for pair in by_class[framework, name]:
                shown[pair.check] += 1
                if shown[pair.check] <= examples:
                    print(f"            {pair.check} {pair.place} {pair.name}: {pair.because}")


if __name__ == "__main__":
    raise SystemExit(main())
