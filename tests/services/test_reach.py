"""What filters in a row let through, against asking port by port."""

from __future__ import annotations

import itertools
import random

import pytest

from tfaudit.model.resources import Place, Resource
from tfaudit.model.settings import Unknown
from tfaudit.services import reach
from tfaudit.services.reach import Passed, Ranges, Step

_RESOURCE = Resource("t", "t.a", {}, Place("main.tf", 1), "code", "terraform", "root")
_WHY = Unknown("not known", "look", _RESOURCE)
_PORTS = range(10)
_ALL: Ranges = ((0, 9),)


def step(lets: bool | None, fits: bool | None, ports: Ranges | None) -> Step:
    return Step("rule", _RESOURCE, (), lets, fits, ports, _WHY)


def ports(found: Ranges) -> set[int]:
    return {port for port in _PORTS if any(low <= port <= high for low, high in found)}


def let_in(steps: list[Step], port: int) -> bool:
    """Whether steps of which all is known let a port in: the first that fits decides."""
    for each in steps:
        if each.fits and each.ports is not None and port in ports(each.ports):
            return bool(each.lets)
    return False


def worlds(each: Step) -> list[Step]:
    """Return what a step may turn out to be."""
    return [
        step(lets, fits, known)
        for lets in ([each.lets] if each.lets is not None else [True, False])
        for fits in ([each.fits] if each.fits is not None else [True, False])
        for known in ([each.ports] if each.ports is not None else [_ALL, (), ((2, 4),)])
    ]


@pytest.mark.parametrize("seed", range(60))
def test_it_is_what_asking_every_port_in_every_world_gives(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a test's own choice
    choices: list[Ranges | None] = [((0, 9),), ((2, 4),), ((3, 3), (7, 9)), ((0, 0),), None]
    steps = [
        step(
            chance.choice([True, False, None]),
            chance.choice([True, True, False, None]),
            chance.choice(choices),
        )
        for _ in range(4)
    ]
    found = reach.filtered(_ALL, steps)
    every = [list(world) for world in itertools.product(*map(worlds, steps))]
    for port in _PORTS:
        answers = {let_in(world, port) for world in every}
        if port in ports(found.sure):
            assert answers == {True}
        elif port not in ports(found.perhaps):
            assert answers == {False}


def test_what_one_filter_closes_the_other_does_not_open() -> None:
    one, other = Passed(sure=((0, 5),), perhaps=((6, 7),), why=_WHY), Passed(sure=((4, 9),))
    both = reach.through_both(one, other)
    assert (both.sure, both.perhaps, both.why) == (((4, 5),), ((6, 7),), _WHY)


def test_ports_are_told_as_people_write_them() -> None:
    assert reach.shown("tcp", ((22, 22), (8000, 8100))) == ["22", "8000-8100"]
    assert reach.shown("udp", ((0, 65_535),)) == ["udp all"]
    assert reach.of_administration(((20, 25), (3389, 3389))) == [22, 23, 3389]


def test_ranges_that_touch_are_one() -> None:
    assert reach.ranges([(5, 6), (1, 2), (3, 4), (9, 8)]) == ((1, 6),)
    assert reach.less(((0, 9),), ((0, 0), (4, 5))) == ((1, 3), (6, 9))
