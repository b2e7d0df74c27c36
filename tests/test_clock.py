"""A clock that has run out ends work between its parts, and breaks off what does not come back."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator

import pytest

from tfaudit.clock import Clock, OutOfTime
from tfaudit.model.resources import Unread


def forever() -> Iterator[str]:
    """A pattern that needs longer than the universe is old, as hostile input has found before."""
    yield "half of it"
    re.match(r"(a+)+$", "a" * 60 + "b")


def test_what_is_read_in_time_is_whole() -> None:
    clock = Clock(60)
    with clock.watched():
        assert list(clock.read("a.yaml", 10, lambda: ["one", "two"])) == ["one", "two"]


def test_a_file_that_takes_too_long_is_unread_and_the_next_one_is_read() -> None:
    clock = Clock(60)
    with clock.watched():
        (gap,) = clock.read("slow.yaml", 0.1, forever)
        assert list(clock.read("next.yaml", 10, lambda: ["one"])) == ["one"]
    assert isinstance(gap, Unread)
    assert gap.place.origin == "slow.yaml"
    assert gap.because == "reading it takes longer than 0.1 seconds"


def slept(seconds: float) -> Iterator[str]:
    """What comes after others had the processor for so long."""
    time.sleep(seconds)
    yield "whole"


def test_what_others_take_of_the_processor_is_not_a_file_s_time() -> None:
    clock = Clock(60)
    with clock.watched():
        assert list(clock.read("a.yaml", 0.3, lambda: slept(0.8))) == ["whole"]
        (gap,) = clock.read("b.yaml", 0.1, lambda: slept(30))  # though it may not last for ever
    assert isinstance(gap, Unread)


def test_nothing_is_begun_when_the_time_is_up() -> None:
    clock = Clock(0.01)
    time.sleep(0.02)
    (gap,) = clock.read("a.yaml", 10, forever)
    assert isinstance(gap, Unread)
    assert gap.because == "it was not read within the 0.01 seconds that the scan may take"
    with pytest.raises(OutOfTime):
        list(clock.in_time(["one"], clock.until))


def test_no_broad_except_holds_it_up() -> None:
    clock = Clock(60)

    def careless() -> None:
        try:
            list(forever())
        except Exception:  # noqa: BLE001 - as the border around policies does
            pytest.fail("it was held up")

    with clock.watched(), clock.bounded(time.monotonic() + 0.1), pytest.raises(OutOfTime):
        careless()


def test_an_inner_bound_cannot_outlast_an_outer_one() -> None:
    clock = Clock(60)
    soon, later = time.monotonic() + 0.1, time.monotonic() + 1000
    with clock.watched(), clock.bounded(soon), clock.bounded(later), pytest.raises(OutOfTime):
        list(forever())


def test_in_another_thread_work_ends_between_its_parts() -> None:
    clock = Clock(60)
    said: list[object] = []

    def work() -> None:
        with clock.watched():
            said.extend(clock.read("a.yaml", 10, lambda: ["one"]))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(10)
    assert said == ["one"]
