"""Templates that stand outside of the code: `templatefile`, `templatestring` and `data "template_file"`."""

from __future__ import annotations

import re
from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.terraform.hcl.frame import Frame
from tfaudit.sources.terraform.hcl.functions.files import text as file_text
from tfaudit.sources.terraform.hcl.functions.signature import Function, Refused, Unknown, known
from tfaudit.sources.terraform.hcl.syntax import Text
from tfaudit.sources.terraform.hcl.values import MEND, Failed, is_known, literal, made_from, rewritten

_NAME = re.compile(r"[^\W\d][\w-]*")


class TemplateFrame(Frame):
    """Where a template is rendered: it knows the names that it is given, and nothing of the module."""

    __slots__ = ()
    in_module = False

    def name(self, name: str, steps: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return what a name means, and the steps left."""
        if name in self.names:
            return self.names[name], steps
        return Failed(f"the template is not given {name}", MEND, name), ()


def template_file(path: Any, names: Any, frame: Frame, written: str) -> Any:
    """Return the file at `path` rendered with `names`."""
    unknown = made_from([path], written)
    if unknown is not None:
        return unknown
    try:
        if not isinstance(path, str):
            raise Refused("the path is no text")
        content = file_text(frame.scope.run.reads, path)
    except Refused as error:
        return Failed(f"templatefile() does not take these arguments: {error}", MEND, written)
    except Unknown as error:
        return Unresolved(error.reason.because, error.reason.settle_with, written)
    return rendered(content, names, frame, written)


def template_string(content: Any, names: Any, frame: Frame, written: str) -> Any:
    """Return a text rendered with `names`."""
    unknown = made_from([content], written)
    if unknown is not None:
        return unknown
    if not isinstance(content, str):
        return Failed("the template is no text", MEND, written)
    return rendered(content, names, frame, written)


def rendered(content: str, names: Any, frame: Frame, written: str) -> Any:
    """Return a template's text, or the value of the one interpolation that it consists of."""
    if not frame.in_module:
        return Failed("a template may not render another one", MEND, written)
    if not isinstance(names, dict):
        return made_from([names], written) or Failed("a template takes an object of names", MEND, written)
    if not all(map(_NAME.fullmatch, names)):
        return Failed("a template takes names that are identifiers", MEND, written)
    run = frame.scope.run
    run.steps -= len(content) // 8
    parts = run.template(content)
    if parts is None:
        return Unresolved("the template is not valid", MEND, written)
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    text = Text("template", written.encode())
    value = TemplateFrame(frame.scope, dict(names)).value(("template", text, 0, len(text.data), parts))
    if isinstance(value, Unresolved):
        return rewritten(value, written)
    return value


def decode_variables(frame: Frame) -> Function:
    """Return the function that reads the text of a variable file."""

    def decoded(text: str) -> dict[str, Any]:
        top, faults = frame.scope.run.reader.read(Text("decode_tfvars", text.encode()))
        if faults or top.blocks:
            raise Refused("it is no variable file")
        found = {name: literal(value) for name, (_, value) in top.attributes.items()}
        if not is_known(found):
            raise Refused("it holds more than literal values")
        return found

    return known(decoded, "s")
