"""JSON with comments and with texts over several lines, as templates of Resource Manager have it."""

from __future__ import annotations

import re

from tfaudit.sources.text.suppressions import Comment

# Texts are matched first, so that what looks like a comment inside of one is none; what is not closed ends the text.
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*+"?|(//[^\n]*+|/\*(?:.*?\*/|.*))', re.DOTALL)
_BLANK = re.compile(r"[^\n]")


def without_comments(text: str) -> tuple[str, list[Comment]]:
    """Return `text` with blanks in place of its comments, and of line ends within its texts; and the comments.

    What follows keeps its line and column.
    """
    comments: list[Comment] = []
    counted, line = 0, 1

    def blanked(match: re.Match[str]) -> str:
        nonlocal counted, line
        if match[1] is None:
            return match[0].replace("\n", " ")
        line += text.count("\n", counted, match.start())
        counted = match.start()
        start = text.rfind("\n", 0, match.start()) + 1
        alone = not text[start : match.start()].strip()
        comments.append(Comment(line, match.start() - start + 1, match[1], alone))
        return _BLANK.sub(" ", match[0])

    return _COMMENT.sub(blanked, text), comments
