"""Text without what stands between two marks, `${...}` or `[...]`, in linear time, whatever is left open."""

from __future__ import annotations


def replaced(text: str, opening: str, closing: str, instead: str = "", but: str = "") -> str:
    """Return `text` with `instead` for each `opening` up to the next `closing`; one that is never closed stays.

    What begins with `but` behind the mark stays as well.
    """
    parts: list[str] = []
    at = 0
    end = -1
    start = text.find(opening)
    while start >= 0:
        inside = start + len(opening)
        if end < inside:
            end = text.find(closing, inside)
            if end < 0:
                break
        if but and text.startswith(but, inside):
            start = text.find(opening, inside)
            continue
        parts += text[at:start], instead
        at = end + len(closing)
        start = text.find(opening, at)
    parts.append(text[at:])
    return "".join(parts)


def text_of(expression: str) -> str:
    """Return the text of an expression that is one template throughout, `"arn:aws:s3:::${var.name}/*"`, unquoted.

    "" for any other: of `var.all ? "*" : "${var.name}-x"`, or of a call with a template in it, nothing that stands
    there has to be in the value.
    """
    quoted = expression[:1] == '"'
    text = expression[1:-1] if quoted and len(expression) > 1 and expression[-1] == '"' else expression
    if (quoted and text is expression) or "${" not in text or text.startswith(("Fn::", "<<")):
        return ""
    inside: list[str] = []  # what is open: a brace of code, or a text in it
    at = 0
    while at < len(text):
        here = text[at]
        if not inside and (here == '"' or text.startswith("%{", at)):
            return ""
        if here == "\\":
            at += 1
        elif text.startswith("${", at) and (not inside or inside[-1] == '"'):
            inside.append("{")
            at += 1
        elif inside and inside[-1] == "{" and here in '{"':
            inside.append(here)
        elif inside and here == ("}" if inside[-1] == "{" else '"'):
            inside.pop()
        at += 1
    return "" if inside else text
