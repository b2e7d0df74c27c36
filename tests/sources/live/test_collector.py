"""What holds for every live system, whoever provides it: bounds, sparing, interruption, and answers that are shared."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from tfaudit.clock import Clock
from tfaudit.sources.live.collector import Bounds, Call, Collector
from tfaudit.sources.live.failures import CallFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = Call("shop.list", "north", "shop.example")
DOWN = CallFailed("down", "shop.example does not answer in time")


def failing(failed: CallFailed) -> None:
    raise failed


def test_tasks_come_in_the_order_in_which_they_were_started() -> None:
    def slow_at_first(number: int) -> int:
        time.sleep(0.05 / (number + 1))
        return number

    with Collector(Bounds(threads=4)) as collector:
        tasks = [collector.start(slow_at_first, number) for number in range(8)]
        assert [collector.result(each) for each in tasks] == list(range(8))


def test_what_fails_in_a_row_is_not_asked_any_more() -> None:
    asked: list[int] = []

    def ask() -> None:
        asked.append(1)
        raise DOWN

    with Collector(Bounds(in_a_row=3)) as collector:
        failures = []
        for _ in range(10):
            with pytest.raises(CallFailed) as raised:
                collector.ask(LIST, ask)
            failures.append(raised.value)

    assert len(asked) == 3
    assert failures[-1].meaning == "spared"
    assert failures[-1].because == (
        "it was not asked any more: shop.list north failed 3 times in a row: shop.example does not answer in time"
    )
    (told,) = collector.tally.asked
    assert (told.wanted, told.answered, told.failed, told.left) == (10, 0, 3, 7)


def test_refusals_and_answers_between_failures_spare_nothing() -> None:
    denied = CallFailed("denied", "no")
    with Collector(Bounds(in_a_row=2)) as collector:
        for each in (DOWN, denied, DOWN, denied, denied, denied, DOWN):
            with pytest.raises(CallFailed) as raised:
                collector.ask(LIST, lambda each=each: failing(each))  # type: ignore[misc]
            assert raised.value.meaning == each.meaning


def test_a_host_that_is_down_is_given_up_for_every_call() -> None:
    with Collector(Bounds(in_a_row=1)) as collector:
        for name in ("a", "b", "c"):
            with pytest.raises(CallFailed):
                collector.ask(Call(name, "", "shop.example"), lambda: failing(DOWN))
        with pytest.raises(CallFailed, match=r"calls to shop\.example failed 3 times"):
            collector.ask(Call("d", "", "shop.example"), lambda: None)
        assert collector.ask(Call("d", "", "other.example"), lambda: 7) == 7


def test_nothing_is_asked_with_credentials_that_have_expired() -> None:
    expired = CallFailed("credentials", "the credentials have expired", expired=True)
    with Collector() as collector:
        with pytest.raises(CallFailed):
            collector.ask(LIST, lambda: failing(expired))
        with pytest.raises(CallFailed, match="expired"):
            collector.ask(Call("other"), lambda: 7)


def test_a_shared_answer_is_asked_for_once_and_its_failure_too() -> None:
    asked: list[str] = []

    def key(name: str) -> str:
        def ask() -> str:
            asked.append(name)
            time.sleep(0.05)
            if name == "closed":
                raise CallFailed("denied", "no")
            return f"answer {name}"

        try:
            return collector.shared(name, lambda: collector.ask(LIST, ask))
        except CallFailed as failed:
            return failed.because

    with Collector(Bounds(threads=8)) as collector:
        tasks = [collector.start(key, name) for name in ["open", "closed"] * 10]
        assert [collector.result(each) for each in tasks] == ["answer open", "no"] * 10
    assert sorted(asked) == ["closed", "open"]


def test_a_failure_that_is_kept_holds_nothing_of_the_answer() -> None:
    def ask() -> None:
        body = "x" * 1000
        try:
            raise ValueError(body)
        except ValueError as error:
            raise CallFailed("other", "it failed") from error

    with Collector() as collector:
        for _ in range(2):
            with pytest.raises(CallFailed) as raised:
                collector.shared("one", lambda: collector.ask(LIST, ask))
            assert raised.value.__cause__ is None
            assert raised.value.__context__ is None


@pytest.mark.parametrize("tokens", [["a", "b", "a", "b"], ["a"] * 5])
def test_a_token_that_comes_again_ends_the_list(tokens: list[str]) -> None:
    with Collector() as collector, pytest.raises(CallFailed, match="named as the next one again"):
        list(collector.pages(LIST, iter(tokens), str))


def test_pages_without_end_are_bounded_in_number_and_time() -> None:
    def endless() -> Iterator[int]:
        number = 0
        while True:
            number += 1
            time.sleep(0.01)
            yield number

    for bounds, how in (
        (Bounds(list_pages=5), "than 5 pages"),
        (Bounds(list_seconds=0.1), "after 0.1 seconds"),
    ):
        with Collector(bounds) as collector, pytest.raises(CallFailed, match=how):
            list(collector.pages(LIST, endless(), str))


def test_time_that_is_up_ends_everything_though_threads_hang() -> None:
    never = threading.Event()

    def task(name: str) -> str:
        try:
            return str(collector.ask(LIST, lambda: never.wait(60)))
        except CallFailed as failed:
            return f"{name}: {failed.because}"

    started = time.monotonic()
    with Collector(Bounds(threads=2), Clock(1)) as collector:
        tasks = [collector.start(task, str(number)) for number in range(100)]
        found = [collector.result(each) for each in tasks]
    never.set()

    assert time.monotonic() - started < 3
    assert found[0] == "0: it was not read within the 1 seconds that the scan may take"
    assert len({each.partition(":")[0] for each in found}) == 100
    assert collector.tally.asked[0].left == 100


def test_an_interruption_ends_everything_and_is_the_reason() -> None:
    clock = Clock(600)
    never = threading.Event()

    def task() -> str:
        try:
            return str(collector.ask(LIST, lambda: never.wait(60)))
        except CallFailed as failed:
            return f"{failed.meaning}: {failed.because}; {failed.settle_with}"

    with Collector(Bounds(threads=1), clock) as collector:
        tasks = [collector.start(task) for _ in range(3)]
        started = time.monotonic()
        clock.stop("the scan was interrupted", 1)
        found = {collector.result(each) for each in tasks}
    never.set()

    assert time.monotonic() - started < 2
    assert found == {"late: it was not read: the scan was interrupted; repeat the scan"}


def test_what_a_task_raises_comes_out_where_its_result_is_asked_for() -> None:
    def broken() -> None:
        raise TimeoutError("of its own")

    with Collector() as collector, pytest.raises(TimeoutError, match="of its own"):
        collector.result(collector.start(broken))
