"""Terraform plans and states as `terraform show -json` writes them: what will be (or is) there, after evaluation.

Deleted resources and drift are left out; what the plan itself says is missing from it is `Unread`. A value that only
apply will tell is a `Reference` where the configuration says what it is taken from, else `Unresolved`; null is "not
set", and so is what the configuration leaves to the provider to fill in. Sensitive texts are `(redacted)`, so that they
still count as set; other sensitive values are `Unresolved`. The form is that of
developer.hashicorp.com/terraform/internals/json-format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tfaudit.model.resources import (
    Limits,
    Origin,
    Path,
    Place,
    Reference,
    Resource,
    Unread,
    Unresolved,
    dotted,
)
from tfaudit.redaction import REDACTED
from tfaudit.sources.terraform.plan.configuration import Configuration, references_of, without_instances
from tfaudit.sources.terraform.plan.gaps import Odd, gaps, identity, mapping, mask, odd_member, version_gap
from tfaudit.sources.terraform.plan.origins import Origins
from tfaudit.sources.text.forms import form_of
from tfaudit.sources.text.json_document import document
from tfaudit.sources.text.secrets import without_secrets

if TYPE_CHECKING:
    from tfaudit.model.resources import Origins as OriginsOf
    from tfaudit.sources.tree.files import InputFile

RANK = 10
_SENSITIVE = Unresolved("it is marked sensitive", "check it by hand")
_ID_LENGTH = 8
_MOST_TWICE = 5
_POINTERS = ("id", "arn", "name", "bucket", "key_id")

SUFFIXES = (".json",)


def claims(file: InputFile) -> bool:
    """Whether it is the JSON form of a plan or of a state, told by its members."""
    return (file.only or file.suffix in SUFFIXES) and form_of(file) == "plan"


def read(file: InputFile, limits: Limits) -> Iterator[Resource | Unread]:
    """Yield the resources of a plan or state in its order; a document of another form is `Unread`."""
    found = document(file.read(), file.name, limits)
    if isinstance(found, Unread):
        yield found
        return
    plan = found.value
    if not isinstance(plan, dict):
        yield Unread(
            Place(file.name, 1), "it is no plan: not a JSON object", "write it with terraform show -json"
        )
        return
    refused = version_gap(plan, file.name)
    if refused is not None:
        yield refused
        return
    for twice in found.duplicates[:_MOST_TWICE]:
        because = f"{str(twice.key)[:80]} stands twice in one object, which no Terraform writes"
        yield Unread(Place(file.name, twice.line), because, "write it with terraform show -json")
    yield from gaps(plan, file.name)
    yield from _Plan(plan, file.name).resources()


class _Planned(Struct):
    """One resource as the plan gives it, whichever part of it that was."""

    address: str
    mode: str
    type: str
    name: str
    index: Any
    values: dict[str, Any]
    unknown: Any
    sensitive: Any

    @property
    def module(self) -> str:
        """The address of its module, "" for the root."""
        own = f"{'data.' if self.mode == 'data' else ''}{self.type}.{self.name}"
        return self.address[: self.address.rindex(own)].rstrip(".")


class Located(Struct, frozen=True):
    """Where what a planned resource holds stands, and which of its arguments are null: a body has none of them."""

    origin: str
    address: str
    nulls: tuple[str, ...]

    def __call__(self, path: Path) -> Place:
        """Return the place of what stands at `path`."""
        steps = dotted(path)
        return Place(self.origin, at=f"{self.address}.{steps}" if steps else self.address)


class _Plan:
    """A plan or state document and the resources in it."""

    def __init__(self, plan: dict[str, Any], origin: str) -> None:
        self.plan = plan
        self.origin = origin
        self.gaps: list[Unread] = []
        self.configuration = Configuration(self._part("configuration"))
        self.origins = Origins(self.configuration, self._part("variables"), origin)
        self.planned = list(self._planned())
        self.by_address = {each.address: each for each in self.planned}
        self.instances: dict[str, list[str]] = {}
        for address in self.by_address:
            self.instances.setdefault(without_instances(address), []).append(address)
        self.owners = self._owners()

    def _part(self, name: str) -> dict[str, Any]:
        """Return a part of the plan, {} where there is none; one of another form is a gap."""
        try:
            return mapping(self.plan, name)
        except Odd:
            self.gaps.append(Unread(Place(self.origin, at=name), "it is no JSON object", "plan again"))
            return {}

    def resources(self) -> Iterator[Resource | Unread]:
        """Yield the providers, then what is planned; a member of another form as `Unread`."""
        yield from self.gaps
        for name, body, context in self.configuration.providers():
            yield self._resource(f"provider.{name.partition('.')[0]}", f"provider.{name}", body, context)
        for each in self.planned:
            type_ = f"data.{each.type}" if each.mode == "data" else each.type
            try:
                body = self._body(each)
                context = self.configuration.context(each.module, each.mode, each.type, each.name)
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                because = f"it, or how it is written, has another form than a plan's ({type(error).__name__})"
                yield Unread(Place(self.origin, at=each.address), because, "plan again")
                continue
            nulls = tuple(name for name, value in each.values.items() if value is None and name not in body)
            found = self._resource(type_, each.address, body, context, nulls)
            found.origins = self._origins(each)
            yield found

    def _resource(
        self,
        type_: str,
        address: str,
        body: dict[str, Any],
        context: dict[str, str],
        nulls: tuple[str, ...] = (),
    ) -> Resource:
        place = Place(self.origin, at=address)
        locate = Located(self.origin, address, nulls)
        return Resource(
            type_,
            address,
            without_secrets(body, type_),
            place,
            "plan",
            "terraform",
            self.origin,
            locate,
            (),
            context,
        )

    def _origins(self, each: _Planned) -> OriginsOf:
        def origins(path: Path, read: Any) -> tuple[Origin, ...]:
            written = self.configuration.written(each.module, each.mode, each.type, each.name)
            return self.origins.of(each.module, written, path, read)

        return origins

    def _planned(self) -> Iterator[_Planned]:
        changes = self.plan.get("resource_changes")
        if not isinstance(changes, (list, type(None))):
            self.gaps.append(Unread(Place(self.origin, at="resource_changes"), "it is no list", "plan again"))
        seen: set[str] = set()
        for index, each in enumerate(changes if isinstance(changes, list) else ()):
            planned = self._checked(_changed, each, f"resource_changes[{index}]")
            # What is odd or goes away is not looked for elsewhere.
            seen.add(str(each.get("address")) if isinstance(each, dict) else "")
            if planned is not None:
                yield planned
        # A state has no changes at all, and a plan need not have one for what stays as it is.
        for part in ("planned_values", "values"):
            for kept in self._of_module(self._part(part).get("root_module"), f"{part}.root_module"):
                if kept.address not in seen:
                    seen.add(kept.address)
                    yield kept
        # Data that was read already while planning has no change, and with -refresh-only nothing has.
        unchanged = not seen
        prior = self._part("prior_state").get("values")
        root = prior.get("root_module") if isinstance(prior, dict) else None
        for read_before in self._of_module(root, "prior_state.values.root_module"):
            if (unchanged or read_before.mode == "data") and read_before.address not in seen:
                yield read_before

    def _checked(self, make: Callable[[Any], _Planned | None], each: Any, where: str) -> _Planned | None:
        try:
            return make(each)
        except Odd as odd:
            self.gaps.append(odd_member(where, each, self.origin, str(odd)))
            return None

    def _of_module(self, module: Any, where: str) -> Iterator[_Planned]:
        """Yield what a module of planned values or of a state holds, child modules after its own."""
        if not isinstance(module, dict):
            if module is not None:
                self.gaps.append(Unread(Place(self.origin, at=where), "it is no JSON object", "plan again"))
            return
        for index, each in enumerate(_items(module, "resources")):
            held = self._checked(_held, each, f"{where}.resources[{index}]")
            if held is not None:
                yield held
        for index, child in enumerate(_items(module, "child_modules")):
            yield from self._of_module(child, f"{where}.child_modules[{index}]")

    def _body(self, each: _Planned) -> dict[str, Any]:
        expressions = self.configuration.expressions(each.module, each.mode, each.type, each.name)
        body: dict[str, Any] = {}
        unknown = each.unknown if isinstance(each.unknown, dict) else {}
        sensitive = each.sensitive if isinstance(each.sensitive, dict) else {}
        for name in dict.fromkeys([*each.values, *unknown]):
            value = self._value(
                each, each.values.get(name), unknown.get(name), sensitive.get(name), expressions.get(name)
            )
            if value is not None:
                body[name] = value
        return body

    def _value(self, each: _Planned, value: Any, unknown: Any, sensitive: Any, expression: Any) -> Any:
        """Return one value with what is unknown or sensitive in it marked."""
        if unknown is True:
            if expression is None and self.configuration.holds(each.module, each.mode, each.type, each.name):
                return None  # nobody sets it: the provider will, by its default
            return self._reference(each, expression) or _after_apply(expression)
        if sensitive is True:
            return None if value is None else REDACTED if isinstance(value, str) else _SENSITIVE
        if isinstance(value, dict) or (isinstance(unknown, dict) and value is None):
            return self._members(each, value or {}, unknown, sensitive, expression)
        if isinstance(value, list) or (isinstance(unknown, list) and value is None):
            return self._elements(each, value or [], unknown, sensitive, expression)
        if isinstance(value, str):
            return self._pointer(each, value, expression)
        return value

    def _members(self, each: _Planned, value: Any, unknown: Any, sensitive: Any, expression: Any) -> Any:
        unknown = unknown if isinstance(unknown, dict) else {}
        sensitive = sensitive if isinstance(sensitive, dict) else {}
        inner = expression if isinstance(expression, dict) and "references" not in expression else {}
        found = {}
        for name in dict.fromkeys([*value, *unknown]):
            stated = self._value(
                each,
                value.get(name),
                unknown.get(name),
                sensitive.get(name),
                inner.get(name, expression if not inner else None),
            )
            if stated is not None:
                found[name] = stated
        return found

    def _elements(self, each: _Planned, value: Any, unknown: Any, sensitive: Any, expression: Any) -> Any:
        unknown = unknown if isinstance(unknown, list) else []
        sensitive = sensitive if isinstance(sensitive, list) else []
        count = max(len(value), len(unknown))

        def at(items: Any, index: int) -> Any:
            return items[index] if index < len(items) else None

        several = self._several(each, expression, unknown)
        if several and not any(value):
            return several
        inner = expression if isinstance(expression, list) else None
        single = isinstance(inner, list) and len(inner) == 1 and count > 1  # one dynamic block, many elements
        return [
            self._value(
                each, at(value, index), at(unknown, index), at(sensitive, index),
                expression if inner is None else at(inner, 0 if single else index),
            )
            for index in range(count)
        ]  # fmt: skip

    def _several(self, each: _Planned, expression: Any, unknown: list[Any]) -> list[Any]:
        """Return a reference for each element of a list that is unknown all over, where as many are written."""
        if not unknown or not all(part is True for part in unknown):
            return []
        pairs = self.configuration.targets(each.module, references_of(expression))
        found = {address: attribute for address, attribute in reversed(list(pairs)) if attribute}
        if len(found) != len(unknown):
            return []
        return [
            Reference(self._instance(address, each.index, expression), found[address])
            for address in reversed(found)
        ]

    def _reference(self, each: _Planned, expression: Any) -> Reference | None:
        """Return what a value that is not known yet is taken from, None where that is not one resource."""
        found = dict.fromkeys(self.configuration.targets(each.module, references_of(expression)))
        addresses = {address for address, _ in found}
        if len(addresses) != 1:
            return None
        address, attribute = max(found, key=lambda pair: len(pair[1]))
        return Reference(self._instance(address, each.index, expression), attribute)

    def _instance(self, address: str, index: Any, expression: Any) -> str:
        """Return the one planned instance that `address` means, `address` itself where it may be several."""
        if address in self.by_address:
            return address
        found = self.instances.get(without_instances(address), [])
        if index is not None and {"count.index", "each.key", "each.value"} & set(references_of(expression)):
            same = [each for each in found if f"[{json.dumps(index)}]" in each]
            found = same or found
        return found[0] if len(found) == 1 else address

    def _owners(self) -> dict[str, tuple[str, str] | None]:
        """Return whose ARN or id a text is, None where it is that of several."""
        owners: dict[str, tuple[str, str] | None] = {}
        for address, each in self.by_address.items():
            for name in ("arn", "id"):
                value = each.values.get(name)
                if isinstance(value, str) and len(value) >= _ID_LENGTH:
                    taken = owners.get(value, (address, name))
                    owners[value] = taken if taken is not None and taken[0] == address else None
        return owners

    def _pointer(self, each: _Planned, value: str, expression: Any) -> Any:
        """Return the reference behind a known value that is another resource's own id, so that the two stay joined."""
        references = references_of(expression)
        for address, attribute in self.configuration.targets(each.module, references):
            exact = self._instance(address, each.index, expression)
            target = self.by_address.get(exact)
            if (
                value
                and target is not None
                and attribute in _POINTERS
                and target.values.get(attribute) == value
            ):
                return Reference(exact, attribute)
        owner = self.owners.get(value)
        if owner is not None and owner[0] != each.address and (references or not self.configuration):
            return Reference(*owner)
        return value


