"""Turns tree-sitter's nodes of HCL into the blocks and expressions of `syntax`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.sources.terraform.hcl.syntax import Block, Expression, Fault, Step, Text, number, unescape

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node as Tree

_OPERATORS = frozenset({"+", "-", "*", "/", "%", "==", "!=", "<", ">", "<=", ">=", "&&", "||"})


class Builder:
    """Turns tree-sitter's nodes into blocks and expressions."""

    def __init__(self, text: Text, depth: int) -> None:
        """Build from the nodes of `text`; `faults` gets what is nested deeper than `depth`."""
        self.text = text
        self.limit = depth
        self.depth = 0
        self.faults: list[Fault] = []

    def fill(self, block: Block, node: Tree) -> None:
        """Add the attributes and blocks at or below `node` to `block`, passing through bodies and errors."""
        self.depth += 1
        if self.depth > self.limit:
            self._too_deep(node)
        else:
            for child in node.children:
                kind = child.type
                if kind == "attribute":
                    self._attribute(block, child)
                elif kind == "block":
                    block.blocks.append(self._block(child))
                elif kind in ("body", "ERROR"):
                    self.fill(block, child)
        self.depth -= 1

    def _too_deep(self, node: Tree) -> None:
        if not self.faults:
            self.faults.append(Fault(node.start_byte, f"it is nested deeper than {self.limit} levels"))

    def _attribute(self, block: Block, node: Tree) -> None:
        children = node.children
        if len(children) < 3 or children[-1].type != "expression":
            return
        name = self.words(children[0])
        if node.has_error:
            value: Expression = ("bad", self.text, node.start_byte, node.end_byte, "it is not valid HCL")
        else:
            value = self.expression(children[-1])
        block.attributes[name] = (node.start_byte, value)

    def _block(self, node: Tree) -> Block:
        words: list[str] = []
        head_end = node.start_byte
        body: Tree | None = None
        for child in node.children:
            kind = child.type
            if kind == "identifier":
                words.append(self.words(child))
            elif kind == "string_lit":
                words.append(unescape(self.text.part(child.start_byte + 1, child.end_byte - 1)))
            elif kind == "block_start":
                head_end = child.start_byte
            elif kind == "body" or (kind == "ERROR" and body is None):
                body = child
        block = Block(words[0], tuple(words[1:]), self.text, (node.start_byte, head_end, node.end_byte))
        if body is not None:
            self.fill(block, node)
        return block

    def expression(self, node: Tree) -> Expression:
        """Return the expression at `node`."""
        self.depth += 1
        try:
            if self.depth > self.limit:
                self._too_deep(node)
                return ("bad", self.text, node.start_byte, node.end_byte, "it is nested too deeply")
            return self._term([child for child in node.children if child.type != "comment"], node)
        finally:
            self.depth -= 1

    def _term(self, nodes: list[Tree], whole: Tree) -> Expression:
        """Return the expression that a term and the steps after it make."""
        if not nodes:
            return ("bad", self.text, whole.start_byte, whole.end_byte, "it is not valid HCL")
        first = nodes[0]
        if first.type == "(":
            base, rest = self.expression(nodes[1]), nodes[3:]
        else:
            rest = nodes[1:]
            build = _BUILD.get(first.type)
            base = (
                build(self, first)
                if build
                else ("bad", self.text, first.start_byte, first.end_byte, "unknown syntax")
            )
        if not rest:
            return base
        steps = self._steps(rest)
        start, end = first.start_byte, nodes[-1].end_byte
        if base[0] == "ref":
            return ("ref", self.text, start, end, base[4], (*base[5], *steps))
        return ("access", self.text, start, end, base, steps)

    def _steps(self, nodes: list[Tree]) -> tuple[Step, ...]:
        steps: list[Step] = []
        for at, node in enumerate(nodes):
            kind = node.type
            if kind == "get_attr":
                steps.append(("attr", self.words(node.children[-1])))
            elif kind == "index":
                inner = node.children[0]
                if inner.type == "new_index":
                    steps.append(("index", self.expression(inner.children[1])))
                else:
                    number = self.words(inner).lstrip(".")
                    steps.append(
                        ("index", ("lit", self.text, inner.start_byte, inner.end_byte, int(number or 0)))
                    )
            elif kind == "splat":
                steps += self._splat(node.children[0], nodes[at + 1 :])
                break
        return tuple(steps)

    def _splat(self, node: Tree, after: list[Tree]) -> list[Step]:
        """Return a splat with the steps that it takes for each element, and those that its result takes."""
        inner = node.children[1:]
        if self.depth > self.limit:
            self._too_deep(node)
            because = "it is nested too deeply"
            return [("index", ("bad", self.text, node.start_byte, node.end_byte, because))]
        self.depth += 1  # a splat of a splat is a nested one
        try:
            return self._splat_steps(node, inner, after)
        finally:
            self.depth -= 1

    def _splat_steps(self, node: Tree, inner: list[Tree], after: list[Tree]) -> list[Step]:
        if node.type == "full_splat":
            return [("splat", self._steps([*inner, *after]))]
        # `.*` takes attributes along, and the first bracket is the result's: `a.*.name[0]` is the first name.
        ends = next(
            (
                at
                for at, each in enumerate(inner)
                if each.type == "index" and each.children[0].type == "new_index"
            ),
            len(inner),
        )
        return [("splat", self._steps(inner[:ends])), *self._steps([*inner[ends:], *after])]

    def words(self, node: Tree) -> str:
        """Return what stands at a node: of the text itself, since what was parsed may differ from it."""
        return self.text.part(node.start_byte, node.end_byte)

    def literal(self, node: Tree) -> Expression:
        """Return a number, bool, null or string without interpolation."""
        inner = node.children[0]
        kind = inner.type
        value: Any = None
        if kind == "string_lit":
            written = self.text.part(inner.start_byte + 1, inner.end_byte - 1)
            if "\n" in written:
                return ("bad", self.text, node.start_byte, node.end_byte, "a quoted text ends with its line")
            value = unescape(written)
        elif kind == "numeric_lit":
            value = number(self.words(inner))
        elif kind == "bool_lit":
            value = self.words(inner) == "true"
        return ("lit", self.text, node.start_byte, node.end_byte, value)

    def variable(self, node: Tree) -> Expression:
        """Return a bare name; its steps are added by the term."""
        return ("ref", self.text, node.start_byte, node.end_byte, self.words(node.children[0]), ())

    def collection(self, node: Tree) -> Expression:
        """Return a list or an object."""
        inner = node.children[0]
        span = (self.text, node.start_byte, node.end_byte)
        if inner.type == "tuple":
            return (
                "list",
                *span,
                [self.expression(each) for each in inner.children if each.type == "expression"],
            )
        pairs = []
        for element in inner.children:
            if element.type == "object_elem":
                parts = [each for each in element.children if each.type == "expression"]
                if len(parts) == 2:
                    pairs.append((self._key(parts[0]), self.expression(parts[1])))
        return ("object", *span, pairs)

    def _key(self, node: Tree) -> Expression:
        key = self.expression(node)
        if node.children[0].type == "(":
            return key
        if key[0] == "ref" and key[5]:
            return ("bad", *key[1:4], "a key that is an expression stands in parentheses")
        if key[0] == "ref" or (key[0] == "lit" and key[4] is None):
            return ("lit", *key[1:4], self.words(node))
        return key

    def call(self, node: Tree) -> Expression:
        """Return a function call."""
        arguments: list[Expression] = []
        spread = False
        for child in node.children:
            if child.type == "function_arguments":
                arguments = [self.expression(each) for each in child.children if each.type == "expression"]
                spread = any(each.type == "ellipsis" for each in child.children)
        name = self.text.part(node.start_byte, node.end_byte).split("(", 1)[0].strip()
        return ("call", self.text, node.start_byte, node.end_byte, name, arguments, spread)

    def conditional(self, node: Tree) -> Expression:
        """Return `test ? then : otherwise`.

        The grammar takes `a ? b : c ? d : e` for `(a ? b : c) ? d : e`; the language, for `a ? b : (c ? d : e)`.
        """
        links: list[tuple[Tree, Tree]] = []
        test: Tree | None = node
        first, end = node, node.end_byte
        while test is not None and len(links) <= self.limit:
            parts = [each for each in test.children if each.type == "expression"]
            if len(parts) != 3:
                return ("bad", self.text, node.start_byte, end, "it is not valid HCL")
            first, then, otherwise = parts
            links.append((then, otherwise))
            inner = [each for each in first.children if each.type != "comment"]
            test = inner[0] if len(inner) == 1 and inner[0].type == "conditional" else None
        if test is not None:
            self._too_deep(node)
            return ("bad", self.text, node.start_byte, end, "it is nested too deeply")
        tests = [first, *(otherwise for _, otherwise in reversed(links[1:]))]
        value = self.expression(links[0][1])
        for each, (then, _) in zip(reversed(tests), links, strict=True):
            value = (
                "if",
                self.text,
                each.start_byte,
                end,
                self.expression(each),
                self.expression(then),
                value,
            )
        return value

    def operation(self, node: Tree) -> Expression:
        """Return a unary or binary operation, which tree-sitter keeps without expression nodes around its operands."""
        inner = node.children[0]
        nodes = [each for each in inner.children if each.type != "comment"]
        span = (self.text, node.start_byte, node.end_byte)
        self.depth += 1
        try:
            if self.depth > self.limit:
                self._too_deep(node)
                return ("bad", *span, "it is nested too deeply")
            if inner.type == "unary_operation":
                return ("not" if nodes[0].type == "!" else "neg", *span, self._term(nodes[1:], node))
            for at, each in enumerate(nodes):
                if each.type in _OPERATORS:
                    return (
                        "op",
                        *span,
                        each.type,
                        self._term(nodes[:at], node),
                        self._term(nodes[at + 1 :], node),
                    )
        finally:
            self.depth -= 1
        return ("bad", *span, "unknown operator")

    def loop(self, node: Tree) -> Expression:
        """Return a `for` expression."""
        inner = node.children[0]
        names: list[str] = []
        collection: Expression | None = None
        results: list[Expression] = []
        test: Expression | None = None
        grouped = False
        for child in inner.children:
            if child.type == "for_intro":
                names = [self.words(each) for each in child.children if each.type == "identifier"]
                collection = next(
                    self.expression(each) for each in child.children if each.type == "expression"
                )
            elif child.type == "expression":
                results.append(self.expression(child))
            elif child.type == "for_cond":
                test = next(self.expression(each) for each in child.children if each.type == "expression")
            elif child.type == "ellipsis":
                grouped = True
        key = names[0] if len(names) == 2 else ""
        key_result = results[0] if len(results) == 2 else None
        span = (self.text, node.start_byte, node.end_byte)
        return ("for", *span, key, names[-1], collection, key_result, results[-1], test, grouped)

    def template(self, node: Tree) -> Expression:
        """Return a quoted template or heredoc as its parts."""
        from tfaudit.sources.terraform.hcl.templates import heredoc, quoted

        inner = node.children[0]
        parts = heredoc(self, inner) if inner.type == "heredoc_template" else quoted(self, inner)
        span = (self.text, node.start_byte, node.end_byte)
        if not parts:
            return ("lit", *span, "")
        if len(parts) == 1 and isinstance(parts[0], str):
            return ("lit", *span, parts[0])
        return ("template", *span, parts)


_BUILD: dict[str, Callable[[Builder, Tree], Expression]] = {
    "literal_value": Builder.literal,
    "template_expr": Builder.template,
    "collection_value": Builder.collection,
    "variable_expr": Builder.variable,
    "function_call": Builder.call,
    "for_expr": Builder.loop,
    "conditional": Builder.conditional,
    "operation": Builder.operation,
    "expression": Builder.expression,
}
