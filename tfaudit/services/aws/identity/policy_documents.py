"""IAM and resource policies in every spelling that a resource may hold them in, read into typed statements.

    document = policy_of(view, "policy")
    for statement in document.statements: ...

A policy may stand as JSON text (URL-encoded in some answers of the IAM API), as a map (CloudFormation, the
API, Terraform's `jsonencode`), or as a reference to a `data.aws_iam_policy_document`, which is followed. What
can be asked of a document is in `policy_questions`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from msgspec import Struct

from tfaudit.model.resources import Path, Reference, Resource, Unresolved
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.states import Absent, Known, Pointer, Reading, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tfaudit.reading.inventory import Inventory
    from tfaudit.reading.view import View

ANY_TYPE = "(not known)"
"""The type of a principal of which that is not known."""

Element: TypeAlias = str | Unresolved | Reference
"""A part of a statement: text, or what is not known before apply."""

# Far over the quotas of every service: the largest is KMS's, 32 KiB.
MAX_CHARACTERS = 1_000_000
MAX_STATEMENTS = 2_000
MAX_ELEMENTS = 2_000
_MAX_DEPTH = 10
_MAX_FOLLOWED = 100
_SETTLE = "scan the plan or the live account"
# `${aws:username}` and `${*}` are IAM's own variables; any other `${...}` is a template not filled in.
_TEMPLATE = re.compile(r"\$\{(?![A-Za-z0-9-]{1,64}:[^}]{0,256}\}|[*?$]\})")
_CLAIM = re.compile(r"\$\{[^}$]{0,256}\}:(?:sub|aud)\"?$")
_DATA = "data.aws_iam_policy_document"


class Condition(Struct, frozen=True):
    """One test of a statement's condition block, `Bool`, `aws:SecureTransport`, `("false",)`."""

    operator: str
    key: str
    values: tuple[Element, ...]


class Statement(Struct, frozen=True):
    """One statement.

    `principals` are pairs of type and value, `("AWS", "*")`; the bare `"*"` is `("*", "*")`. `resource` and
    `path` say where it stands; `unclear` why some part of it is not known at all.
    """

    effect: Element
    principals: tuple[tuple[str, Element], ...]
    not_principals: tuple[tuple[str, Element], ...]
    actions: tuple[Element, ...]
    not_actions: tuple[Element, ...]
    resources: tuple[Element, ...]
    not_resources: tuple[Element, ...]
    conditions: tuple[Condition, ...]
    sid: str
    resource: Resource
    path: Path
    unclear: Unresolved | None = None

    @property
    def whole(self) -> bool:
        """Whether every part of it stands here, if only as a reference."""
        return self.unclear is None


class Document(Struct, frozen=True):
    """A policy's statements, and where it stands.

    `unclear` says why there may be more statements, None where these are all; `absent` that no policy is set. Of
    `alternatives`, if there are any, only one holds, and nobody can say which.
    """

    resource: Resource
    path: Path = ()
    statements: tuple[Statement, ...] = ()
    unclear: Unresolved | None = None
    absent: bool = False
    alternatives: tuple[Document, ...] = ()


def policy_of(view: View, word: str) -> Document:
    """Return the policy that the word of the view's table states; `absent` where it states none."""
    return document(view.word(word), view.inventory)


def document(reading: Reading, inventory: Inventory) -> Document:
    """Return the policy that `reading` shows; malformed or oversized text makes it `unclear`."""
    resource, path = reading.resource, reading.path
    if isinstance(reading, Absent):
        return Document(resource, path, absent=True)
    policy = raw(reading)
    statements: list[Statement] = []
    unclear: Unresolved | None = None
    for each in _statements(_Part(policy, resource, path), _Walk(inventory), 0):
        if isinstance(each, Unresolved):
            unclear = unclear or each
        elif len(statements) < MAX_STATEMENTS:
            statements.append(each)
        else:
            unclear = Unresolved(f"the policy has more than {MAX_STATEMENTS} statements", "split it")
            break
    return Document(resource, path, tuple(statements), unclear)


def raw(reading: Known | Pointer | Unknown) -> Any:
    """Return what is read as it stands in the parts of a policy: a value, a reference, or why it is not known."""
    match reading:
        case Known(value=value):
            return value
        case Pointer(reference=reference):
            return reference
        case Unknown(because=because, settle_with=settle_with, expression=expression):
            return Unresolved(because, settle_with, expression)


def together(found: Iterable[Document]) -> Document | None:
    """Return several policies as one: what is attached together counts together; None for none at all."""
    every = list(found)
    present = [each for each in every if not each.absent]
    if not present:
        return every[0] if every else None
    statements = tuple(statement for each in present for statement in each.statements)
    unclear = next((each.unclear for each in present if each.unclear), None)
    return Document(present[0].resource, present[0].path, statements, unclear)


