"""Bicep text into tokens.

learn.microsoft.com/azure/azure-resource-manager/bicep/data-types and file; line ends count, since they part statements
and the members of objects.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Unread

_TOKEN = re.compile(
    r"[ \t\r\f\v\u00a0]*(?:(?P<comment>//[^\n]*|/\*.*?\*/|#[^\n]*)"
    r"|(?P<line>\n)"
    r"|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<number>\d+)"
    r"|(?P<many>\$*'''(?:(?!''').)*'''(?:'(?!''))*)"
    r"|(?P<text>')"
    r"|(?P<sign>=>|==|=~|!=|!~|>=|<=|&&|\|\||\?\?|\.\.\.|\.\?|::|[{}\[\]():,.?!+\-*/%<>=@|^])|\Z)",
    re.DOTALL,
)
_PIECE = re.compile(r"((?:[^'\\\n$]|\\u\{[0-9A-Fa-f]{1,6}\}|\\.|\$(?!\{))*)(\$\{|'|\n|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(u\{([0-9A-Fa-f]{1,6})\}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


class Malformed(ValueError):
    """The text is no Bicep; `at` is the offset where that shows."""

    def __init__(self, because: str, at: int) -> None:
        """Hold the reason and the offset."""
        super().__init__(because)
        self.because = because
        self.at = at


class Token(Struct, frozen=True):
    """One token: `kind` is word, number, text, line, end, or the sign itself.

    Of a text with expressions in it, `open` is its beginning up to the first, `more` what stands between two, and
    `close` its end; the tokens of the expressions stand between these.
    """

    kind: str
    value: Any
    at: int
    end: int


class Tokens(Struct):
    """The tokens of a file, and its comments as offset and text."""

    tokens: list[Token]
    comments: list[tuple[int, str]] = field(default_factory=list)
    gaps: list[Unread] = field(default_factory=list)


# One loop, without a call on its usual way: a large tree spends much of its time here.
def tokens(text: str) -> Tokens:  # noqa: C901, PLR0912, PLR0915
    """Return the tokens of `text`, the last of kind `end`; raises `Malformed`."""
    found = Tokens([])
    add = found.tokens.append
    match = _TOKEN.match
    at, size = 0, len(text)
    depths: list[int] = []  # of braces since each `${` that is open
    while at < size:
        token = match(text, at)
        if token is None:
            raise Malformed(f"{text[at : at + 1]!r} is not expected here", at)
        kind, end = token.lastgroup, token.end()
        if kind is None:
            break
        at = token.start(kind)
        if kind == "word":
            add(Token("word", token[kind], at, end))
        elif kind == "sign":
            sign = token[kind]
            if depths and sign == "{":
                depths[-1] += 1
            elif depths and sign == "}":
                if not depths[-1]:
                    depths.pop()
                    at = _text(text, end, found.tokens, depths, inside=True)
                    continue
                depths[-1] -= 1
            add(Token(sign, sign, at, end))
        elif kind == "line":
            if not found.tokens or found.tokens[-1].kind != "line":
                add(Token("line", None, at, end))
            elif found.tokens:  # several stand for one, which ends where the last does
                found.tokens[-1] = Token("line", None, at, end)
        elif kind == "text":
            at = _text(text, end, found.tokens, depths, inside=False)
            continue
        elif kind == "number":
            add(Token("number", int(token[kind][:40]), at, end))
        elif kind == "many":
            add(Token("text", _lines(token[kind]), at, end))
        elif kind == "comment":
            found.comments.append((at, token[kind]))
            if token[kind][0] == "#" and text[:at].rpartition("\n")[2].strip():
                raise Malformed("'#' is not expected here", at)
        at = end
    if depths:
        raise Malformed("a text does not end", size)
    if not found.tokens or found.tokens[-1].kind != "line":
        add(Token("line", None, size, size))
    add(Token("end", None, size, size))
    return found


def _text(text: str, at: int, found: list[Token], depths: list[int], *, inside: bool) -> int:
    """Add the token for a piece of text from `at` on, and return where it ends."""
    piece = _PIECE.match(text, at)
    if piece is None or piece[2] not in ("${", "'"):
        raise Malformed("a text does not end on its line", at)
    value = _unescaped(piece[1], at) if "\\" in piece[1] else piece[1]
    if piece[2] == "'":
        found.append(Token("close" if inside else "text", value, at - 1, piece.end()))
    else:
        found.append(Token("more" if inside else "open", value, at - 1, piece.end()))
        depths.append(0)
    return piece.end()


def _unescaped(text: str, at: int) -> str:
    def character(match: re.Match[str]) -> str:
        if match[2]:
            try:
                return chr(int(match[2], 16))
            except (ValueError, OverflowError) as error:
                raise Malformed("there is no such character", at) from error
        return _ESCAPES.get(match[1], match[1])

    return _ESCAPE.sub(character, text)


def _lines(text: str) -> str:
    """Return a text over several lines: a line end right behind the quotes does not count."""
    inner = text.lstrip("$")[3:-3]
    return inner[1:] if inner[:1] == "\n" else inner[2:] if inner[:2] == "\r\n" else inner
