"""The comments of a YAML text. What stands in a block scalar or a quoted string is text, whatever it looks like."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from tfaudit.sources.text.suppressions import MARKERS, Comment, marked


def comments(data: bytes) -> Iterator[Comment]:
    """Yield the comments of a text that ask for something; of a text that is no YAML, those before its fault."""
    if not marked(data):
        return
    text = data.decode("utf-8", "replace")
    starts, ends, until = _scalars(text)
    for number, line in enumerate(text.splitlines()):
        if not any(marker in line for marker in MARKERS):
            continue
        for column in _signs(line):
            at = (number, column)
            before = bisect_right(starts, at) - 1
            if at < until and (before < 0 or ends[before] <= at):
                alone = not line[:column].strip(" \t-")
                yield Comment(number + 1, column + 1, line[column:], alone)
                break


def _signs(line: str) -> Iterator[int]:
    """Yield the columns at which a comment may begin: at the start of a line or behind a blank."""
    for column, character in enumerate(line):
        if character == "#" and (column == 0 or line[column - 1] in " \t"):
            yield column


def _scalars(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]], tuple[int, int]]:
    """Return where each scalar starts and ends, and up to where the text is YAML."""
    import yaml

    starts: list[tuple[int, int]] = []
    ends: list[tuple[int, int]] = []
    until = (0, 0)
    try:
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            until = (token.end_mark.line, token.end_mark.column)
            if isinstance(token, yaml.ScalarToken):
                starts.append((token.start_mark.line, token.start_mark.column))
                ends.append(until)
    except yaml.YAMLError:
        return starts, ends, until
    return starts, ends, (1 << 40, 0)
