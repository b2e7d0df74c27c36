"""`python -m benchmarks.checkov_evaluation FOLDER ...`: checkov's evaluation of Terraform code apart from its checks.

Each folder is scanned by `checkov -d` and by the pack, as `benchmarks.checkov_agreement` does. Then checkov is given
the code as we evaluated it (`benchmarks.written_out`): no module, `count`, `for_each`, `dynamic`, variable or
condition is left. A difference where checkov itself now says what the pack says is one of how it had evaluated the
code, and is counted apart; every other one is left, and printed. What was not written out (calls of modules,
providers, roots that cannot be parsed) is always left. With `--each folder`, or `--each file`, checkov is given every
folder or file below FOLDER by itself, and every root that was written out, too.

That says nothing of whether we evaluated the code rightly: that is read by hand.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks import one_by_one
from benchmarks.checkov_agreement import (
    Pair,
    _pair,
    by_framework,
    classes,
    ours,
    theirs,
    without_indexes,
    worst,
)
from benchmarks.written_out import judged, with_resources

_NOTHING = ("nothing", "not_applicable")


class Difference(NamedTuple):
    """A pair on which the pack and checkov are not of one mind, and what checkov says of the evaluated code."""

    pair: Pair
    ours: str
    theirs: str
    evaluated: str

    @property
    def of_evaluation(self) -> bool:
        """Whether checkov, given the evaluated code, says what the pack says."""
        return self.evaluated == self.ours or (self.evaluated in _NOTHING and self.ours in _NOTHING)


class Body(NamedTuple):
    """How a folder comes out."""

    name: str
    equal: int
    unknown: list[Pair]
    elsewhere: int
    """Pairs of checkov alone, of what is not there."""
    differences: list[Difference]

    @property
    def left(self) -> list[Difference]:
        """The differences that are not of checkov's evaluation."""
        return [each for each in self.differences if not each.of_evaluation]

    def row(self) -> str:
        """Return the row of a table."""
        pairs, left = self.equal + len(self.differences), len(self.left)
        apart = pairs - len(self.differences) + left
        return (
            f"| {self.name} | {pairs:,} | {self.equal:,} | {_share(self.equal, pairs)} | {len(self.unknown):,} "
            f"| {len(self.differences) - left:,} | {left:,} | {_share(self.equal, apart)} |"
        )


HEAD = (
    "| body | pairs that both decide | equal | share | not known here "
    "| checkov's evaluation | left | of the rest equal |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|"
)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "-"


