"""Every value of every example, replaced by an unknown: no verdict stays sound where another value spoils it.

For each value that the examples of the policies have, and for each attribute that a service reads and an example leaves
out, three things are judged: the example with an unknown there, the example without it, and the example with other
values there. Where one of these fails, the unknown may neither pass, nor be not applicable, nor vanish.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.guards.mutants import (
    REMOVED,
    UNKNOWN,
    Bench,
    Example,
    Place,
    Presence,
    Verdicts,
    absent_places,
    all_examples,
    others,
    places,
    presences,
    samples,
    unknown_for,
    unset_places,
)
from tfaudit.model.verdicts import Outcome
from tfaudit.policies.select import Choice, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = Path(__file__).parents[1] / "policies"
LITERALS = "what is given from outside is no literal that stands in the code, which is what the policy asks"
ANY_BUCKET = (
    "of which bucket it is not known to keep a trail is judged as any other: for the same, by other policies"
)
EXCEPTIONS = {
    "cluster-password-not-inline *": LITERALS,
    "container-no-inline-secrets *.env.*.value": LITERALS,
    "container-no-inline-secrets *.secure_environment_variables.*": LITERALS,
    "database-password-not-inline *password*": LITERALS,
    "database-password-not-inline *MasterUserPassword": LITERALS,
    "database-password-not-inline *LoginPassword": LITERALS,
    "database-password-not-inline *.bicep * properties": LITERALS,
    "secret-not-inline *": LITERALS,
    "stored-variable-no-inline-secrets *": LITERALS,
    "cache-password-not-inline *auth_token": LITERALS,
    "web-app-no-inline-secrets *": LITERALS,
    "vpn-shared-key-not-inline *": LITERALS,
    "trail-store-* aws_cloudtrail.account s3_bucket_name": ANY_BUCKET,
    "trail-store-* Policy *": ANY_BUCKET,
    "trail-store-* get_bucket_policy*": ANY_BUCKET,
    "instance-password-not-inline *": LITERALS,
    "* metadata": "metadata that are not known as a whole stand for a list of a cluster that was denied",
    "policy-* live_pass.json *policy/work PolicyVersionList.0*": "a policy has one default version, and another is it",
}
"""The values for which an unknown may pass, as patterns of policy, file, resource and path, each with the reason."""

_WITH_ITS_MACHINE = "an interface is judged with its machine, whose finding says: if it is created"
TOLD_ELSEWHERE = {
    "instance-*": _WITH_ITS_MACHINE,
    "published-through-waf *": _WITH_ITS_MACHINE,
}
"""The resources that may be taken for certain, as patterns of policy, file and resource, each with the reason."""

_SOUND = frozenset({Outcome.PASS, Outcome.NOT_APPLICABLE})


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    return all_examples(in_force(Choice()), EXAMPLES, tmp_path_factory.mktemp("examples"))


def test_no_value_that_is_not_known_passes_where_another_fails(examples: list[Example]) -> None:
    of = list(places(examples))
    found, tried = violations(of, of)
    assert tried > 10_000
    unneeded = [pattern for pattern in EXCEPTIONS if not any(fnmatchcase(each, pattern) for each, _ in found)]
    assert not unneeded, "these exceptions are not needed any more"
    assert not _unexcused(found)


def test_no_attribute_that_may_be_set_passes_where_its_absence_fails(examples: list[Example]) -> None:
    found, tried = violations(list(absent_places(examples)), list(places(examples)))
    assert tried > 10_000
    assert not _unexcused(found)


def test_no_verdict_is_sound_by_what_may_not_be_there(examples: list[Example]) -> None:
    found, tried = missing(list(presences(examples)))
    assert tried > 1_000
    unneeded = [each for each in TOLD_ELSEWHERE if not any(fnmatchcase(place, each) for place, _ in found)]
    assert not unneeded, "these exceptions are not needed any more"
    assert not [f"{place}: {why}" for place, why in found if not exception_for(place, TOLD_ELSEWHERE)]


def test_an_attribute_that_is_null_is_one_that_is_not_set(examples: list[Example]) -> None:
    """Terraform's own rule, and what dynamic blocks write of all that a caller leaves out."""
    of = [each for each in absent_places(examples) if each.resources[each.index].dialect == "terraform"]
    of += unset_places(examples)
    bench = Bench()
    unchanged: dict[tuple[str, str], int] = {}
    for number, place in enumerate(of):
        bench.add(number, place, None)
        example = (place.policy.id, place.file.name)
        if example not in unchanged:
            unchanged[example] = len(of) + len(unchanged)
            bench.add(unchanged[example], place, REMOVED)
    judged = bench.verdicts()
    assert bench.tried > 10_000
    wrong = [
        str(place)
        for number, place in enumerate(of)
        if judged[number] != judged[unchanged[place.policy.id, place.file.name]]
    ]
    assert not wrong