class _Part(Struct, frozen=True):
    """A policy, or a part of one, as it stands, and where."""

    value: Any
    resource: Resource
    path: Path


class _Walk(Struct):
    """One reading of a policy: where references lead, and how many were followed so far."""

    inventory: Inventory
    followed: int = 0


def _statements(part: _Part, walk: _Walk, depth: int) -> Iterator[Statement | Unresolved]:
    value = part.value
    if isinstance(value, Reference):
        yield from _followed(value, walk, depth)
    elif isinstance(value, Unresolved):
        yield value
    elif isinstance(value, str):
        parsed = parse(value)
        if isinstance(parsed, Unresolved):
            yield parsed
        else:
            yield from _of_map(parsed, part)
    elif isinstance(value, dict):
        yield from _of_map(value, part)
    else:
        yield Unresolved("it is not a policy document", "write it as JSON")


def parse(text: str) -> dict[str, Any] | Unresolved:
    """Return the map that a policy's JSON text, URL-encoded or not, holds; or why it is not known."""
    if len(text) > MAX_CHARACTERS:
        return Unresolved(f"the policy is longer than {MAX_CHARACTERS:,} characters", "split it")
    plain = unquote(text) if text.lstrip().startswith("%7") else text
    try:
        value = json.loads(plain)
    except (ValueError, RecursionError):
        if _TEMPLATE.search(plain):
            return Unresolved("the policy's text holds expressions that are not known here", _SETTLE)
        return Unresolved("the policy's text is not valid JSON", "write valid JSON, best with jsonencode")
    if not isinstance(value, dict):
        return Unresolved("the policy's JSON is not an object", "write an object with a Statement")
    return value


def _of_map(body: dict[str, Any], part: _Part) -> Iterator[Statement | Unresolved]:
    return _listed(body.get("Statement"), _JSON, part.resource, (*part.path, "Statement"))


class _Form(Struct, frozen=True):
    """How statements are spelled in a `whole` of them: what each part is called, how principals and conditions stand.

    `effect` is that of a statement which states none; None where each has to.
    """

    whole: str
    names: Mapping[str, str]
    principals: Callable[[Any], Iterator[tuple[str, Element]]]
    conditions: Callable[[Any], tuple[tuple[Condition, ...], Unresolved | None]]
    effect: str | None = None


def _listed(found: Any, form: _Form, resource: Resource, path: Path) -> Iterator[Statement | Unresolved]:
    """Yield the statements of a list, or the one that stands there by itself."""
    for index, item in enumerate(found if isinstance(found, list) else [found]):
        if isinstance(item, dict):
            yield _statement(item, form, resource, (*path, index) if isinstance(found, list) else path)
        else:
            yield _why(item, f"a statement of the {form.whole} is not known here")


def _statement(item: dict[str, Any], form: _Form, resource: Resource, path: Path) -> Statement:
    names = form.names
    conditions, unclear = form.conditions(item.get(names["Condition"]))
    effect = item.get(names["Effect"])
    return Statement(
        effect=_element(form.effect if effect is None else effect),
        principals=tuple(form.principals(item.get(names["Principal"], ABSENT))),
        not_principals=tuple(form.principals(item.get(names["NotPrincipal"], ABSENT))),
        actions=tuple(_elements(item, names["Action"])),
        not_actions=tuple(_elements(item, names["NotAction"])),
        resources=tuple(_elements(item, names["Resource"])),
        not_resources=tuple(_elements(item, names["NotResource"])),
        conditions=conditions,
        sid=str(item.get(names["Sid"]) or ""),
        resource=resource,
        path=path,
        unclear=unclear,
    )


def _principals(value: Any) -> Iterator[tuple[str, Element]]:
    if value is ABSENT:
        return
    if isinstance(value, dict):
        for type_, named in value.items():
            for each in named if isinstance(named, list) else [named]:
                yield str(type_), _element(each)
        return
    element = _element(value)
    yield ("*" if element == "*" else "AWS"), element


def _conditions(block: object) -> tuple[tuple[Condition, ...], Unresolved | None]:
    if block is None:
        return (), None
    if not isinstance(block, dict):
        return (), _why(block, "the condition is not known here")
    found: list[Condition] = []
    unclear: Unresolved | None = None
    for operator, tests in block.items():
        if not isinstance(tests, dict):
            unclear = _why(tests, "the condition is not known here")
            continue
        for key, values in tests.items():
            listed = values if isinstance(values, list) else [values]
            found.append(Condition(str(operator), str(key), tuple(_element(each) for each in listed)))
    return tuple(found), unclear


