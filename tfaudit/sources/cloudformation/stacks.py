"""Nested stacks: the parameters that a template in the tree gets from the stacks of other templates there.

A stack that takes its template from a local file (`TemplateURL: ./database.yaml`, as `aws cloudformation package` wants
it) decides that template's parameters: what it gives counts before their defaults, known or not.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Resource, Unresolved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tfaudit.model.resources import Unread

    Stacks = Mapping[str, Resource]
    Read = Callable[[str, Mapping[str, Any], Stacks], Iterator[Resource | Unread]]

NESTING = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
_DEEPEST = 5
_MISSING = object()
_IN_TEXT = re.compile(r"\$\{(\w+)[.}]")


def given_by_stacks(
    parents: list[str], templates: frozenset[str], read: Read
) -> dict[str, tuple[dict[str, Any], dict[str, Resource]]]:
    """Return the parameters of each of `templates` that a stack in one of `parents` takes, and the stack of each.

    `read` yields the resources of a template, evaluated with what stacks give it. A template whose stacks differ has an
    `Unresolved` for each parameter in which they do.
    """
    found: dict[str, tuple[dict[str, Any], dict[str, Resource]]] = {}
    for _ in range(_DEEPEST):  # a stack's own stacks get what it was given itself
        stacks: dict[str, list[Resource]] = {}
        for parent in parents:
            for resource in read(parent, *found.get(parent, ({}, {}))):
                if isinstance(resource, Resource) and resource.type in NESTING:
                    child = _child(parent, resource.body.get(NESTING[resource.type]))
                    if child in templates and child != parent:
                        stacks.setdefault(child, []).append(resource)
        settled = {
            child: (_joined([*map(_parameters, each)]), _givers(each)) for child, each in stacks.items()
        }
        done = {child: values for child, (values, _) in settled.items()} == {
            child: values for child, (values, _) in found.items()
        }
        found = settled
        if done:
            break
    return found


def _givers(stacks: list[Resource]) -> dict[str, Resource]:
    """Return the first stack that gives each parameter."""
    return {name: stack for stack in reversed(stacks) for name in _parameters(stack)}


def _child(parent: str, url: Any) -> str:
    """Return the file of the tree that `url` names, "" for none: nothing is fetched or followed out of the tree."""
    if not isinstance(url, str) or ":" in url or url.startswith("/"):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(parent), url))


def _parameters(stack: Resource) -> dict[str, Any]:
    stated = stack.body.get("Parameters")
    parameters = stated if isinstance(stated, dict) else {}
    return {str(name): _passed(stack, value) for name, value in parameters.items()}


def _passed(stack: Resource, value: Any) -> Any:
    if isinstance(value, Reference):
        because = (
            f"the stack {stack.address} in {stack.scope} gives it as {value}, known only after deployment"
        )
        return Unresolved(because, "scan the live account", f"${{{value}}}")
    if isinstance(value, Unresolved):
        because = f"the stack {stack.address} in {stack.scope} gives it, and {value.because}"
        return Unresolved(because, value.settle_with, value.expression, value.literal)
    if isinstance(value, list) and any(isinstance(each, (Reference, Unresolved)) for each in value):
        return Unresolved(
            f"the stack {stack.address} in {stack.scope} gives it in part after deployment",
            "scan the live account",
        )
    return value


def may_have_more(resource: Resource, stacks: list[Resource], macros: list[str]) -> str:
    """Return why more may belong to `resource` than its template declares, and in a second line what settles that.

    `stacks` are the nested stacks of the template: what one is given, its own template may set. `macros` are what may
    bring anything. "" is for nothing.
    """
    for stack in stacks:
        if stack is not resource and resource.address in set(_named(stack.body.get("Parameters"))):
            return (
                f"the stack {stack.address} is given it, and its template may set it\nscan the live account"
            )
    if macros:
        return f"{macros[0][:80]} may bring what belongs to it at deployment\nscan the live account"
    return ""


def _named(value: Any) -> Iterator[str]:
    """Yield the logical ids that a value refers to."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
    elif isinstance(value, Reference):
        yield value.address
    elif isinstance(value, Unresolved):
        yield from _IN_TEXT.findall(value.expression)


def _joined(stacks: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in dict.fromkeys(name for stack in stacks for name in stack):
        values = [stack.get(name, _MISSING) for stack in stacks]
        same = all(each == values[0] for each in values)
        found[name] = (
            values[0]
            if same
            else Unresolved(
                f"{len(stacks)} stacks of this template give different values for {name}",
                "scan the live account",
            )
        )
    return found