def test_the_bench_notices_an_unknown_that_passes(examples: list[Example]) -> None:
    place = next(
        each for each in places(examples) if each.policy.id == "key-rotation" and len(each.path) == 1
    )
    address = place.resources[place.index].address
    assert differs({address: Outcome.PASS}, {address: Outcome.FAIL})
    assert differs({address: Outcome.NOT_APPLICABLE}, {address: Outcome.FAIL})
    assert differs({}, {address: Outcome.FAIL})
    assert differs({address: Outcome.ERROR}, {address: Outcome.PASS})
    assert not differs({address: Outcome.UNKNOWN}, {address: Outcome.FAIL})
    assert not differs({f"{address}#rules": Outcome.UNKNOWN}, {address: Outcome.FAIL})


def violations(of: list[Place], seen_in: list[Place]) -> tuple[list[tuple[str, str]], int]:
    """Return each place at which an unknown passes wrongly, with what differs; and how many mutants were judged."""
    bench = Bench()
    for number, place in enumerate(of):
        bench.add(number, place, unknown_for(place.value))
    unknown = bench.verdicts()
    seen = samples(seen_in)
    tried: list[tuple[int, object]] = []
    for number, place in enumerate(of):
        if all(outcome in _SOUND or outcome is Outcome.ERROR for outcome in unknown[number].values()):
            for value in others(place.value, seen.get(place.kind, [])):
                bench.add(len(tried), place, value)
                tried.append((number, value))
    judged = bench.verdicts()
    found: dict[str, str] = {}
    for index, (number, value) in enumerate(tried):
        if why := differs(unknown[number], judged[index]):
            shown = "nothing" if value is REMOVED else repr(value)[:80]
            found.setdefault(str(of[number]), f"{why} with {shown}")
    return list(found.items()), bench.tried


def missing(of: list[Presence]) -> tuple[list[tuple[str, str]], int]:
    """Return each resource whose existence is in doubt, and taken for certain where another fails without it."""
    bench = Bench()
    for number, presence in enumerate(of):
        bench.add(2 * number, presence, UNKNOWN)
        bench.add(2 * number + 1, presence, REMOVED)
    judged = bench.verdicts()
    found: list[tuple[str, str]] = []
    for number, presence in enumerate(of):
        with_doubt, without = judged[2 * number], judged[2 * number + 1]
        # What leads to it is not there without it either, and its own verdict says "if it is created".
        leading = tuple(presence.leading())
        others = {
            each: outcome
            for each, outcome in without.items()
            if each in with_doubt and each.partition("#")[0] not in leading
        }
        if why := differs(with_doubt, others):
            found.append((str(presence), f"{why} without it"))
    return found, bench.tried


def differs(unknown: Verdicts, sample: Verdicts) -> str:
    """Return what an unknown hides that a sample shows; "" for nothing."""
    for address, outcome in sample.items():
        with_unknown = unknown.get(address)
        if with_unknown is Outcome.ERROR:
            return f"{address} is an error with an unknown"
        if outcome is not Outcome.FAIL:
            continue
        if with_unknown is None and not any(each not in _SOUND for each in unknown.values()):
            return f"{address} vanishes, and fails"
        if with_unknown in _SOUND:
            return f"{address} is {with_unknown.value}, and fails"
    return ""


def exception_for(place: str, exceptions: Iterable[str] = tuple(EXCEPTIONS)) -> str:
    """Return the pattern of the exception that `place` falls under; "" for none."""
    return next((pattern for pattern in exceptions if fnmatchcase(place, pattern)), "")


def _unexcused(found: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{place}: {why}" for place, why in found if not exception_for(place)]
