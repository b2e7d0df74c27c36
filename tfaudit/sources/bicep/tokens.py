"""Bicep text into tokens.

learn.microsoft.com/azure/azure-resource-manager/bicep/data-types and file; line ends count, since they part statements
and the members of objects.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from tfaudit.sources.bicep.lines import OPENS, form_of, made_of

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
_TOKEN = re.compile(f"{_BLANKS}{_ONE}", re.DOTALL)
_WORD, _LINE, _COMMENT, _SIGN, _MANY, _TEXT, _OPEN, _NUMBER = range(1, 9)
_BRACE = re.compile("[{}]")
_ENDED = re.compile(r"\A\$*+'''[\s\S]*'''\Z")
_PIECE = re.compile(r"((?:[^'\\\n$]++|\\.|\$(?!\{))*+)(\$\{|'|\n|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_MOST = 100_000
"""So many lines are kept in mind."""


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


class Line(Struct):
    """A line as its tokens are wherever it stands, with offsets from its beginning.

    `member` tells whether it is one token unless the next goes on with it, which `goes_on` tells of a line.
    """

    kinds: list[str]
    values: list[Any]
    starts: list[int]
    ends: list[int]
    comments: list[tuple[int, str]]
    member: bool = False
    goes_on: bool = False


_NO_COMMENTS: list[tuple[int, str]] = []
_known: dict[str, Line | None] = {}
"""Lines that have been read, None for one that is not read by itself: four of five stand somewhere else as well."""
_GOES_ON = frozenset("?.|&=+*%")
"""What an operator begins with that goes on with the value on the line before it."""
_WHOLE = frozenset({"member", "typed", "note"})
"""Tokens that are a whole line, with its end."""


def tokens(text: str, *, lines: bool = False) -> Tokens:
    """Return the tokens of `text`, `lines` of the usual forms as one each; raises `Malformed`."""
    found = Tokens([], [], [], [], [])
    if lines:
        _by_lines(text, found)
    else:
        _scan(text, 0, found)
    size = len(text)
    if not found.kinds or found.kinds[-1] != "line":
        _add(found, "line", None, size, size)
    _add(found, "end", None, size, size)
    return found


def _add(found: Tokens, kind: str, value: Any, start: int, end: int) -> None:
    found.kinds.append(kind)
    found.values.append(value)
    found.starts.append(start)
    found.ends.append(end)


def _by_lines(text: str, found: Tokens) -> None:
    """Add the tokens of `text` to what was `found`, line by line as these are known."""
    known = _known
    kinds, values, starts, ends = found.kinds, found.values, found.starts, found.ends
    at = behind = before_at = 0
    before = ""  # the line before, where that is one token unless this one goes on with it
    for written in text.split("\n"):
        here = at
        at += len(written) + 1
        if here < behind:  # it has been read with one before it
            continue
        line = known[written] if written in known else _remembered(written)
        if line is None:
            behind = _scan(text, here, found, whole=False)
            before = ""
            if kinds and kinds[-1] != "line":
                _add(found, "line", None, behind, behind)
            continue
        if line.goes_on and before:
            kinds.pop()
            values.pop()
            starts.pop()
            ends.pop()
            if (plain := _of_tokens(before)) is not None:
                _put(plain, before_at, found)
        if line.comments:
            found.comments += [(here + each, comment) for each, comment in line.comments]
        if line.kinds:
            _put(line, here, found)
            before, before_at = written if line.member else "", here


def _remembered(written: str) -> Line | None:
    """Return a line that has not been read yet."""
    if len(_known) >= _MOST:
        _known.clear()
    found = _known[written] = _line(written)
    return found


def _put(line: Line, at: int, found: Tokens) -> None:
    """Add the tokens of a line that begins at an offset."""
    starts, ends = found.starts, found.ends
    if len(line.kinds) == 1:  # as two of five are
        found.kinds.append(line.kinds[0])
        found.values.append(line.values[0])
        starts.append(at + line.starts[0])
        ends.append(at + line.ends[0])
        return
    found.kinds += line.kinds
    found.values += line.values
    for each in line.starts:
        starts.append(at + each)
    for each in line.ends:
        ends.append(at + each)


def _line(written: str) -> Line | None:
    """Return a line as it is read by itself; None for one that is not, as one in which a longer text begins."""
    if "'''" in written or "/*" in written:
        return None
    form = form_of(written)
    if form is None:
        return _of_tokens(written)
    start, at = form.span(form.lastindex or 0)
    kind, value = made_of(form, start)
    if kind in _WHOLE:
        return Line([kind], [value], [start], [at], _NO_COMMENTS, kind != "note")
    if kind == "key" and (opens := form.start(OPENS)) >= 0:
        return Line(
            [kind, "{", "line"], [value, "{", None], [start, opens, at], [opens, at, at], _NO_COMMENTS
        )
    further = _of_tokens(written, at)
    if further is None:
        return None
    if not further.kinds:
        return Line([kind, "line"], [value, None], [start, at], [at, at], further.comments)
    return Line(
        [kind, *further.kinds],
        [value, *further.values],
        [start, *further.starts],
        [at, *further.ends],
        further.comments,
    )


def _of_tokens(written: str, at: int = 0) -> Line | None:
    """Return the single tokens of a line, from an offset on; None where it is not read by itself."""
    found = Tokens([], [], [], [], [])
    try:
        _scan(written, at, found)
    except Malformed:
        return None
    if found.kinds:
        _add(found, "line", None, len(written), len(written))
    goes_on = bool(found.kinds) and found.kinds[0][0] in _GOES_ON
    return Line(
        found.kinds,
        found.values,
        found.starts,
        found.ends,
        found.comments or _NO_COMMENTS,
        goes_on=goes_on,
    )


# One loop, without a call on its usual way.
def _scan(text: str, begin: int, found: Tokens, *, whole: bool = True) -> int:  # noqa: C901, PLR0912, PLR0915
    """Add the tokens from an offset on, to the end or, if not of the `whole`, to a line's, and return where they end.

    It is the end of a line in no text; raises `Malformed`.
    """
    kinds, values, starts, ends = found.kinds, found.values, found.starts, found.ends
    depths: list[int] = []  # of braces since each `${` that is open
    at: int | None = begin
    while at is not None:
        pieces, at = _TOKEN.finditer(text, at), None
        for token in pieces:
            which: Any = token.lastindex
            start, end = token.span(which)
            kind = "text"
            value: Any = None
            if which == _WORD:
                kind, value = "word", token[which]
            elif which == _SIGN:
                kind = value = token[which]
                if depths and kind == "{":
                    depths[-1] += 1
                elif depths and kind == "}":
                    if not depths[-1]:
                        depths.pop()
                        at = _piece(text, end, found, depths)
                        break
                    depths[-1] -= 1
            elif which == _LINE:
                if not whole and not depths:
                    return end
                if kinds and kinds[-1] == "line":  # several stand for one, which ends where the last does
                    starts[-1], ends[-1] = start, end
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
                    for row in parts:
                        _add(found, *row)
                    continue
                value = _lines(token[which])
            elif which == _COMMENT:
                if token[which].startswith("/*") and (end - start < 4 or not token[which].endswith("*/")):
                    raise Malformed("a comment does not end", start)
                found.comments.append((start, token[which]))
                if token[which][0] == "#" and text[:start].rpartition("\n")[2].strip():
                    raise Malformed("'#' is not expected here", start)
                continue
            else:
                raise _unexpected(text, start)
            kinds.append(kind)
            values.append(value)
            starts.append(start)
            ends.append(end)
    if depths:
        raise Malformed("a text does not end", len(text))
    return len(text)


def _unexpected(text: str, at: int) -> Malformed:
    if text[at] == "'":
        return Malformed("a text does not end on its line", at + 1)
    return Malformed(f"{text[at]!r} is not expected here", at)


def _piece(text: str, at: int, found: Tokens, depths: list[int]) -> int:
    """Add the token for what follows an expression in a text, and return where it ends."""
    piece = _PIECE.match(text, at)
    if piece is None or piece[2] not in ("${", "'"):
        raise Malformed("a text does not end on its line", at)
    value = _unescaped(piece[1], at)
    if piece[2] == "'":
        _add(found, "close", value, at - 1, piece.end())
    else:
        _add(found, "more", value, at - 1, piece.end())
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


def _interpolated(text: str, start: int) -> list[tuple[str, Any, int, int]]:
    """Return the rows for a text over several lines with expressions in it, `$'''a ${b}'''`; none where it has none.

    As many dollars as stand before its quotes begin an expression.
    """
    dollars = len(text) - len(text.lstrip("$"))
    mark, end = "$" * dollars + "{", len(text) - 3
    at = end - len(_lines(text))
    rows: list[tuple[str, Any, int, int]] = []
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
