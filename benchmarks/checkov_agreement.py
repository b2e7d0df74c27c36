"""`python -m benchmarks.checkov_agreement FOLDER ...`: the pack's verdicts beside checkov's own, pair by pair.

A pair is a resource (file, address and, inside of a module, what calls it) and a check. Each folder is scanned by
`checkov -d` and by `tfaudit scan --pack checkov`, each in a process of its own. A pair is equal, different, or of a
class: unknown here (checkov decides, we say what is not known), not_applicable here (the check has nothing to say),
only theirs, only ours, of what is not there (no resource of ours at all has that name).
With `--each folder`, or `--each file`, every folder or file below FOLDER is scanned by itself, on both sides.
`--examples N` prints some pairs of each class, `--fail-under SHARE` sets the exit code.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import one_by_one
from tfaudit.work_tree import top

Pair = tuple[str, str, str, str]
"""A file relative to the folder, a resource's address, a check's id; of a resource in a module the root or caller."""

FRAMEWORKS: tuple[str, ...] = (
    "terraform", "terraform_plan", "cloudformation", "kubernetes", "arm", "bicep", "dockerfile", "github_actions",
    "gitlab_ci", "circleci_pipelines", "azure_pipelines", "bitbucket_pipelines", "argo_workflows", "openapi",
    "serverless", "ansible", "secrets",
)  # fmt: skip
ENVIRONMENT = {**os.environ, "LOG_LEVEL": "CRITICAL", "HCL_PARSE_TIMEOUT_SEC": "3600"}
"""Checkov leaves out a file that its parser takes longer than ten seconds for, which is a busy machine's fault."""
_BY_LINES = ("arm", "bicep")
_OF_LINES = ("microsoft.", "arm.", "bicep.")
"""Formats in which a resource has another name for each of us: what stands in the same lines is the same."""
_ORDER = ("skip", "error", "fail", "unknown", "pass", "not_applicable")


def documents(printed: str) -> list[dict[str, Any]]:
    """Return the reports that checkov printed as JSON."""
    found = json.loads(printed[printed.index("[") if printed.startswith("[") else printed.index("{") :])
    return found if isinstance(found, list) else [found]


def printed(
    folder: Path, frameworks: Iterable[str], keep: Path | None = None, more: Iterable[str] = ()
) -> str:
    """Return what checkov prints of a folder as JSON; from the file `keep` where that is there, else kept in it.

    `more` are further arguments of checkov's command.
    """
    if keep is not None and keep.exists():
        return keep.read_text("utf-8")
    command = [sys.executable, "-m", "checkov.main", "-d", ".", "--skip-download", "--compact", "-o", "json"]
    command += ["--framework", *frameworks, *more]
    run = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=ENVIRONMENT, timeout=3600
    )
    if keep is not None:
        keep.parent.mkdir(parents=True, exist_ok=True)
        keep.write_text(run.stdout, "utf-8")
    return run.stdout


def theirs(folder: Path, frameworks: Iterable[str], keep: Path | None = None) -> dict[str, dict[Pair, str]]:
    """What checkov says, by framework."""
    return by_framework(documents(printed(folder, frameworks, keep)))


def by_framework(reports: Iterable[dict[str, Any]], below: str = "") -> dict[str, dict[Pair, str]]:
    """Return what reports of checkov's say, by framework; `below` is the folder that they are of, as "part/"."""
    found: dict[str, dict[Pair, str]] = {}
    for report in reports:
        outcomes = found.setdefault(report.get("check_type", ""), {})
        for word, key in (("pass", "passed_checks"), ("fail", "failed_checks"), ("skip", "skipped_checks")):
            for record in report.get("results", {}).get(key, ()):
                caller = (record.get("caller_file_path") or "").rpartition("/")[0].strip("/")
                if record.get("caller_file_path"):
                    caller = f"{below}{caller}".strip("/")
                name = record["resource"]
                if report["check_type"] in _BY_LINES:
                    name = "lines {}-{}".format(*record["file_line_range"])
                pair = _pair(below + record["file_path"].lstrip("/"), name, record["check_id"], caller)
                outcomes[pair] = "fail" if "fail" in (word, outcomes.get(pair)) else word
    return found


def ours(folder: Path, frameworks: Iterable[str] = ()) -> dict[Pair, str]:
    """What the pack says, also of facts that a policy of ours decides; the worst where several have one name."""
    found: dict[Pair, str] = {}
    for pair, outcome in _judged(_report(folder, frameworks), folder):
        found[pair] = worst(found.get(pair, outcome), outcome)
    return found


