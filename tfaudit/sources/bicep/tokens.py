"""Bicep text into tokens.

learn.microsoft.com/azure/azure-resource-manager/bicep/data-types and file; line ends count, since they part statements
and the members of objects.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from msgspec import Struct

from tfaudit.sources.bicep.lines import GROUPS, LINE, OPENS, made_of

_BLANKS = r"(?:(?<![ \t\r\f\v\u00a0])[ \t\r\f\v\u00a0]++)?+"  # behind a comment's own there are none
# In the order in which they may stand for one another: a text of several lines before others, `'` alone at the end.
_ONE = (
    r"(?:([A-Za-z_]\w*+)"
    r"|(\n)"
    r"|(//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?+|#[^\n]*+)"
    r"|(=>|==|=~|!=|!~|>=|<=|&&|\|\||\?\?|\.\.\.|\.\?|::|[{}\[\]():,.?!+\-*/%<>=@|^])"
    r"|((?<!\$)\$*+'''(?:[^']++|'(?!''))*+(?:'''(?:'(?!''))*+)?+)"
    r"|('(?:[^'\\\n$]++|\\.|\$(?!\{))*+')"
    r"|('(?:[^'\\\n$]++|\\.|\$(?!\{))*+\$\{)"
    r"|(\d++)"
    r"|(\S))"
)
_WITH_LINES = re.compile(f"{LINE}|{_BLANKS}{_ONE}", re.DOTALL)
_TOKEN = re.compile(
    f"(?!){'()' * GROUPS}|{_BLANKS}{_ONE}", re.DOTALL
)  # the same groups, none of which is a line
_WORD, _LINE, _COMMENT, _SIGN, _MANY, _TEXT, _OPEN, _NUMBER = range(GROUPS + 1, GROUPS + 9)
_BRACE = re.compile("[{}]")
_ENDED = re.compile(r"\A\$*+'''[\s\S]*'''\Z")
_PIECE = re.compile(r"((?:[^'\\\n$]++|\\.|\$(?!\{))*+)(\$\{|'|\n|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


_Row: TypeAlias = tuple[str, Any, int, int]


class Malformed(ValueError):
    """The text is no Bicep; `at` is the offset where that shows."""

    def __init__(self, because: str, at: int) -> None:
        """Hold the reason and the offset."""
        super().__init__(because)
        self.because = because
        self.at = at


class Tokens(Struct):
    """The tokens of a file: what each is, its value, where it begins and ends; and its comments as offset and text.

    A kind is word, number, text, line, end, or the sign itself. Of a text with expressions in it, `open` is its
    beginning up to the first, `more` what stands between two, and `close` its end; the tokens of the expressions stand
    between these. The last token is of kind `end`. A plain line may be one token, of a kind of `lines`.
    """

    kinds: list[str]
    values: list[Any]
    starts: list[int]
    ends: list[int]
    comments: list[tuple[int, str]]


# One loop, without a call on its usual way: a large tree spends much of its time here.
def tokens(text: str, *, lines: bool = False) -> Tokens:  # noqa: C901, PLR0912, PLR0915
    """Return the tokens of `text`, `lines` of the usual forms as one each; raises `Malformed`."""
    rows: list[_Row] = []
    add = rows.append
    comments: list[tuple[int, str]] = []
    pattern = _WITH_LINES if lines else _TOKEN
    depths: list[int] = []  # of braces since each `${` that is open
    at: int | None = 0
    while at is not None:
        pieces, at = pattern.finditer(text, at), None
        for token in pieces:
            which: Any = token.lastindex
            start, end = token.span(which)
            kind = "text"
            value: Any = None
            if which <= GROUPS:
                kind, value = made_of(token, start)
                if kind == "key" and token[OPENS]:
                    brace = token.start(OPENS)
                    add((kind, value, start, brace))
                    kind, value, start = "{", "{", brace
                    if depths:
                        depths[-1] += 1
            elif which == _WORD:
                kind, value = "word", token[which]
            elif which == _SIGN:
                kind = value = token[which]
                if depths and kind == "{":
                    depths[-1] += 1
                elif depths and kind == "}":
                    if not depths[-1]:
                        depths.pop()
                        at = _piece(text, end, rows, depths)
                        break
                    depths[-1] -= 1
            elif which == _LINE:
                if rows and rows[-1][0] == "line":  # several stand for one, which ends where the last does
                    rows[-1] = ("line", None, start, end)
                    continue
                kind = "line"
            elif which == _TEXT:
                value = _unescaped(text[start + 1 : end - 1], start + 1)
            elif which == _OPEN:
                kind, value = "open", _unescaped(text[start + 1 : end - 2], start + 1)
                depths.append(0)
            elif which == _NUMBER:
                kind, value = "number", int(token[which][:40])
            elif which == _MANY:
                if not _ENDED.search(token[which]):
                    raise Malformed("a text over several lines does not end", start)
                if token[which][0] == "$" and (parts := _interpolated(token[which], start)):
                    rows += parts
                    continue
                value = _lines(token[which])
            elif which == _COMMENT:
                if token[which].startswith("/*") and (end - start < 4 or not token[which].endswith("*/")):
                    raise Malformed("a comment does not end", start)
                comments.append((start, token[which]))
                if token[which][0] == "#" and text[:start].rpartition("\n")[2].strip():
                    raise Malformed("'#' is not expected here", start)
                continue
            else:
                raise _unexpected(text, start)
            add((kind, value, start, end))
    size = len(text)
    if depths:
        raise Malformed("a text does not end", size)
    if not rows or rows[-1][0] != "line":
        add(("line", None, size, size))
    add(("end", None, size, size))
    kinds, values, starts, ends = map(list, zip(*rows, strict=True))
    return Tokens(kinds, values, starts, ends, comments)


def _unexpected(text: str, at: int) -> Malformed:
    if text[at] == "'":
        return Malformed("a text does not end on its line", at + 1)
    return Malformed(f"{text[at]!r} is not expected here", at)


def _piece(text: str, at: int, rows: list[_Row], depths: list[int]) -> int:
    """Add the token for what follows an expression in a text, and return where it ends."""
    piece = _PIECE.match(text, at)
    if piece is None or piece[2] not in ("${", "'"):
        raise Malformed("a text does not end on its line", at)
    value = _unescaped(piece[1], at)
    if piece[2] == "'":
        rows.append(("close", value, at - 1, piece.end()))
    else:
        rows.append(("more", value, at - 1, piece.end()))
        depths.append(0)
    return piece.end()


def _unescaped(text: str, at: int) -> str:
    if "\\" not in text:
        return text

    def character(match: re.Match[str]) -> str:
        if match[2]:
            try:
                return chr(int(match[2], 16))
            except (ValueError, OverflowError) as error:
                raise Malformed("there is no such character", at) from error
        return _ESCAPES.get(match[1], match[1])

    return _ESCAPE.sub(character, text)


def _interpolated(text: str, start: int) -> list[_Row]:
    """Return the rows for a text over several lines with expressions in it, `$'''a ${b}'''`; none where it has none.

    As many dollars as stand before its quotes begin an expression.
    """
    dollars = len(text) - len(text.lstrip("$"))
    mark, end = "$" * dollars + "{", len(text) - 3
    at = end - len(_lines(text))
    rows: list[_Row] = []
    while (found := text.find(mark, at, end)) >= 0:
        inside = found + len(mark)
        close = _closing(text, inside, end)
        if close < 0:
            raise Malformed("an expression in a text does not end", start + found)
        inner = tokens(text[inside:close])
        rows.append(("more" if rows else "open", text[at:found], start + at, start + inside))
        each = zip(inner.kinds, inner.values, inner.starts, inner.ends, strict=True)
        rows += [(kind, value, start + inside + a, start + inside + b) for kind, value, a, b in each][:-2]
        at = close + 1
    if rows:
        rows.append(("close", text[at:end], start + at, start + len(text)))
    return rows


def _closing(text: str, at: int, end: int) -> int:
    """Return where the brace is that ends an expression which begins at `at`; -1 for nowhere."""
    depth = 0
    for each in _BRACE.finditer(text, at, end):
        depth += 1 if each[0] == "{" else -1
        if depth < 0:
            return each.start()
    return -1


def _lines(text: str) -> str:
    """Return a text over several lines: a line end right behind the quotes does not count."""
    inner = text.lstrip("$")[3:-3]
    return inner[1:] if inner[:1] == "\n" else inner[2:] if inner[:2] == "\r\n" else inner
