"""The parts of HCL templates: texts, `${...}`, and `%{...}` directives as expressions of their own.

A directive comes out as `branch test [parts] [parts]` or `repeat key value collection [parts]`. Quoted strings have
their escapes resolved; `<<-` heredocs lose the indentation that their lines share; `~` takes away the space next to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from tfaudit.sources.terraform.hcl.syntax import Expression, composed, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node as Tree

Parts: TypeAlias = "list[str | Expression]"

_BREAK = re.compile(r"(?<=\n)")
_COMPONENTS = frozenset(
    {"template_interpolation", "template_if_intro", "template_else_intro", "template_if_end"}
    | {"template_for_start", "template_for_end"}
)


def quoted(builder: Any, node: Tree) -> Parts:
    """Return the parts of a quoted template, escapes resolved."""
    return _nested(
        builder, iter(_tokens(builder, node.children, (node.start_byte + 1, node.end_byte - 1), True))
    )


def heredoc(builder: Any, node: Tree) -> Parts:
    """Return the parts of a heredoc; `<<-` loses the indentation that all its lines share."""
    text = builder.text
    names = [each for each in node.children if each.type == "heredoc_identifier"]
    if len(names) < 2:
        return []
    start = text.data.find(b"\n", names[0].end_byte) + 1
    end = max(start, text.data.rfind(b"\n", 0, names[-1].start_byte) + 1)
    inner = [each for each in node.children if start <= each.start_byte < end]
    tokens = _tokens(builder, inner, (start, end), False)
    if text.data[node.start_byte : node.start_byte + 3] == b"<<-":
        tokens = _dedented(tokens)
    return _nested(builder, iter(tokens))


def _components(nodes: list[Tree]) -> Iterator[Tree]:
    """Yield interpolations and the heads and ends of directives, in order."""
    for node in nodes:
        if node.type in _COMPONENTS:
            yield node
        elif node.type in ("template_directive", "template_if", "template_for"):
            yield from _components(node.children)


def _tokens(builder: Any, nodes: list[Tree], span: tuple[int, int], escaped: bool) -> list[str | Tree]:
    """Return literal texts and components between two offsets; text that the grammar skips is kept."""
    tokens: list[str | Tree] = []
    at, trimmed = span[0], False

    def literal(until: int, trim_end: bool) -> None:
        raw = builder.text.part(at, until)
        raw = unescape(raw) if escaped else composed(raw.replace("$${", "${").replace("%%{", "%{"))
        # A heredoc is cut line by line: what is next to a marker ends with its line.
        if trimmed:
            raw = raw.lstrip() if escaped else re.sub(r"^[^\S\n]*\n?", "", raw)
        if trim_end:
            end = r"[^\S\n]*\n?[^\S\n]*\Z" if raw.endswith("\n") else r"[^\S\n]*\Z"
            raw = raw.rstrip() if escaped else re.sub(end, "", raw)
        if raw:
            tokens.append(raw)

    for node in _components(nodes):
        inner = node.children
        literal(node.start_byte, len(inner) > 1 and inner[1].type == "strip_marker")
        tokens.append(node)
        at, trimmed = node.end_byte, len(inner) > 1 and inner[-2].type == "strip_marker"
    literal(span[1], False)
    return tokens


def _nested(builder: Any, tokens: Iterator[str | Tree], ends: tuple[str, ...] = ()) -> Parts:
    """Return the parts up to a component of a type in `ends`, whose type is put last where `ends` are given."""
    parts: Parts = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(token)
        elif token.type in ends:
            parts.append(token.type)
            return parts
        elif (
            expression := next((each for each in token.children if each.type == "expression"), None)
        ) is not None:
            parts.append(_part(builder, token, builder.expression(expression), tokens))
        elif token.type == "template_interpolation":
            parts.append(("bad", builder.text, token.start_byte, token.end_byte, "it interpolates nothing"))
    if ends:
        parts.append(ends[-1])
    return parts


def _part(builder: Any, token: Tree, inner: Expression, tokens: Iterator[str | Tree]) -> Expression:
    span = (builder.text, token.start_byte, token.end_byte)
    if token.type == "template_if_intro":
        then = _nested(builder, tokens, ("template_else_intro", "template_if_end"))
        otherwise: Parts = []
        if then.pop() == "template_else_intro":
            otherwise = _nested(builder, tokens, ("template_if_end",))[:-1]
        return ("branch", *span, inner, then, otherwise)
    if token.type == "template_for_start":
        names = [
            builder.text.part(each.start_byte, each.end_byte)
            for each in token.children
            if each.type == "identifier"
        ]
        body = _nested(builder, tokens, ("template_for_end",))[:-1]
        return ("repeat", *span, names[0] if len(names) == 2 else "", names[-1], inner, body)
    return inner


def _dedented(tokens: list[str | Tree]) -> list[str | Tree]:
    """Return the tokens without the indentation that every line has that holds something."""
    indents: list[int] = []
    fresh = True
    for token in tokens:
        if not isinstance(token, str):
            indents += [0] if fresh else []
            fresh = False
            continue
        lines = _BREAK.split(token)
        for number, line in enumerate(lines):
            bare = line.lstrip(" \t")
            # A line of blanks counts where an interpolation follows it.
            if (fresh or number) and (bare.strip() or (line and number == len(lines) - 1)):
                indents.append(len(line) - len(bare))
        fresh = token.endswith("\n")
    width = min(indents, default=0)
    result: list[str | Tree] = []
    fresh = True
    for token in tokens:
        if not isinstance(token, str):
            result.append(token)
            fresh = False
            continue
        lines = [
            line[min(width, len(line) - len(line.lstrip(" \t"))) :] if fresh or number else line
            for number, line in enumerate(_BREAK.split(token))
        ]
        fresh = token.endswith("\n")
        result.append("".join(lines))
    return result
