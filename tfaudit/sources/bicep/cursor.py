"""Where a parser of Bicep stands among the tokens of a file."""

from __future__ import annotations

from typing import Any

from tfaudit.sources.bicep.tokens import Malformed, Tokens


class Cursor:
    """Passes over the tokens of one file, one by one."""

    def __init__(self, tokens: Tokens) -> None:
        """Begin at the first of `tokens`."""
        self._tokens = tokens
        self._kinds = tokens.kinds
        self.number = 0
        """Which token is at hand."""
        self.kind = self._kinds[0]
        """What the token at hand is."""

    @property
    def value(self) -> Any:
        """The value of the token at hand."""
        return self._tokens.values[self.number]

    @property
    def at(self) -> int:
        """Where the token at hand begins."""
        return self._tokens.starts[self.number]

    @property
    def end_before(self) -> int:
        """Where the token before the one at hand ends; at the first, where that begins."""
        return self._tokens.ends[self.number - 1] if self.number else self.at

    def advance(self) -> None:
        """Pass on to the next token; the last one stays."""
        if self.kind != "end":
            self.number += 1
            self.kind = self._kinds[self.number]

    def taken(self) -> Any:
        """Take the token at hand, and return its value."""
        value = self._tokens.values[self.number]
        self.advance()
        return value

    def ahead(self, steps: int = 1) -> str:
        """Return what a token further on is."""
        number = self.number + steps
        return self._kinds[number] if number < len(self._kinds) else "end"

    def back_to(self, number: int) -> None:
        """Go back to a token that was passed."""
        self.number = number
        self.kind = self._kinds[number]

    def lines(self) -> None:
        """Pass over line ends; there is one for several."""
        if self.kind == "line":
            self.advance()

    def takes(self, kind: str) -> bool:
        """Take a token of `kind`, if one is at hand, and tell whether."""
        if self.kind == kind:
            self.advance()
            return True
        return False

    def expect(self, kind: str) -> Any:
        """Take a token of `kind`, and return its value; raises `Malformed` where another is at hand."""
        if self.kind != kind:
            raise self.unexpected(kind)
        return self.taken()

    def word(self, *words: str) -> str:
        """Take one of `words`, any where none is named, and return it; raises `Malformed` where another is at hand."""
        if self.kind != "word" or (words and self.value not in words):
            raise self.unexpected(" or ".join(words) or "a name")
        return str(self.taken())

    def is_word(self, *words: str) -> bool:
        """Whether one of `words` is at hand."""
        return self.kind == "word" and self.value in words

    def unexpected(self, wanted: str) -> Malformed:
        """Return the error for the token at hand."""
        found = {"line": "the end of the line", "end": "the end of the file"}.get(self.kind)
        return Malformed(f"{wanted} is expected before {found or repr(str(self.value)[:40])}", self.at)
