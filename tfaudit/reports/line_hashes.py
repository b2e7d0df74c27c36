"""The hash by which GitHub's upload action knows a line of a source file again, `primaryLocationLineHash`.

It is published with the action (github.com/github/codeql-action, src/fingerprints.ts): a polynomial with base 37,
modulo 2^64, over the first 100 UTF-16 units from the line's start on, blanks and tabs left out and every line end taken
as a line feed, with 65535 for the end of the file and zeros behind it; and behind a colon, which of the lines with that
hash it is. A value of our own would give a warning for each result, and none breaks uploads by other ways.
"""

from __future__ import annotations

from collections.abc import Mapping

_BLOCK = 100
_BASE = 37
_MODULUS = 1 << 64
_WEIGHTS = [pow(_BASE, _BLOCK - 1 - at, _MODULUS) for at in range(_BLOCK)]
_END = "\uffff"
_LINE_FEED = b"\n\0"


def line_hashes(data: bytes, lines: frozenset[int]) -> Mapping[int, str]:
    """Return the hashes of the wanted lines (from 1) of a file's bytes; a line that is not there has none."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace(" ", "").replace("\t", "") + _END
    units = text.encode("utf-16-le", "surrogatepass") + b"\0\0" * _BLOCK
    seen: dict[bytes, int] = {}
    found: dict[int, str] = {}
    start, last = 0, max(lines, default=0)
    for number in range(1, last + 1):
        window = units[start : start + 2 * _BLOCK]
        seen[window] = seen.get(window, 0) + 1
        if number in lines:
            found[number] = f"{_hash(window):x}:{seen[window]}"
        start = _next_line(units, start)
        if not start:
            break
    return found


def _next_line(units: bytes, start: int) -> int:
    """Return where the next line starts, 0 for none; a line feed stands at an even offset."""
    at = units.find(_LINE_FEED, start)
    while at > 0 and at % 2:
        at = units.find(_LINE_FEED, at + 1)
    return at + 2 if at >= 0 else 0


def _hash(window: bytes) -> int:
    values = memoryview(window).cast("H")
    return sum(value * weight for value, weight in zip(values, _WEIGHTS, strict=True)) % _MODULUS
