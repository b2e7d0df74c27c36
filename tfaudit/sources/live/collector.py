"""Asks a live system side by side and within bounds. Every provider's collector is a small module on top of this one.

    with Collector(Bounds(threads=8), clock) as collector:
        tasks = [collector.start(listed, region) for region in regions]      # `listed` runs in a thread
        for task in tasks:                                                   # `in_order` does both, for many
            yield from collector.result(task)

    def listed(region):
        call = Call("rds.describe_db_instances", region)
        for page in collector.pages(call, session.pages(...), token):        # every page is a bounded call,
            answer = collector.ask(call, lambda: session.get(...))           # and so is every single one;
            owner = collector.shared("key-1", lambda: collector.ask(...))    # this one is made once for all that ask

`ask`, `shared` and `pages` raise `CallFailed` where there is no answer; `collector.tally` counts what came of it all.
Once the clock's time for reading is up, or somebody interrupts, each call fails before it is made, so that what has
been listed is still reported, with what is not known of it. `result` then waits for no thread: a task that does not
return is run again in the caller's thread. So tasks may change nothing: what they find out is what they return.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from tfaudit.clock import Clock
from tfaudit.sources.live import bounded
from tfaudit.sources.live.breaker import Breaker
from tfaudit.sources.live.failures import BROKEN, CallFailed
from tfaudit.sources.live.tally import Tally

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

T = TypeVar("T")
_POLL_SECONDS = 0.1
_GRACE_SECONDS = 0.5
_KEPT_ANSWERS = 2_000
_AHEAD = 4
_END = object()


class Bounds(Struct, frozen=True, kw_only=True):
    """How hard a system is asked, and how long. Times in seconds.

    `call_seconds` are for one call with all of its tries, `list_seconds` and `list_pages` for all pages of one list,
    `answer_bytes` for one answer; `in_a_row` failures of a type of call are enough to spare the others.
    """

    threads: int = 32
    call_seconds: float = 90.0
    list_seconds: float = 900.0
    list_pages: int = 20_000
    answer_bytes: int = 50_000_000
    in_a_row: int = 5


class Call(Struct, frozen=True):
    """A type of call: its name, which part of the system it is asked of (a region, say), and which host answers it.

    The three together are what is spared after failures; the name is what coverage counts by.
    """

    name: str
    at: str = ""
    host: str = ""

    def __str__(self) -> str:
        """Return `rds.describe_db_instances eu-west-1`."""
        return f"{self.name} {self.at}".rstrip()


class Task(Generic[T]):
    """Work that runs in a thread, and can be done again in another."""

    __slots__ = ("arguments", "function", "future")

    def __init__(self, future: Future[T], function: Callable[..., T], arguments: tuple[Any, ...]) -> None:
        """Take what `Collector.start` was given."""
        self.future = future
        self.function = function
        self.arguments = arguments


class Collector:
    """One run over a live system: its threads, its bounds, and the answers that several things share."""

    def __init__(self, bounds: Bounds | None = None, clock: Clock | None = None) -> None:
        """Ask within `bounds`, and no longer than `clock` leaves for reading."""
        self.bounds = bounds or Bounds()
        self.clock = clock or Clock()
        self.tally = Tally()
        self._breaker = Breaker(self.bounds.in_a_row)
        self._pool = ThreadPoolExecutor(max(1, self.bounds.threads), "asking")
        self._lock = threading.Lock()
        self._pending: dict[str, Future[Any]] = {}
        self._answers: OrderedDict[str, Any] = OrderedDict()
        self._grace_until = 0.0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Start nothing more; wait for what runs only where it all came to its end."""
        self._pool.shutdown(wait=kind is None and not self.ended, cancel_futures=True)

    @property
    def ended(self) -> str:
        """Why no call is made any more, "" while calls are made."""
        return "" if self.clock.reading_left else self.clock.because

    def start(self, function: Callable[..., T], *arguments: Any) -> Task[T]:
        """Run `function` in a thread. What it starts itself it must not wait for."""
        if self.ended:
            return Task(Future(), function, arguments)
        return Task(self._pool.submit(function, *arguments), function, arguments)

    def result(self, task: Task[T]) -> T:
        """Return what a task returns, or raise what it raises; of one that time runs out for, what it can still say."""
        while not task.future.done():
            if self.ended and (task.future.cancel() or self._out_of_grace()):
                return task.function(*task.arguments)
            try:
                return task.future.result(_POLL_SECONDS)
            except TimeoutError:
                continue
        return task.future.result()

    def in_order(self, work: Iterable[tuple[Callable[..., T], tuple[Any, ...]]]) -> Iterator[T]:
        """Yield what each function of `work` returns for its arguments, in their order; they run in threads.

        No more are begun ahead than keep the threads busy: of ten thousand things, most wait as what they are.
        """
        ahead: deque[Task[T]] = deque()
        for function, arguments in work:
            ahead.append(self.start(function, *arguments))
            if len(ahead) > _AHEAD * self.bounds.threads:
                yield self.result(ahead.popleft())
        while ahead:
            yield self.result(ahead.popleft())

    def _out_of_grace(self) -> bool:
        """Whether what runs has had the time that the last calls of all threads get together, once time is up."""
        now = time.monotonic()
        self._grace_until = self._grace_until or now + _GRACE_SECONDS
        return now >= self._grace_until

    def ask(self, call: Call, function: Callable[[], T], *, absent: Iterable[str] = ()) -> T:
        """Return what `function` answers; it makes one call, and raises `CallFailed` where that fails.

        The codes `absent` say that nothing is configured: such a failure is raised, too, and counted as an answer.
        """
        not_made = self._not_made(call)
        if not_made is not None:
            self.tally.failed(call.name, not_made)
            raise not_made
        until = min(time.monotonic() + self.bounds.call_seconds, self.clock.reading_until)
        try:
            with bounded.reading(until, self.bounds.answer_bytes):
                answer = function()
        except CallFailed as failed:
            bare = self._late() if self.ended and failed.meaning in BROKEN else failed.bare()
        else:
            if answer is not _END:  # there was no further page, and no call
                self._breaker.answered(str(call), call.host)
                self.tally.answered(call.name)
            return answer
        if bare.code and bare.code in absent:
            self._breaker.answered(str(call), call.host)
            self.tally.answered(call.name)
        else:
            self._breaker.failed(str(call), call.host, bare)
            self.tally.failed(call.name, bare)
        raise bare

    def _not_made(self, call: Call) -> CallFailed | None:
        if self.ended:
            return self._late()
        return self._breaker.spared(str(call), call.host)

    def _late(self) -> CallFailed:
        return CallFailed("late", self.ended, settle_with=self.clock.settle_with)

    def shared(self, key: str, function: Callable[[], T]) -> T:
        """Return what `function` returns, or raise its `CallFailed`: it is run once for all that come with `key`.

        Of many answers those that were asked for last are kept.
        """
        with self._lock:
            known = self._answers.get(key, _END)
            waiting = self._pending.get(key)
            if known is not _END:
                self._answers.move_to_end(key)
            elif waiting is None:
                self._pending[key] = Future()
        if known is _END:
            known = self._waited_for(waiting) if waiting is not None else self._shared(key, function)
        if isinstance(known, CallFailed):
            raise known.bare()
        return known  # type: ignore[no-any-return]

    def _shared(self, key: str, function: Callable[[], Any]) -> Any:
        """Return what `function` returns or how it failed, and tell it to those who wait."""
        answer: Any = CallFailed("defect", "it failed")
        try:
            answer = function()
        except CallFailed as failed:
            answer = failed.bare()
        finally:
            with self._lock:
                self._keep(key, answer)
                waiting = self._pending.pop(key)
            waiting.set_result(answer)
        return answer

    def _keep(self, key: str, answer: Any) -> None:
        self._answers[key] = answer
        if len(self._answers) > _KEPT_ANSWERS:
            self._answers.popitem(last=False)

    def _waited_for(self, waiting: Future[Any]) -> Any:
        while not self.ended:
            try:
                return waiting.result(_POLL_SECONDS)
            except TimeoutError:
                continue
        return self._late()

    def pages(
        self, call: Call, pages: Iterator[T], token: Callable[[T], str], *, absent: Iterable[str] = ()
    ) -> Iterator[T]:
        """Yield the pages of one list; each is a call. `token` tells what the next page is asked by, "" at the end.

        Raises `CallFailed` where one does not come, and where they do not end: a token comes twice, there are too many,
        or it takes too long. `absent` is as in `ask`.
        """
        until = time.monotonic() + self.bounds.list_seconds
        seen: set[str] = set()
        for number in range(self.bounds.list_pages + 1):
            page: Any = self.ask(call, lambda: next(pages, _END), absent=absent)
            if page is _END:
                return
            following = token(page)
            if following and following in seen:
                raise self._endless(call, "the same page is named as the next one again")
            if number == self.bounds.list_pages:
                raise self._endless(call, f"there are more than {number:,} pages")
            yield page
            if time.monotonic() >= until:
                raise self._endless(call, f"there are more pages after {self.bounds.list_seconds:g} seconds")
            if following:
                seen.add(following)

    def _endless(self, call: Call, how: str) -> CallFailed:
        failed = CallFailed("form", f"its pages do not end: {how}", settle_with="repeat the scan")
        self.tally.failed(call.name, failed)
        return failed