def evaluated(folder: Path, keep: Path | None, *, apart: bool = False) -> tuple[dict[Pair, str], set[Pair]]:
    """Return what checkov says of the code as we evaluated it, by the names that the code has.

    The second are the resources that were written out, as pairs without a check. With `apart` it is given every root
    by itself.
    """
    roots = with_resources(folder)
    found: dict[Pair, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for root, resource, check, outcome in judged(roots, Path(scratch), keep, apart=apart):
            pair = _named(root, resource.place.origin, resource.address, check)
            found[pair] = worst(found.get(pair, outcome), outcome)
    written = {
        _named(root, each.place.origin, each.address, "")
        for root, resources in roots.items()
        for each in resources
        if each.type != "module" and not each.type.startswith("provider.")
    }
    return found, written


def _named(root: str, origin: str, address: str, check: str) -> Pair:
    return _pair(origin, address, check, root.strip("/."))


def compared(folder: Path, keep: Path | None, kind: str | None = None) -> Body:
    """Compare a folder; `keep` is a folder where what checkov prints is kept, and taken from.

    `kind` is what checkov is given one by one ("folder" or "file"); nothing of that is kept.
    """
    if kind is None:
        their = theirs(folder, ["terraform"], keep / f"{folder.name}.json" if keep else None)
        again, written = evaluated(folder, keep / f"{folder.name}.evaluated.json" if keep else None)
        return _body(folder.name, ours(folder, ["terraform"]), their.get("terraform", {}), again, written)
    with one_by_one.parts(folder, kind, ["terraform"]) as parts:
        above = parts[0].parent
        each: dict[Pair, str] = {}
        for part in parts:
            reports = one_by_one.checkov(part, ["terraform"])
            each |= by_framework(reports, f"{part.name}/").get("terraform", {})
        again, written = evaluated(above, None, apart=True)
        return _body(f"{folder.name}, each {kind}", ours(above, ["terraform"]), each, again, written)


def _body(
    name: str, mine: dict[Pair, str], their: dict[Pair, str], again: dict[Pair, str], written: set[Pair]
) -> Body:
    """Return how a body comes out, of what the pack, checkov, and checkov of the evaluated code say of it."""
    found = classes(mine, their)
    whole: dict[Pair, str] = {}
    for pair, outcome in again.items():
        key = without_indexes(pair)
        whole[key] = worst(whole.get(key, outcome), outcome)
    there = written | {without_indexes(pair) for pair in written}
    differences: list[Difference] = []
    for class_, pairs in found.items():
        words = _words(class_)
        if words is None:
            continue
        for pair in pairs:
            if (pair[0], pair[1], "", pair[3]) not in there:
                said = "not written out"
            else:
                said = again.get(pair) or whole.get(pair) or "nothing"
            differences.append(Difference(pair, words[0], words[1], said))
    unknown = [pair for class_, pairs in found.items() if class_.startswith("unknown here") for pair in pairs]
    elsewhere = sum(
        len(pairs) for class_, pairs in found.items() if class_.startswith("of what is not there")
    )
    return Body(name, len(found.get("equal", ())), unknown, elsewhere, differences)


def _words(name: str) -> tuple[str, str] | None:
    """Return what the pack and what checkov say in a class of `classes`; None where it is no difference."""
    head, _, rest = name.partition(": ")
    if head == "only theirs":
        return "nothing", rest
    if head == "different":
        mine, _, their = rest.partition(" here, ")
        return mine, their.removesuffix(" there")
    if head in ("not_applicable here", "error here"):
        return head.removesuffix(" here"), rest.removesuffix(" there")
    return None


def table(differences: Iterable[Difference]) -> str:
    """Return differences by what both say and the check, the most frequent first."""
    counted = Counter((each.ours, each.theirs, each.evaluated, each.pair[2]) for each in differences)
    return "\n".join(
        f"  {count:>5,}  {check}: {mine} here, {their} there, {again} given the evaluated code"
        for (mine, their, again, check), count in counted.most_common()
    )


def main() -> int:
    """Compare every folder; exit code 1 where a share without checkov's evaluation is too small."""
    parser = argparse.ArgumentParser(prog="benchmarks.checkov_evaluation")
    parser.add_argument("folder", nargs="+", type=Path)
    parser.add_argument(
        "--keep", type=Path, help="a folder where what checkov prints is kept, and taken from"
    )
    parser.add_argument("--examples", type=int, default=0, help="so many of the differences that are left")
    parser.add_argument("--fail-under", type=float, default=0.0)
    parser.add_argument("--save", type=Path, help="write all differences, and what is not known, as JSON")
    parser.add_argument("--each", choices=one_by_one.KINDS, help="give checkov every one by itself")
    arguments = parser.parse_args()
    bodies = [compared(folder, arguments.keep, arguments.each) for folder in arguments.folder]
    print(HEAD)
    for body in bodies:
        print(body.row())
    every = [each for body in bodies for each in body.differences]
    whole = Body(
        "sum",
        sum(body.equal for body in bodies),
        [pair for body in bodies for pair in body.unknown],
        sum(body.elsewhere for body in bodies),
        every,
    )
    print(whole.row())
    print(f"\nNot there, and named by checkov alone: {whole.elsewhere:,} pairs")
    print("\nOf checkov's evaluation:\n" + table(each for each in every if each.of_evaluation))
    print("\nLeft:\n" + table(whole.left))
    for body in bodies:
        for each in body.left[: arguments.examples]:
            print("   ", body.name, *each.pair, *each[1:])
    if arguments.save:
        saved = {
            body.name: {
                "differences": [each._asdict() for each in body.differences],
                "unknown": body.unknown,
            }
            for body in bodies
        }
        arguments.save.write_text(json.dumps(saved, indent=1), "utf-8")
    shares = (body.equal / (body.equal + len(body.left) or 1) for body in bodies)
    return 1 if min(shares) < arguments.fail_under else 0


if __name__ == "__main__":
    raise SystemExit(main())
