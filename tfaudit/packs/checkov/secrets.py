"""Texts with secrets in them, as they are written: for checks that look for secrets, and never for a report."""

from __future__ import annotations

import re

MAX_BYTES = 1_000_000
# A text on one line, and what may stand behind it: a comma, a comment.
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*+,?\s*+(?:(?:#|//|/\*).*)?$')
_HEREDOC = re.compile(r"<<[-~]?\s*(\w+)")


def written(tree: str, origin: str, line: int, end_line: int) -> str:
    """Return the value that stands in these lines of a file below `tree`; "" where it is not there any more.

    It leaves this process in no form: what a check says is its outcome and the keys that it looked at.
    """
    try:
        with open(f"{tree}/{origin}", encoding="utf-8", errors="replace") as stream:  # noqa: PTH123
            lines = stream.read(MAX_BYTES).splitlines()[line - 1 : end_line]
    except OSError:
        return ""
    if not lines:
        return ""
    _, sign, value = lines[0].partition("=")
    if not sign:
        _, sign, value = lines[0].partition(":")
    value = value.strip().rstrip(",")
    heredoc = _HEREDOC.match(value)
    if heredoc:
        return "\n".join(each for each in lines[1:] if each.strip() != heredoc[1])
    quoted = _QUOTED.match(value)
    return quoted[1] if quoted else "\n".join([value, *lines[1:]])
