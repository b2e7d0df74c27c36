"""Foreign text becomes one that no terminal, parser or runner takes for more."""

from __future__ import annotations

import json
import unicodedata

import pytest

from tfaudit import foreign

MARKS = "\x00\x07\x1b\x7f\x85\x9b\u00ad\u061c\u200b\u200d\u202e\u2028\u2066\ufeff\ufe0f\U000e0041"


def test_a_sentence_is_one_line_in_which_all_can_be_seen() -> None:
    assert foreign.visible("a\x1b[31m\u202eb\tc\nd\udce9") == "a\\x1b[31m\\u202eb c d\\udce9"
    assert foreign.visible("é \u4e2d \U0001f600 ::/0") == "é \u4e2d \U0001f600 ::/0"


def test_no_character_that_controls_or_cannot_be_seen_is_left() -> None:
    every = "".join(map(chr, range(0x110000)))
    for clean in (foreign.visible, foreign.plain, foreign.json):
        left = {each for each in clean(every) if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")}
        assert left <= {"\n", "\t"}
        assert not set(MARKS) & set(clean(every))


def test_json_keeps_what_its_values_are() -> None:
    text = json.dumps({"a": MARKS, "b": "##vso[x]", "c": "half \ud800"}, ensure_ascii=False)
    assert json.loads(foreign.json(text)) == {"a": MARKS, "b": "##vso[x]", "c": "half \\ud800"}


@pytest.mark.parametrize(
    "line",
    [
        "::error::x",
        "  ::error::x",
        "\u3000::add-mask::x",
        "\x1b[1m::error::x",
        "\u200b::error::x",
        "a\n\t::stop-commands::x",
        "a\r::error::x",
        "a\x85::error::x",
        "a ##vso[task.complete]x",
        "##[error]x",
        "##teamcity[x]",
        "##VSO[task]x",
        "###vso[task]x",
    ],
)
@pytest.mark.parametrize("colour", [True, False])
def test_no_line_is_a_command_to_a_runner(line: str, colour: bool) -> None:
    said = foreign.plain(line, colour=colour)
    for each in said.split("\n"):
        bare = each.replace("\x1b[1m", "").strip()
        assert not bare.startswith("::")
        assert "##vso[" not in bare.lower()
        assert "##[" not in bare
        assert "##teamcity[" not in bare


def test_what_is_no_command_stays() -> None:
    for line in ("## tfaudit: 3 findings", "a ::/0", "module::x", "# [x]"):
        assert foreign.plain(line) == line


@pytest.mark.parametrize("part", [" ", "::", "\n ", "##", "#[", "\x1b[", "\x1b[1m", "\ud800", "a"])
def test_hostile_text_takes_linear_time(part: str) -> None:
    # Anything worse than linear would take minutes.
    for clean in (foreign.visible, foreign.plain, foreign.json):
        clean(part * 500_000)
