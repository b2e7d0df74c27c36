"""Function calls in expressions: which functions see unknown arguments, and what they make of these."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.arithmetic import Boundless
from tfaudit.sources.terraform.hcl.frame import Evaluation, Frame
from tfaudit.sources.terraform.hcl.functions import files
from tfaudit.sources.terraform.hcl.functions.signature import MAX_ITEMS, MAX_TEXT, Function, Refused, Unknown
from tfaudit.sources.terraform.hcl.functions.table import NOT_EVALUATED, function, provider_function
from tfaudit.sources.terraform.hcl.rendering import decode_variables, template_file, template_string
from tfaudit.sources.terraform.hcl.settling import MAX_PARTS, settled
from tfaudit.sources.terraform.hcl.syntax import Expression, composed, source_text
from tfaudit.sources.terraform.hcl.values import (
    MEND,
    SETTLE_APPLY,
    Document,
    Failed,
    Maybe,
    Sensitive,
    document,
    heavier,
    made_from,
    unknowns,
    weight,
)
from tfaudit.sources.text.secrets import texts


def call(expression: Expression, frame: Frame) -> Any:
    """Return the value of a function call."""
    name, nodes, spread = expression[4:]
    name = name.removeprefix("core::")
    written = source_text(expression)
    special = _SPECIAL.get(name)
    if special is not None and nodes:
        return special(expression, nodes, frame)
    if name in NOT_EVALUATED:
        return Unresolved(f"{name}() is not evaluated: {NOT_EVALUATED[name]}", SETTLE_APPLY, written)
    found = _found(name, frame)
    if isinstance(found, str):
        return Unresolved(found, SETTLE_APPLY, written)
    arguments = [frame.value(each) for each in nodes]
    if spread and arguments:
        last = arguments.pop()
        if isinstance(last, Maybe) or not isinstance(last, list):
            return made_from([last], written) or Failed("it spreads what is no list", MEND, written)
        arguments += last
    if name == "sensitive":
        frame.scope.run.marked.update(texts(arguments))
    return applied(name, found, arguments, frame, written)


def _found(name: str, frame: Frame) -> Function | str:
    """Return the function of that name, else why it is not evaluated."""
    if name.startswith("provider::"):
        if name == "provider::terraform::decode_tfvars":
            return decode_variables(frame)
        provider = name.removeprefix("provider::")
        return provider_function(provider) or f"{name}() is the provider's own function"
    if name in files.NAMES:
        return files.functions(frame.scope.run.reads)[name]
    return function(name) or f"there is no function {name}() that is known here"


def applied(name: str, function: Function, arguments: list[Any], frame: Frame, written: str) -> Any:
    """Return what a function gives for its arguments."""
    alone = _alone(name, arguments, frame)
    if alone is not None:
        return alone
    hindered = _hindered(arguments, frame, written)
    if hindered is not None:
        return hindered
    values = [
        settled(each, frame) if function.settles or function.scalar(at) else each
        for at, each in enumerate(arguments)
    ]
    deciding = [
        each
        for at, each in enumerate(values)
        if not function.partial or (function.scalar(at) and each is not None)
    ]
    unknown = made_from(deciding, written)
    if unknown is not None:
        return unknown
    try:
        return _bounded(function.compute(*function.converted(values)), frame.scope.run, written)
    except Unknown as error:
        kind = Failed if isinstance(error.reason, Failed) else Unresolved
        return kind(error.reason.because, error.reason.settle_with, written, error.reason.literal)
    except Boundless:
        return Unresolved("a number is too large", SETTLE_APPLY, written)
    except (TypeError, AttributeError, LookupError):  # of a kind that the function is not prepared for
        return Unresolved(f"{name}() is not evaluated for these arguments", SETTLE_APPLY, written)
    except ValueError as error:
        because = f": {error}" if isinstance(error, Refused) else ""
        return Failed(f"{name}() does not take these arguments{because}", MEND, written)


def _hindered(arguments: list[Any], frame: Frame, written: str) -> Unresolved | None:
    """Return why a function is not called: an argument cannot be computed, or is too large."""
    for each in arguments:
        if isinstance(each, Failed):
            return Failed(each.because, each.settle_with, written)
        if isinstance(each, (list, dict, str)):
            parts = weight(each, MAX_PARTS)
            frame.scope.run.steps -= parts // 8
            if parts > MAX_PARTS:
                return Unresolved("the value is too large", SETTLE_APPLY, written)
    return None


def _alone(name: str, arguments: list[Any], frame: Frame) -> Any:
    """Return the one element of `one(x[*].id)` where an `x` may exist, for what may itself exist: they go together.

    `join("", x[*].id)` was the way to write it before there was `one`. None for anything else.
    """
    if name == "join" and len(arguments) == 2 and arguments[0] == "":
        arguments = arguments[1:]
    elif name != "one":
        return None
    if not arguments or not isinstance(arguments[0], Maybe) or len(arguments[0]) != 1:
        return None
    count = frame.names.get("count")
    return arguments[0][0] if isinstance(count, dict) and count.get("maybe") else None


def _bounded(value: Any, run: Evaluation, written: str) -> Any:
    """Return a result within the bounds; what is made counts as steps, since calls may be made many times."""
    if isinstance(value, (list, dict)):
        run.steps -= len(value) // 2
    elif isinstance(value, str):
        value = composed(value)
        run.steps -= len(value) // 32
    if (isinstance(value, (list, dict)) and len(value) > MAX_ITEMS) or (
        isinstance(value, str) and len(value) > MAX_TEXT
    ):
        return Unresolved("the value is too large", SETTLE_APPLY, written)
    return value


def _try(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    value: Any = None
    for each in nodes:
        value = _tried(each, frame)
        if not any(isinstance(part, Failed) for part in unknowns(value)):
            return value
    return Failed("no argument of try() has a value", MEND, source_text(expression))


def _tried(expression: Expression, frame: Frame) -> Any:
    """Return the value of an expression all of which has to be computable."""
    run = frame.scope.run
    trying, run.trying = run.trying, True
    try:
        return frame.value(expression)
    finally:
        run.trying = trying


def _can(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    value = _tried(nodes[0], frame)
    if any(isinstance(part, Failed) for part in unknowns(value)):
        return False
    return made_from([value], source_text(expression)) or True


def _json(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    """Return JSON text where all is known, and one whose document is kept with its unknown parts where not."""
    value = frame.value(nodes[0])
    if isinstance(value, (dict, list)) and heavier(value, MAX_PARTS):
        return Unresolved("the value is too large", SETTLE_APPLY, source_text(expression))
    unknown = document(value, source_text(expression))
    if unknown is not None:
        return unknown
    found = function("jsonencode")
    assert found is not None  # noqa: S101 - the table has it
    return applied("jsonencode", found, [value], frame, source_text(expression))


def _json_value(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    value = frame.value(nodes[0])
    if isinstance(value, Document):
        return value.value
    found = function("jsondecode")
    assert found is not None  # noqa: S101 - the table has it
    return applied("jsondecode", found, [value], frame, source_text(expression))


def _base_name(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    """Return the last part of a path; that of `path.cwd` is the root's, where Terraform is run by custom."""
    written = source_text(expression)
    node = nodes[0]
    if node[0] == "call" and node[4] == "abspath" and len(node[5]) == 1:
        path = settled(in_root(frame).value(node[5][0]), frame)
    elif node[0] == "ref" and node[4] == "path" and node[5] == (("attr", "cwd"),):
        path = "."
    else:
        found = function("basename")
        assert found is not None  # noqa: S101 - the table has it
        return applied("basename", found, [frame.value(node)], frame, written)
    if isinstance(path, str) and not path.startswith("/"):
        whole = posixpath.normpath(posixpath.join(frame.scope.root_folder() or ".", path))
        if not whole.startswith("."):
            return posixpath.basename(whole)
    return made_from([path], written) or Unresolved(
        f"{source_text(node)} is not known: it depends on where the code is checked out",
        SETTLE_APPLY,
        written,
    )


