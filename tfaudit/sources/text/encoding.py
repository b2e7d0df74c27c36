"""The text of a file, whatever it is encoded in: UTF-8 without a mark, with line ends that every parser counts alike.

YAML and JSON may come in UTF-8, UTF-16 and UTF-32, with a byte order mark or without (yaml.org/spec/1.2.2, section 5.2;
RFC 4627, section 3). What is none of them is no text, and is reported as such.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (  # the longer ones first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Without a mark, the first characters (always ASCII) show it by where their zero bytes are.
_ZEROS = (
    (re.compile(rb"\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0[^\0]\0[^\0]"), "utf-16-be"),
    (re.compile(rb"[^\0]\0[^\0]\0"), "utf-16-le"),
)
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_MARK = codecs.BOM_UTF8
# How double-quoted text can write an ASCII character: \x6b \u006b \U0000006b, or a line break that does not count.
_ESCAPE = re.compile(rb"\\(?:(?:x|u00|U000000)([0-7][0-9A-Fa-f])|\r?\n[ \t]*)")
_ESCAPES = (b"\\x", b"\\u00", b"\\U000000", b"\\\n", b"\\\r\n")


class NotText(ValueError):
    """The bytes are no text in the encoding that they seem to have; `line` (from 1) is the first that is none."""

    def __init__(self, because: str, line: int) -> None:
        """Hold the reason and the line."""
        super().__init__(because)
        self.because = because
        self.line = line


def encoding(data: bytes) -> tuple[str, int]:
    """Return what the text is encoded in, and how long its mark is: `utf-8` where nothing speaks for another."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, len(mark)
    if b"\0" in data[:4]:
        for zeros, name in _ZEROS:
            if zeros.match(data):
                return name, 0
    return "utf-8", 0


def decoded(data: bytes) -> bytes:
    r"""Return the text as UTF-8 without marks, a `\r` that stands alone as `\n`; raises `NotText`.

    Files that were joined bring the mark of each: at the start of any line it is not part of the text.
    """
    name, mark = encoding(data)
    data = data[mark:] if mark else data
    try:
        if name != "utf-8":
            data = data.decode(name).encode()
        elif not data.isascii():
            data.decode()
    except UnicodeError as error:  # a lone surrogate of UTF-16 cannot be encoded
        at: int = getattr(error, "start", 0)
        shown = name.upper().removesuffix("-LE").removesuffix("-BE")
        raise NotText(f"it is not {shown} text", line_of(data, at)) from error
    if b"\n" + _MARK in data:
        data = data.replace(b"\n" + _MARK, b"\n")
    if lone_returns(data):
        data = _LONE_RETURN.sub(b"\n", data)
    return data


def lone_returns(data: bytes) -> bool:
    """Whether a line ends with a carriage return alone, as it did on the first Macs."""
    return b"\r" in data and data.count(b"\r") != data.count(b"\r\n")


def line_of(data: bytes, offset: int) -> int:
    """Return the line (from 1) on which a byte of text in UTF-8 or UTF-16 stands."""
    return data.count(b"\n", 0, offset) + 1


class Words:
    """Tells whether ASCII words occur in a text, as they are or with characters of them written as escapes.

    A word that some parser of YAML or JSON would read is always found; it may be found where none would.
    """

    def __init__(self, data: bytes) -> None:
        """Take the text, which is UTF-8."""
        self._data = data
        self._plain: bytes | None = None

    def has(self, word: bytes) -> bool:
        """Whether `word` occurs."""
        if word in self._data:
            return True
        if self._plain is None:
            escaped = b"\\" in self._data and any(each in self._data for each in _ESCAPES)
            self._plain = _ESCAPE.sub(_character, self._data) if escaped else b""
        return word in self._plain

    def search(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """Return where `pattern` occurs, in the text as it is or with escapes read."""
        return pattern.search(self._data) or (pattern.search(self._plain) if self._plain else None)


def _character(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)]) if escape[1] else b""