def _elements(item: dict[str, Any], name: str) -> Iterator[Element]:
    if name in item:
        value = item[name]
        listed = value if isinstance(value, list) else [value]
        for each in listed[:MAX_ELEMENTS]:
            yield _element(each)
        if len(listed) > MAX_ELEMENTS:
            yield Unresolved(f"the list has more than {MAX_ELEMENTS} elements", "split it")


def _element(value: object) -> Element:
    if isinstance(value, (Unresolved, Reference)):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, str):
        if _TEMPLATE.search(value):
            return Unresolved("it holds an expression that is not known here", _SETTLE, value)
        return value
    return Unresolved("it is not known here", _SETTLE)


def _why(value: object, otherwise: str) -> Unresolved:
    if isinstance(value, Unresolved):
        return value
    if isinstance(value, Reference):
        return Unresolved(f"it is taken from {value}", _SETTLE, str(value))
    return Unresolved(otherwise, _SETTLE)


def _followed(to: Reference, walk: _Walk, depth: int) -> Iterator[Statement | Unresolved]:
    """Yield the statements of what `to` leads to: a data block, or another resource's policy."""
    targets = walk.inventory.at(to.address)
    walk.followed += 1
    if depth >= _MAX_DEPTH or walk.followed > _MAX_FOLLOWED:
        yield Unresolved("its policy documents are built from one another without end", "build it from fewer")
        return
    if not targets:
        yield Unresolved(f"it is taken from {to}", _SETTLE)
    for target in targets:
        if target.type == _DATA:
            yield from _from_data(target, walk, depth + 1)
        elif to.attribute in target.body and to.attribute in (
            "policy",
            "policy_document",
            "inline_policy",
            "json",
        ):
            inner = _Part(target.body[to.attribute], target, (to.attribute,))
            yield from _statements(inner, walk, depth + 1)
        else:
            yield Unresolved(f"it is taken from {to}", _SETTLE)


def _from_data(data: Resource, walk: _Walk, depth: int) -> Iterator[Statement | Unresolved]:
    """Yield what the data block makes: its sources', its own, and overriding statements by their sids."""
    merged: dict[str | int, Statement | Unresolved] = {}
    for name in ("source_json", "source_policy_documents"):
        _merge(merged, _others(data, name, walk, depth))
    own = [_without_nulls(each) for each in _blocks(data.body.get("statement"))]
    _merge(merged, _listed(own, _BLOCKS, data, ("statement",)))
    for name in ("override_policy_documents", "override_json"):
        _merge(merged, _others(data, name, walk, depth))
    yield from merged.values()


def _merge(into: dict[str | int, Statement | Unresolved], more: Iterable[Statement | Unresolved]) -> None:
    for each in more:
        sid = each.sid if isinstance(each, Statement) else ""
        into.pop(sid, None)
        into[sid or len(into)] = each


def _others(data: Resource, name: str, walk: _Walk, depth: int) -> Iterator[Statement | Unresolved]:
    value = data.body.get(name)
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        yield from _statements(_Part(each, data, (name,)), walk, depth)


def _without_nulls(block: Any) -> Any:
    """Return a block without its nulls: those are not set, as a dynamic block writes them for every statement."""
    if not isinstance(block, dict):
        return block
    return {name: value for name, value in block.items() if value is not None}


def _block_principals(value: Any) -> Iterator[tuple[str, Element]]:
    for each in _blocks(value):
        if isinstance(each, dict):
            type_ = each.get("type")
            for identifier in _elements(each, "identifiers"):
                yield (type_ if isinstance(type_, str) else ANY_TYPE), identifier
        else:
            yield "AWS", _why(each, "a principal is not known here")


def _block_conditions(value: Any) -> tuple[tuple[Condition, ...], Unresolved | None]:
    found: list[Condition] = []
    unclear: Unresolved | None = None
    for each in _blocks(value):
        test, variable = (each.get("test"), each.get("variable")) if isinstance(each, dict) else (None, None)
        if isinstance(variable, Unresolved) and (claim := _CLAIM.search(variable.expression)):
            variable = claim[0].strip('"')  # a token's claim, whoever issues it
        if isinstance(test, str) and isinstance(variable, str):
            found.append(Condition(test, variable, tuple(_elements(each, "values"))))
        else:
            unclear = _why(each if not isinstance(each, dict) else test, "the condition is not known here")
    return tuple(found), unclear


def _blocks(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None or value is ABSENT else [value]


_PARTS = ("Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource")
_JSON = _Form(
    "policy", {name: name for name in ("Effect", "Sid", "Condition", *_PARTS)}, _principals, _conditions
)
_BLOCKS = _Form(
    "policy document",
    {
        "Effect": "effect",
        "Sid": "sid",
        "Condition": "condition",
        **{name: f"{name.replace('Not', 'not_').lower()}s" for name in _PARTS},
    },
    _block_principals,
    _block_conditions,
    effect="Allow",
)