def _after_apply(expression: Any) -> Unresolved:
    written = next(iter(references_of(expression)), "")
    return Unresolved("only apply will tell it", "scan the live account, or the state after apply", written)


def _changed(each: Any) -> _Planned | None:
    """Return what a member of `resource_changes` leaves behind, None where that is nothing; raises `Odd`."""
    address, mode, type_, name = identity(each)
    change = mapping(each, "change")
    actions = change.get("actions")
    if not isinstance(actions, list) or not all(isinstance(action, str) for action in actions):
        raise Odd("its actions are not stated")
    if each.get("deposed") or actions in (["delete"], ["forget"]):
        return None
    if not isinstance(change.get("after"), dict):
        raise Odd("what it will be is not stated")
    after = change["after"]
    unknown, sensitive = mask(change, "after_unknown", after), mask(change, "after_sensitive", after)
    return _Planned(address, mode, type_, name, each.get("index"), after, unknown, sensitive)


def _held(each: Any) -> _Planned:
    """Return a resource as planned values and states have it; raises `Odd`."""
    address, mode, type_, name = identity(each)
    values = mapping(each, "values")
    sensitive = mask(each, "sensitive_values", values)
    return _Planned(address, mode, type_, name, each.get("index"), values, {}, sensitive)


def _items(module: dict[str, Any], name: str) -> list[Any]:
    items = module.get(name)
    return items if isinstance(items, list) else [] if items is None else [items]
