"""Bytes into text: every encoding that YAML and JSON may have, and what is said of bytes that are none of them."""

from __future__ import annotations

import pytest

from tests.sources.clothes import ENCODINGS, encoded
from tfaudit.sources.text.encoding import NotText, Words, decoded

TEXT = "kind: Pod # ö €\nname: x\n"


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_comes_out_as_utf8(name: str) -> None:
    assert decoded(encoded(TEXT, name)) == TEXT.encode()


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_are_counted_alike_whatever_ends_them(end: str) -> None:
    text = decoded(TEXT.replace("\n", end).encode()).decode()
    assert text.splitlines() == TEXT.splitlines()
    assert text.count("\n") == 2


def test_files_that_were_joined_bring_the_mark_of_each() -> None:
    assert decoded(b"\xef\xbb\xbfa: 1\n---\n\xef\xbb\xbfb: 2\n") == b"a: 1\n---\nb: 2\n"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("a: 1\nb: ö\n".encode("latin-1"), 2),
        (b"\xff\xfea\0b", 1),
        (b"\xff\xfe" + b"a\0\n\0" + b"\x00\xd8b\0", 2),
        (b"a\n\n\xc3(", 3),
    ],
)
def test_bytes_that_are_no_text_are_told_with_their_line(data: bytes, line: int) -> None:
    with pytest.raises(NotText) as raised:
        decoded(data)
    assert raised.value.line == line


@pytest.mark.parametrize(
    "data",
    [
        b"kind",
        b'"k\\u0069nd"',
        b'"\\x6bind"',
        b'"\\U0000006bin\\u0064"',
        b'"ki\\\n   nd"',
        b'"ki\\\r\nnd"',
    ],
)
def test_a_word_is_found_however_it_is_written(data: bytes) -> None:
    words = Words(b"apiVersion: v1\n" + data)
    assert (words.has(b"kind"), words.has(b"apiVersion")) == (True, True)


@pytest.mark.parametrize("data", [b"kin", b"k\\u006dnd", b"k ind", b""])
def test_other_words_are_not_found(data: bytes) -> None:
    assert not Words(data).has(b"kind")
