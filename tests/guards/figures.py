"""Prints what the two guards of the reading model try, look up and find: `python -m tests.guards.figures`.

The figures are counted while the guards' own functions run; nothing here is written down.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tests.guards import test_arm_paths as arm
from tests.guards import test_paths_exist as exist
from tests.guards import test_unknown_never_passes as guard
from tests.guards.mutants import Example, absent_places, all_examples, places, presences
from tfaudit.policies.select import Choice, in_force


@dataclass(frozen=True, slots=True)
class Replaced:
    """What replacing values by unknowns tried and found."""

    of: str
    places: int
    mutants: int
    wrong: tuple[str, ...]
    """The places at which an unknown passes, vanishes or breaks a policy, and another value fails."""
    excused: dict[str, int]
    """How many more there are for each exception with its reason."""

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of text."""
        yield f"{self.of}: {self.places:,} places, {self.mutants:,} mutants judged, {len(self.wrong)} pass wrongly"
        yield from (f"  wrong: {each}" for each in self.wrong)
        yield from (f"  excused {number}: {pattern}" for pattern, number in sorted(self.excused.items()))


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What looking up the paths of one plane in what its provider publishes tried and found."""

    plane: str
    schema: str
    paths: int
    wrong: tuple[str, ...]
    older: int
    """How many paths are of an older generation, or left out by the schema at hand, and stated as such."""

    def lines(self) -> Iterator[str]:
        """Yield the figures as lines of text."""
        stated = f", {self.older} stated as older or left out there" if self.older else ""
        yield f"{self.plane}: {self.paths:,} paths looked up in {self.schema}, {len(self.wrong)} are not there{stated}"
        yield from (f"  wrong: {each}" for each in self.wrong)


def replaced(examples: list[Example]) -> Iterator[Replaced]:
    """Yield the figures of values that are replaced by an unknown, of attributes left out, of resources in doubt."""
    of = list(places(examples))
    yield _sorted("values replaced by unknowns", len(of), guard.violations(of, of))
    left_out = list(absent_places(examples))
    yield _sorted(
        "attributes that are left out, set to unknowns", len(left_out), guard.violations(left_out, of)
    )
    resources = list(presences(examples))
    found = guard.missing(resources)
    yield _sorted("resources that may not be there", len(resources), found, guard.TOLD_ELSEWHERE)


def _sorted(
    name: str,
    places: int,
    answer: tuple[list[tuple[str, str]], int],
    exceptions: Iterable[str] = tuple(guard.EXCEPTIONS),
) -> Replaced:
    found, tried = answer
    patterns = [(guard.exception_for(place, exceptions), f"{place}: {why}") for place, why in found]
    wrong = tuple(said for pattern, said in patterns if not pattern)
    return Replaced(name, places, tried, wrong, dict(Counter(each for each, _ in patterns if each)))


def looked_up() -> Iterator[LookedUp]:
    """Yield the figures of the paths that services read, one for each published schema."""
    for provider in ("aws", "azure"):
        answers = [
            exist.terraform_faults(each) for each in exist.MODULES if exist.provider_of(each) == provider
        ]
        yield _sum(
            f"Terraform, {provider}",
            exist.schema_name(),
            answers,
            len(exist.OLDER) if provider == "azure" else 0,
        )
    answers = [exist.aws_faults(each) for each in exist.MODULES if exist.provider_of(each) == "aws"]
    schema = "CloudFormation's schemas and botocore's models"
    yield _sum("CloudFormation and AWS's answers", schema, answers, len(exist.ELSEWHERE))
    answers = [arm.module_faults(each) for each in arm.MODULES]
    older = len(arm.OLDER) + sum(map(len, arm.LEFT_OUT.values()))
    yield _sum("ARM, Bicep and live Azure", f"{len(arm.schema())} types of ARM", answers, older)


def _sum(plane: str, schema: str, answers: list[tuple[list[str], int]], older: int) -> LookedUp:
    wrong = tuple(each for found, _ in answers for each in found)
    return LookedUp(plane, schema, sum(number for _, number in answers), wrong, older)


def write(out: TextIO) -> int:
    """Write all figures; return 1 where a guard finds something wrong, otherwise 0."""
    policies = in_force(Choice())
    bad = 0
    for each in looked_up():
        out.writelines(f"{line}\n" for line in each.lines())
        bad += len(each.wrong)
    with tempfile.TemporaryDirectory() as work:
        examples = all_examples(policies, guard.EXAMPLES, Path(work))
        out.write(f"{len(examples):,} examples of {len(policies.policies)} policies\n")
        for figures in replaced(examples):
            out.writelines(f"{line}\n" for line in figures.lines())
            out.flush()
            bad += len(figures.wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(write(sys.stdout))
