"""Patterns as people write them in a configuration and in comments: `*` stands for any characters, and nothing else.

Brackets, quotes and dots are parts of addresses, `module.site["one"].aws_s3_bucket.pages[0]`, and stand for themselves.
"""

from __future__ import annotations


def alike(pattern: str, text: str) -> bool:
    """Whether `text` is what `pattern` says, in time linear in both."""
    first, *rest = pattern.split("*")
    if not rest:
        return text == pattern
    if not text.startswith(first):
        return False
    *middle, last = rest
    at = len(first)
    for part in middle:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(text) - len(last) >= at and text.endswith(last)
