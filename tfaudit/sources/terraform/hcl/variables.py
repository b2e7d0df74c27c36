"""The values of a module's variables: given from outside or by a call, or their defaults."""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import secret_name
from tfaudit.sources.terraform.hcl.arithmetic import Boundless
from tfaudit.sources.terraform.hcl.conversion import Unfit, constraint, convert
from tfaudit.sources.terraform.hcl.frame import Surroundings
from tfaudit.sources.terraform.hcl.syntax import Block
from tfaudit.sources.terraform.hcl.values import (
    ABSENT,
    SETTLE_VARIABLE,
    Failed,
    Sensitive,
    Typed,
    is_known,
    literal,
)


def variable(scope: Surroundings, name: str) -> Any:
    """Return the value of `var.name` in a module."""
    declaration = scope.module.variables.get(name)
    if declaration is None:
        return Unresolved(f"var.{name} is not declared in this module", "declare it", f"var.{name}")
    value = _given(scope, name, declaration)
    marked = declaration.attributes.get("sensitive")
    if marked is not None and literal(marked[1]) is True and _may_be_secret(value):
        return Sensitive(f"var.{name} is marked sensitive", "check it by hand", f"var.{name}")
    if isinstance(value, str) and secret_name(name):
        scope.run.secrets.add(value)
    return value


def _may_be_secret(value: Any) -> bool:
    """Whether a value would tell a secret: a yes or a no tells none, and what it switches on or off can be judged."""
    return value is not None and not isinstance(value, bool) and is_known(value)


def _given(scope: Surroundings, name: str, declaration: Block) -> Any:
    """Return what is given, converted to the variable's type, or its default.

    A null that is given stays null, unless the variable is not nullable: it then has its default.
    """
    default = declaration.attributes.get("default")
    nullable = declaration.attributes.get("nullable")
    keeps_null = nullable is None or literal(nullable[1]) is not False
    argument = scope.given(name)
    if argument is not ABSENT and (argument is not None or keeps_null):
        return _converted(argument, name, declaration)
    if default is not None:
        return _converted(scope.frame.value(default[1]), name, declaration)
    if argument is None:
        return Failed(f"var.{name} may not be null", "give it a value", f"var.{name}")
    if scope.prefix:
        because, settle_with = f"{scope.prefix[:-1]} is called without {name}", "give it a value"
    else:
        because, settle_with = f"the value comes from var.{name}, which has no value here", SETTLE_VARIABLE
    return _converted(Unresolved(because, settle_with, f"var.{name}"), name, declaration)


def _converted(value: Any, name: str, declaration: Block) -> Any:
    type_ = declaration.attributes.get("type")
    if type_ is None or value is None:
        return value
    wanted = constraint(type_[1])
    if type(value) is Unresolved and wanted != "any":
        return Typed(value.because, value.settle_with, value.expression, value.literal, wanted)
    try:
        return convert(value, wanted)
    except (Unfit, Boundless):
        return Failed(f"the value of var.{name} does not fit its type", "mend the value", f"var.{name}")
