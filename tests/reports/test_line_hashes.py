"""Lines are hashed as GitHub's upload action hashes them: the values are those of the action itself."""

from __future__ import annotations

import random

import pytest

from tfaudit.reports.line_hashes import line_hashes

MANY = "a7f2ff13bc495cf2"
LAST = (
    "a7f2ff1481e87703:1",
    "a9cf91f7bbf1862b:1",
    "55ec222b86bcae53:1",
    "cc97dc7b1d7d8f7b:1",
    "c129715d7a2bc9a3:1",
)
GREETINGS = [
    "e9496ae3ebfced30:1",
    "fb7c023a8b9ccb3f:1",
    "ce8ba1a563dcdaca:1",
    "e20e36e16fcb0cc8:1",
    "b3edc88f2938467e:1",
    "c8e28b0b4002a3a0:1",
    "c129715d7a2bc9a3:1",
]


def hashes(text: str) -> list[str]:
    found = line_hashes(text.encode("utf-8", "surrogatepass"), frozenset(range(1, 1000)))
    return [found[number] for number in sorted(found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (
            " a\nb\n  \t\tc\n d",
            ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"],
        ),
        *(
            (
                text,
                GREETINGS,
            )
            for text in (
                " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n",
                " hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r",
                " hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n",
                " hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n",
            )
        ),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [*(f"{MANY}:{number}" for number in range(1, 7)), *LAST],
        ),
    ],
)
def test_the_action_s_own_values(text: str, expected: list[str]) -> None:
    assert hashes(text) == expected


def rolled(text: str) -> list[str]:
    """The same by the rolling way that is published, one unit after the other."""
    units = list(memoryview(text.encode("utf-16-le", "surrogatepass")).cast("H"))
    window, lines = [0] * 100, [-1] * 100
    state = {"hash": 0, "index": 0, "line": 0, "start": True, "cr": False}
    counts: dict[str, int] = {}
    found: list[str] = []

    def output() -> None:
        value = f"{state['hash'] % 2**64:x}"
        counts[value] = counts.get(value, 0) + 1
        found.append(f"{value}:{counts[value]}")
        lines[state["index"]] = -1

    def update(unit: int) -> None:
        index = state["index"]
        state["hash"] = (37 * state["hash"] + unit - 37**100 * window[index]) % 2**64
        window[index] = unit
        state["index"] = (index + 1) % 100

    for unit in [*units, 65535]:
        if unit in (32, 9) or (state["cr"] and unit == 10):
            state["cr"] = False
            continue
        state["cr"] = unit == 13
        unit = 10 if unit == 13 else unit  # noqa: PLW2901
        if lines[state["index"]] != -1:
            output()
        if state["start"]:
            state["start"] = False
            state["line"] += 1
            lines[state["index"]] = state["line"]
        state["start"] = unit == 10
        update(unit)
    for _ in range(100):
        if lines[state["index"]] != -1:
            output()
        update(0)
    return found


def test_any_text_is_hashed_as_the_rolling_way_does() -> None:
    chance = random.Random(7)  # noqa: S311 - the same texts every time
    for _ in range(300):
        text = "".join(chance.choices("ab \t\n\r\u00e9\u0a0a\U0001f600\u2028", k=chance.randrange(400)))
        assert hashes(text) == rolled(text)
