r"""Foreign text made harmless: what a terminal, a parser or the runner of a pipeline would take for more than text.

Names and values of scanned input end in documents that other programs read and in logs that runners look for commands
in. Three things can be done to a text: `visible` makes one line of a sentence, `plain` goes over a whole document of
lines, and `json` over a document that is JSON. Each says what it hides in a visible form, `\u202e`.
"""

from __future__ import annotations

import re
from functools import cache

# C0 and C1 controls, what turns the direction of text or cannot be seen, and what no encoding can write. Runners
# compare by the rules of a language, which pass over what cannot be seen: a mark before `::` does not disarm it.
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# GitHub's runner takes a line for a command that begins with `::` behind any blanks, and `##[...]` anywhere in it;
# Azure Pipelines takes `##vso[...]` anywhere, TeamCity `##teamcity[...]`.
_COMMAND_LINE = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*):(?=(?:\x1b\[[0-9;]*m)*:)", re.MULTILINE)
_COMMAND = re.compile(r"#(?=#[\w.-]{0,40}\[)")
_ANNOTATION = re.compile(r"::(?:error|warning|notice) [^:]*::")
_SURROGATES = range(0xD800, 0xE000)


@cache  # most runs meet nothing of the kind, and a class of so many ranges takes time to compile
def _hidden() -> re.Pattern[str]:
    return re.compile(f"[{_INVISIBLE}]")


@cache
def _hidden_or_colour() -> re.Pattern[str]:
    return re.compile(f"\x1b\\[[0-9;]*m|[{_INVISIBLE}]")


def visible(text: str) -> str:
    r"""Return `text` as one line: what cannot be seen becomes `\x1b`, tabs and newlines become spaces."""
    if not (text.isascii() and text.isprintable()):
        text = _hidden().sub(_escape, text.replace("\t", " ").replace("\n", " "))
    return _COMMAND.sub(r"\\x23", text) if "##" in text else text


def plain(text: str, *, colour: bool = False) -> str:
    """Return lines of a document without controls but newlines and tabs, and none of them a command to a runner.

    `colour` keeps a terminal's codes for it.
    """
    if not text.isascii() or _CONTROL.search(text):
        text = _hidden_or_colour().sub(_escape_but_colour, text) if colour else _hidden().sub(_escape, text)
    if "::" in text or "\x1b" in text:
        text = _COMMAND_LINE.sub(r"\1\\x3a", text)
    return _COMMAND.sub(r"\\x23", text) if "##" in text else text


def commands(text: str) -> str:
    """Return lines of which each is a command to GitHub's runner that writes an annotation, and none is another.

    Of any other line the beginning is disarmed, as `plain` does; a command is one line, whatever it holds.
    """
    lines = text.split("\n")
    return "\n".join(_command(line) if _ANNOTATION.match(line) else plain(line) for line in lines)


def _command(line: str) -> str:
    line = _hidden().sub(_escape, line)
    return _COMMAND.sub(r"\\x23", line) if "##" in line else line


def json(text: str) -> str:
    r"""Return a JSON document with what cannot be seen as JSON's own escapes.

    Its values stay what they are. Half of a surrogate pair is no character, and strict readers refuse it: the text
    `\udce9` stands for it.
    """
    if not text.isascii() or "\x7f" in text:
        text = _hidden().sub(_json_escape, text)
    return _COMMAND.sub(r"\\u0023", text) if "##" in text else text


def without_halves(text: str) -> str:
    """Return `text` with half characters, which cannot be written, in a visible form, and nothing else changed."""
    return text.encode("utf-8", "backslashreplace").decode()


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escape_but_colour(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else _escape(found)


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code in _SURROGATES:
        return f"\\\\u{code:04x}"
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + (code - 0x10000 >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
