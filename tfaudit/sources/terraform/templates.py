"""The parts of HCL templates: quoted strings with `${...}`, and heredocs with their indentation taken off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit.sources.terraform.syntax import Expression, unescape

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_BREAK = re.compile(r"(?<=\n)")


def quoted(builder: Any, node: Tree) -> list[str | Expression]:
    """Return the parts of a quoted template, escapes resolved."""
    return _parts(builder, node.children, (node.start_byte + 1, node.end_byte - 1), escaped=True)


def heredoc(builder: Any, node: Tree) -> list[str | Expression]:
    """Return the parts of a heredoc; `<<-` loses the indentation that all its lines share."""
    text = builder.text
    names = [each for each in node.children if each.type == "heredoc_identifier"]
    if len(names) < 2:
        return []
    start = text.data.find(b"\n", names[0].end_byte) + 1
    end = text.data.rfind(b"\n", 0, names[-1].start_byte) + 1
    inner = [each for each in node.children if start <= each.start_byte < end]
    parts = _parts(builder, inner, (start, max(start, end)), escaped=False)
    if text.data[node.start_byte : node.start_byte + 3] == b"<<-":
        parts = _dedented(parts)
    return parts


def _parts(
    builder: Any, nodes: list[Tree], span: tuple[int, int], *, escaped: bool
) -> list[str | Expression]:
    """Return literal text and expressions between two offsets; text that the grammar skips is kept."""
    parts: list[str | Expression] = []
    at = span[0]
    trim = False

    def literal(until: int, trimmed_right: bool) -> None:
        raw = builder.text.part(at, until)
        raw = unescape(raw) if escaped else raw.replace("$${", "${").replace("%%{", "%{")
        raw = raw.lstrip() if trim else raw
        raw = raw.rstrip() if trimmed_right else raw
        if raw:
            parts.append(raw)

    for node in nodes:
        if node.type not in ("template_interpolation", "template_directive"):
            continue
        literal(node.start_byte, node.children[0].text == b"${~")
        at = node.end_byte
        inner = next((each for each in node.children if each.type == "expression"), None)
        if node.type == "template_interpolation" and inner is not None:
            parts.append(builder.expression(inner))
            trim = node.children[-1].text == b"~}"
        else:
            because = "a template directive is not evaluated"
            parts.append(("bad", builder.text, node.start_byte, node.end_byte, because))
            trim = False
    literal(span[1], False)
    return parts


def _dedented(parts: list[str | Expression]) -> list[str | Expression]:
    indents: list[int] = []
    fresh = True
    for part in parts:
        if isinstance(part, str):
            lines = _BREAK.split(part)
            for number, line in enumerate(lines):
                if (fresh or number) and line.strip(" \t\n\r"):
                    indents.append(len(line) - len(line.lstrip(" \t")))
                elif (fresh or number) and line and number == len(lines) - 1:
                    indents.append(len(line))  # an interpolation follows
            fresh = part.endswith("\n")
        else:
            if fresh:
                indents.append(0)
            fresh = False
    width = min(indents, default=0)
    result: list[str | Expression] = []
    fresh = True
    for part in parts:
        if isinstance(part, str):
            lines = [
                line[min(width, len(line) - len(line.lstrip(" \t"))) :] if fresh or number else line
                for number, line in enumerate(_BREAK.split(part))
            ]
            fresh = part.endswith("\n")
            if kept := "".join(lines):
                result.append(kept)
        else:
            result.append(part)
            fresh = False
    return result
