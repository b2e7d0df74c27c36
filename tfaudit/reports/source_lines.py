"""Lines of a scanned file as a report may quote them: what is known to be no secret, and nothing else.

A text is quoted as far as it was understood: names, signs, references, switches, and values that stand under no name of
a secret and do not look like one. In place of any other value stands `(redacted)`; comments are left out, and a file
that cannot be parsed is not quoted at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from tfaudit.redaction import REDACTED, doubtful_name, redacted
from tfaudit.reports.source_tree import Chunk, Many, Map, Node, Spans, Text

COMMENT = "# ..."
"""What stands for a comment that has a line for itself."""
LONGEST = 120
"""Characters of the longest value that is quoted."""

# Names that only distinguish others: what they say is shown in a secret, too.
_SAYS_WHAT = frozenset({"apiVersion", "kind", "name", "namespace", "type", "Type", "secret_id"})
# At the top of a text: values that are given a name elsewhere, so nothing tells here what they are used for.
_USED_ELSEWHERE = frozenset(
    {"locals", "variable", "variables", "output", "module", "Parameters", "Mappings", "Outputs"}
)
_OF_CALLS = frozenset({"source", "version", "Type", "type"})
# The value of a pair, `{name: DB_PASSWORD, value: ...}`, whose name may stand on either side of it, or further up.
_OF_PAIRS = re.compile(r"(?i)value|^(?:v|val|default|text|content|contents|data|string|payload|plaintext)$")
_WORDS_TO_RUN = re.compile(
    r"(?i)^(?:args?|arguments|command|cmd|entrypoint|script|run|exec|inline|env(?:ironment)?)$"
)
_COUNTS = re.compile(r"(?i)(?:days|hours|minutes|seconds|length|count|size|replicas|port)$")
_SWITCH = re.compile(r"(?i)(?:\d{1,5}|[a-z][a-z.]{0,9}|tlsv?[\d._]+|aws:kms)?$")
_NAME = re.compile(r"[A-Za-z_./$:-]{1,80}$")
_KEY = re.compile(r"[\"']?[\w./$@:*~ -]{1,100}[\"']?$")
_RUN = re.compile(r"[A-Za-z0-9+=]{16,}")
_IDENTIFIER = re.compile(
    r"sha256:[0-9a-f]{64}|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b[a-z]{1,12}-[0-9a-f]{8,17}\b"
)
_COMMENT = ("#", "//", "/*")


class _Names(NamedTuple):
    """What a value stands under: its own name, and what holds of all that is around it."""

    own: str = ""
    is_secret: bool = False  # under the name of a secret, or where another place may call it one
    is_used_elsewhere: bool = False


class Line(Struct):
    """A line as it may be shown; `columns` turns a column of the file (from 0) into one of `text`."""

    text: str
    columns: list[tuple[int, int]] = field(default_factory=list)

    def column(self, column: int) -> int:
        """Return where the character of a column of the file is now."""
        at = bisect_right(self.columns, (column, len(self.text) + 1)) - 1
        start, shown = self.columns[at] if at >= 0 else (0, 0)
        return min(shown + column - start, len(self.text))


class Quotable:
    """A chunk of a file; what of it may be shown is decided line by line, since few lines are asked for."""

    def __init__(self, chunk: Chunk, names: tuple[str, ...] = (), every_value: bool = False) -> None:
        """Take `chunk`, which stands under `names`; `every_value` is for what is a secret."""
        self._text = chunk.text
        # Names and signs with None, values with what they stand under.
        self._spans: list[tuple[int, int, tuple[Text, _Names] | None]] = [
            (start, end, None) for start, end in chunk.marks
        ]
        around = _Names(is_secret=every_value)
        for name in names:
            around = _within(around, name)
        self._add(chunk.tree, around)
        self._spans.sort(key=_from_to)
        self._begins = [each[0] for each in self._spans]
        # A span that reaches into further lines is found by none of these lines.
        self._wide = [each for each in self._spans if "\n" in chunk.text[each[0] : each[1]]]
        self._starts = [0, *(found.end() for found in re.finditer("\n", chunk.text))]
        self._line = chunk.line
        self._lines: dict[int, Line] = {}

    def line(self, number: int) -> Line | None:
        """Return the line with this number, None where it is in another chunk."""
        at = number - self._line
        if not 0 <= at < len(self._starts):
            return None
        if at not in self._lines:
            start = self._starts[at]
            end = self._text.find("\n", start)
            self._lines[at] = self._rendered(start, len(self._text) if end < 0 else end)
        return self._lines[at]

    def _shown(self, start: int, end: int) -> Spans:
        """Return the spans that may be shown in the line from `start` to `end`, in order."""
        here = self._spans[bisect_left(self._begins, start) : bisect_left(self._begins, end)]
        here = [each for each in self._wide if each[0] < start < each[1]] + here
        return [(first, last) for first, last, value in here if self._may_be_shown(first, last, value)]

    def _may_be_shown(self, start: int, end: int, value: tuple[Text, _Names] | None) -> bool:
        text = self._text[start:end]
        return _is_mark(text) if value is None else "\n" not in text and _may_be_shown(*value)

    def _rendered(self, start: int, end: int) -> Line:
        parts: list[str] = []
        columns: list[tuple[int, int]] = []
        at, width, index = start, 0, 0
        shown = self._shown(start, end)
        while at < end:
            while index < len(shown) and shown[index][1] <= at:
                index += 1
            begins = shown[index][0] if index < len(shown) else end
            upto = min(begins if begins > at else shown[index][1], end)
            columns.append((at - start, width))
            part = self._text[at:upto]
            if begins > at:
                bare = part.strip()
                before = part[: len(part) - len(part.lstrip())]
                if bare.startswith(_COMMENT):  # with which the line ends
                    return Line("".join(parts).rstrip() or before + COMMENT, columns)
                if bare:
                    part = before + REDACTED + part[len(part.rstrip()) :]
            parts.append(part)
            width += len(part)
            at = upto
        return Line("".join(parts), columns)

    def _add(self, node: Node, around: _Names) -> None:
        if isinstance(node, Text):
            self._spans.append((node.start, node.end, (node, around)))
            return
        if node.is_shared:
            around = around._replace(is_secret=True)
        if isinstance(node, Many):
            if _runs(node, around.own):
                around = around._replace(is_secret=True)
            for each in node.items:
                self._add(each, around)
            return
        named = _names_a_secret(node)
        is_object = any(
            name == "kind" and isinstance(each, Text) and each.value == "Secret"
            for name, each in node.entries
        )
        for name, each in node.entries:
            inner = _within(around, name)
            if is_object or (named and (len(node.entries) <= 3 or _OF_PAIRS.search(name or ""))):
                inner = inner._replace(is_secret=True)
            self._add(each, inner)


def _from_to(span: tuple[int, int, object]) -> tuple[int, int]:
    return span[:2]


def _within(around: _Names, name: str | None) -> _Names:
    """Return what holds for a value under `name`; one that only evaluation would tell may be any."""
    if name is None:
        return around._replace(own="", is_secret=True)
    return _Names(
        name,
        around.is_secret or doubtful_name(around.own),
        around.is_used_elsewhere or (not around.own and name in _USED_ELSEWHERE),
    )


def _names_a_secret(node: Map) -> bool:
    """Whether a value of a map is the name of a secret, so that another value of it may be that secret."""
    return any(
        isinstance(each, Text)
        and not each.is_literal
        and len(each.value) <= LONGEST
        and re.fullmatch(r"[\w./${}:-]+", each.value) is not None
        and doubtful_name(each.value)
        for _, each in node.entries
    )


def _runs(node: Many, name: str) -> bool:
    """Whether a list is a command, or reads like one, with a word of a secret in it."""
    texts = [each.value for each in node.items if isinstance(each, Text)]
    if not _WORDS_TO_RUN.match(name) and not any(each.startswith("-") for each in texts):
        return False
    return any(doubtful_name(each.lstrip("-")) or re.match(r"-[pu]", each) for each in texts)


def _may_be_shown(text: Text, around: _Names) -> bool:
    """Whether a value is known to be no secret."""
    if text.is_literal:
        return True
    if doubtful_name(around.own):
        return False
    if around.is_secret:
        if text.is_number and _COUNTS.search(around.own):
            return True
        return around.own in _SAYS_WHAT and _is_plain(text.value, around.own)
    if text.is_number:
        return len(text.value) <= 20
    if around.is_used_elsewhere and around.own not in _OF_CALLS:
        return False
    return _is_plain(text.value, around.own)


def _is_plain(value: str, name: str) -> bool:
    """Whether a text that stands under no name of a secret does not look like one, or like words that have one."""
    if len(value) > LONGEST or redacted(value) != value:
        return False
    if _OF_PAIRS.search(name) and not _SWITCH.match(value):
        return False
    if doubtful_name(value) and not _NAME.match(value):
        return False
    if any(doubtful_name(word) for word in re.findall(r"[\w.-]+", value)) and not _NAME.match(value):
        return False
    if (_WORDS_TO_RUN.match(name) or value.startswith("-")) and re.search(r"\s", value):
        return False
    rest = _IDENTIFIER.sub("", value)
    return not any(_is_random(each) for each in _RUN.findall(rest))


def _is_random(run: str) -> bool:
    """Whether letters and digits are mixed as in nothing that people write."""
    return any(each.isdigit() for each in run) and any(each.isalpha() for each in run)


@lru_cache(maxsize=16_384)  # the same few names and signs stand in every block
def _is_mark(text: str) -> bool:
    """Whether what stands there for a name or a sign may be shown: a name is sometimes a secret, too."""
    if not text.strip("\"'"):
        return True
    if text[:1].isalnum() or text[:1] in "\"'_":
        return (
            _KEY.match(text) is not None
            and redacted(text) == text
            and not any(map(_is_random, _RUN.findall(text)))
        )
    return len(text) <= 40