def in_root(frame: Frame) -> Frame:
    """Return a frame in which the working folder is the root's, where Terraform is run by custom: for reading files."""
    if "path" in frame.names or not frame.in_module:
        return frame
    steps = (("attr", "module"),)
    return frame.within({"path": {"module": frame.scope.name("path", steps)[0], "root": ".", "cwd": "."}})


def _file(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    found = _found(expression[4].removeprefix("core::"), frame)
    assert isinstance(found, Function)  # noqa: S101 - they are called by their names
    inner = in_root(frame)
    arguments = [inner.value(each) for each in nodes]
    return applied(expression[4], found, arguments, frame, source_text(expression))


def _template_file(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    if len(nodes) != 2:
        return Failed("it takes two arguments", MEND, source_text(expression))
    render = template_file if expression[4].endswith("templatefile") else template_string
    arguments = [settled(in_root(frame).value(each), frame) for each in nodes]
    return render(arguments[0], arguments[1], frame, source_text(expression))


def _is_sensitive(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    written = source_text(expression)
    if any(isinstance(each, Sensitive) for each in unknowns(frame.value(nodes[0]))):
        return True
    if nodes[0][0] == "lit":
        return False
    if nodes[0][0] == "call" and nodes[0][4] in ("sensitive", "nonsensitive"):
        return bool(nodes[0][4] == "sensitive")
    return Unresolved(
        "which values are marked as sensitive is not followed everywhere", SETTLE_APPLY, written
    )


def _decrypted(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    return Sensitive("what rsadecrypt() gives is a secret", "check it by hand", source_text(expression))


def _coalesce(expression: Expression, nodes: list[Expression], frame: Frame) -> Any:
    """Return the first argument with a value; those after it count by their type alone."""
    written = source_text(expression)
    found = function("coalesce")
    assert found is not None  # noqa: S101 - the table has it
    arguments = [frame.value(each) for each in nodes]
    if expression[6]:
        last = arguments.pop()
        if isinstance(last, Maybe) or not isinstance(last, list):
            return made_from([last], written) or Failed("it spreads what is no list", MEND, written)
        arguments += last
    for at, each in enumerate(arguments):
        if isinstance(each, Reference):
            arguments[at] = settled(each, frame)
    return applied("coalesce", found, arguments, frame, written)


_FILES = ("file", "filebase64", "fileexists", "fileset", "filemd5", "filesha1", "filesha256", "filesha512")

_SPECIAL: dict[str, Callable[[Expression, list[Expression], Frame], Any]] = {
    "try": _try,
    "can": _can,
    "coalesce": _coalesce,
    "jsonencode": _json,
    "jsondecode": _json_value,
    "basename": _base_name,
    "issensitive": _is_sensitive,
    "rsadecrypt": _decrypted,
    "templatefile": _template_file,
    "templatestring": _template_file,
    **dict.fromkeys((*_FILES, "filebase64sha256", "filebase64sha512"), _file),
}