def instances(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield root, address, check and outcome of each verdict of the pack on Terraform code."""
    for verdict in _report(folder, ["terraform"])["verdicts"]:
        asset = verdict["asset"]
        root = _below(asset.get("scope", "").partition("#")[0] + "/", folder).strip("/")
        address = asset["address"].partition("#")[0]  # of an asset of ours that is a part of it
        for check, outcome in _outcomes(verdict):
            yield root, address, check, outcome


def _outcomes(verdict: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the checks that a verdict answers, with what they say."""
    if verdict["policy"].startswith("CKV"):
        outcome = verdict["outcome"]
        if outcome == "waived":
            outcome = "unknown" if verdict["settle_with"] else "fail"
        yield verdict["policy"], outcome
    for same in verdict.get("same", ()):
        yield same["rule"], same["outcome"]


def _report(folder: Path, frameworks: Iterable[str]) -> dict[str, Any]:
    """Return our report on a folder; what could not be judged, or not in time, is printed."""
    formats = dict.fromkeys(each.partition("_plan")[0] for each in frameworks)
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.json"
        command = [
            sys.executable,
            "-m",
            "benchmarks.patient",
            "scan",
            str(folder.resolve()),
            "--pack",
            "checkov",
            "--no-gitignore",
        ]
        command += [f"--pack-format={each}" for each in formats]
        command += ["--fail-on", "never", "-o", f"json={report}", "--quiet", "--timeout", "3600"]
        run = subprocess.run(
            command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False, timeout=3700
        )
        if not report.exists():
            raise SystemExit(run.stderr)
        document: dict[str, Any] = json.loads(report.read_text("utf-8"))
    for gap in document["unread"]:
        if "checkov" in gap["because"] or "second" in gap["because"]:
            print(f"not judged: {gap['place']['origin']}: {gap['because']}", file=sys.stderr)
    return document


def _judged(document: dict[str, Any], folder: Path) -> Iterator[tuple[Pair, str]]:
    # A policy of ours may name the place of another resource, which states the fact; a check never does.
    files: dict[tuple[str, str], set[str]] = defaultdict(set)
    for verdict in document["verdicts"]:
        if verdict["policy"].startswith("CKV"):
            files[_whose(verdict)].add(verdict["places"][0]["origin"])
    for verdict in document["verdicts"]:
        asset = verdict["asset"]
        root = _below(asset.get("scope", "").partition("#")[0] + "/", folder).strip("/.")
        place = asset.get("place", verdict["places"][0])
        own = files.get(_whose(verdict), set())
        stated = place["origin"] if len(own) != 1 else next(iter(own))
        origin = _below(stated, folder)
        address = asset["address"]
        if asset["type"].startswith(_OF_LINES):
            address = f"line {place.get('line', 0)}"
        for check, outcome in _outcomes(verdict):
            yield _pair(origin, address, check, root), outcome


def _whose(verdict: dict[str, Any]) -> tuple[str, str]:
    asset = verdict["asset"]
    return asset.get("scope", "").partition("#")[0], asset["address"].partition("#")[0]


def _below(origin: str, folder: Path) -> str:
    """Return a place relative to the folder: places are relative to the work tree's top."""
    whole = folder.resolve()
    above = top(whole)
    prefix = whole.relative_to(above).as_posix() + "/" if above not in (None, whole) else ""
    return origin.removeprefix(prefix)


def _pair(file: str, address: str, check: str, root: str = "") -> Pair:
    address = address.removeprefix(f"/{file}").removeprefix(f"{file}:").lstrip(".")
    if "::" in address:  # a template's resource: checkov writes its type before it
        address = address.partition(".")[2]
    if " " in address and "/" in address.partition(" ")[0]:  # an object of Kubernetes, as we write it
        type_, _, name = address.partition("#")[0].partition(" ")
        space, _, name = name.rpartition("/")
        address = f"{type_.rpartition('/')[2]}.{space or 'default'}.{name}"
    if address == file:
        address = ""
    address = re.sub(r"(^|\.)data\.", r"\1", address).partition("#")[
        0
    ]  # an asset of ours that is a part of it
    if "provider." in address:
        name = re.sub(r"(^|\.)provider\.", r"\1", address)
        address = name if "." in name else f"{name}.default"
    if check.startswith("CKV_TF_"):
        address = address.replace("module.", "")
    if (
        check.startswith("CKV2_K8S_") and address.count(".") > 1
    ):  # a pod in it, which has its labels behind its name
        _, space, name = address.split(".", 2)
        address = f"{space}.{name.partition('.')[0]}"
    return file, address.replace('"', ""), check, root if address.startswith("module.") else ""


def _by_lines(one: dict[Pair, str], other: dict[Pair, str]) -> dict[Pair, str]:
    """Return ours with the lines of the smallest resource of `other` around each line, and the worst outcome there."""
    around: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for file, address, check, _ in other:
        if address.startswith("lines "):
            first, last = address.removeprefix("lines ").split("-")
            around[file, check].append((int(first), int(last)))
    found: dict[Pair, str] = {}
    for pair, outcome in one.items():
        if pair[1].startswith("line "):
            at = int(pair[1].removeprefix("line "))
            spans = [span for span in around[pair[0], pair[2]] if span[0] <= at <= span[1]]
            if spans:
                start, end = min(spans, key=lambda span: span[1] - span[0])
                pair = (pair[0], f"lines {start}-{end}", pair[2], pair[3])  # noqa: PLW2901
        found[pair] = worst(found.get(pair, outcome), outcome)
    return found


def _by_root(one: dict[Pair, str], other: dict[Pair, str]) -> dict[Pair, str]:
    """Return `other` with our roots: checkov names the file of the call, which is not a root's for calls in modules.

    Where the roots that call a module cannot be told apart, the one that comes out the same is taken.
    """
    roots: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for pair in one:
        roots[pair[:3]].append(pair[3])
    found = {pair: outcome for pair, outcome in other.items() if pair in one}
    for pair, outcome in other.items():
        left = [root for root in roots.get(pair[:3], ()) if (*pair[:3], root) not in found]
        if pair not in one and left:
            same = [root for root in left if one[*pair[:3], root] == outcome]
            found[*pair[:3], (same or left)[0]] = outcome
        elif pair not in one:
            found[pair] = outcome
    return found


def worst(one: str, other: str) -> str:
    """Return the worse of two outcomes."""
    return min(one, other, key=_ORDER.index)


def without_indexes(pair: Pair) -> Pair:
    """Return a pair with the name of the block, not of one of its instances."""
    return (pair[0], re.sub(r"\[[^\]]*\]", "", pair[1]), pair[2], pair[3])


def _whole(pairs: Iterable[Pair], outcomes: dict[Pair, str]) -> dict[Pair, str]:
    """Return the pairs without the indexes of instances, with the worst outcome of each."""
    found: dict[Pair, str] = {}
    for pair in pairs:
        key, outcome = without_indexes(pair), outcomes[pair]
        found[key] = worst(found.get(key, outcome), outcome)
    return found


def classes(one: dict[Pair, str], other: dict[Pair, str]) -> dict[str, list[Pair]]:
    """Return the pairs by class: `one` is ours, `other` checkov's.

    Where checkov has not evaluated `count` or `for_each`, it names the whole: such a pair is matched without indexes.
    """
    one = _by_lines(one, other)
    other = _by_root(one, other)
    skipped = {pair for pair, outcome in other.items() if outcome == "skip"}
    left = _whole(one.keys() - other.keys(), one)
    right = _by_root(left, _whole(other.keys() - one.keys() - skipped, other))
    exact = (one.keys() & other.keys()) | skipped
    one = {**{pair: one[pair] for pair in exact & one.keys()}, **left}
    other = {**{pair: other[pair] for pair in exact}, **right}
    # What checkov names as a whole beside instances that it names, too, is a block of another root, with no instance.
    # (Of a graph check it does not tell which root.)
    by_instance = {without_indexes(pair)[:3] for pair in exact if pair != without_indexes(pair)}
    here = {pair[:2] for pair in one}
    roots = {pair[3] for pair in one if pair[1].startswith("module.")}
    in_root = {(*pair[:2], pair[3]) for pair in one}
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(one.keys() | other.keys()):
        mine, their = one.get(pair), other.get(pair)
        if their == "skip":
            found["skipped by checkov"].append(pair)
        elif mine is None:
            # Another root's resource of that name says nothing of this one, where checkov tells whose it is.
            is_here = (*pair[:2], pair[3]) in in_root if pair[3] in roots else pair[:2] in here
            is_here = is_here and pair[:3] not in by_instance
            where = "only theirs" if is_here or pair[1] == "" else "of what is not there"
            found[f"{where}: {their}"].append(pair)
        elif their is None:
            found[f"only ours: {mine}"].append(pair)
        elif mine == their:
            found["equal"].append(pair)
        elif mine in ("unknown", "not_applicable", "error"):
            found[f"{mine} here: {their} there"].append(pair)
        else:
            found[f"different: {mine} here, {their} there"].append(pair)
    return found


def agreement(found: dict[str, list[Pair]]) -> tuple[float, float]:
    """Return the share of equal among all pairs that checkov decides, without and with what is not known here.

    Resources that only checkov sees (a `count` of 0, a patch that is no object) are a class of their own, in neither.
    """
    equal = len(found.get("equal", ()))
    unknown = sum(len(pairs) for name, pairs in found.items() if name.startswith("unknown here"))
    decided = equal + sum(
        len(pairs)
        for name, pairs in found.items()
        if name.startswith(("different", "only theirs", "not_applicable here", "error here"))
    )
    return equal / decided if decided else 1.0, equal / (decided + unknown) if decided + unknown else 1.0


def _by_part(mine: dict[Pair, str]) -> dict[str, dict[Pair, str]]:
    """Return pairs by the first step of their file; all but Kubernetes we judge file by file, so one run tells all."""
    found: dict[str, dict[Pair, str]] = defaultdict(dict)
    for (file, address, check, root), outcome in mine.items():
        part, _, rest = file.partition("/")
        found[part][rest, address.replace(file, rest), check, root.removeprefix(f"{part}/")] = outcome
    return found


def _add(
    whole: dict[str, dict[str, list[Pair]]],
    name: str,
    mine: dict[Pair, str],
    everything: dict[str, dict[Pair, str]],
) -> None:
    """Add the classes of one folder's pairs, by framework, to `whole`; its `name` goes before the files'."""
    named = [pairs for pairs in everything.values() if pairs]
    for framework, their in everything.items():
        others = (
            set().union(*(pairs.keys() for pairs in named if pairs is not their)) if len(named) > 1 else set()
        )
        files = {pair[0] for pair in their}
        single = len(everything) == 1 or len(named) <= 1
        part = {
            pair: outcome
            for pair, outcome in mine.items()
            if pair in their or (pair not in others and (single or pair[0] in files))
        }
        for class_, pairs in classes(part, their).items():
            whole[framework][class_] += [
                (f"{name}/{file}".lstrip("/"), address, check, root) for file, address, check, root in pairs
            ]


def main() -> int:
    """Compare every folder, print the table; exit code 1 where the share of equal pairs is too small."""
    parser = argparse.ArgumentParser(prog="benchmarks.checkov_agreement")
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument("--framework", nargs="+", default=list(FRAMEWORKS))
    parser.add_argument("--each", choices=one_by_one.KINDS, help="scan every one by itself")
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("--fail-under", type=float, default=0.0)
    parser.add_argument("--save", type=Path, help="write all pairs by class as JSON")
    arguments = parser.parse_args()
    whole: dict[str, dict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for folder in arguments.folder:
        if arguments.each is None:
            _add(whole, folder.name, ours(folder, arguments.framework), theirs(folder, arguments.framework))
            continue
        with one_by_one.parts(folder, arguments.each, arguments.framework) as parts:
            print(f"{folder}: {len(parts)} parts", file=sys.stderr)
            together = one_by_one.together(arguments.each, arguments.framework)
            mine = _by_part(ours(parts[0].parent, arguments.framework)) if parts and together else {}
            for part in parts:
                their = by_framework(one_by_one.checkov(part, arguments.framework))
                if any(their.values()):
                    one = mine.get(part.name, {}) if together else ours(part, arguments.framework)
                    _add(whole, "", one, their)
    lowest = 1.0
    for framework, found in whole.items():
        decided, of_all = agreement(found)
        lowest = min(lowest, decided)
        print(
            f"{framework}: {decided:.2%} of what checkov decides is equal, {of_all:.2%} with what is not known here"
        )
        for name, pairs in sorted(found.items(), key=lambda each: -len(each[1])):
            checks = Counter(pair[2] for pair in pairs).most_common(6) if name != "equal" else ()
            print(f"  {len(pairs):>7,}  {name}  " + ", ".join(f"{check} {count}" for check, count in checks))
            for pair in pairs[: arguments.examples if name != "equal" else 0]:
                print("           ", *pair)
    if arguments.save:
        arguments.save.write_text(json.dumps(whole, indent=1))
    return 1 if lowest < arguments.fail_under else 0


if __name__ == "__main__":
    raise SystemExit(main())
