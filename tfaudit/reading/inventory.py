"""The resources of one scope, found by address, by type, and by what they point at."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from tfaudit.model.later import filled
from tfaudit.model.resources import Path, Reference, Resource, Unresolved

T = TypeVar("T")
_LOOKS_UP = "data.azurerm_"
_INDEX = re.compile(r"\[[^\[\]]*\]$")
# What has another value at each instance or each call, or was taken out.
_VARYING = re.compile(r"\b(?:each|count|self)\.|\b(?:uuid|timestamp|plantimestamp|bcrypt)\(|\(redacted\)")


def without_index(address: str) -> str:
    """Return `aws_kms_key.k` for `aws_kms_key.k[0]`: what a reference to all instances names."""
    return _INDEX.sub("", address)


def same_text(resource: Resource, value: Any) -> str:
    """Return a mark that equal expressions of one module share, "" for what is not one, or varies by itself.

    A bucket and a bucket policy that are both named `"${var.name}-logs"` belong together, whatever the variable is.
    """
    if not isinstance(value, Unresolved) or not value.expression or _VARYING.search(value.expression):
        return ""
    return f"{module_of(resource)}\0{value.expression}"


def module_of(resource: Resource) -> str:
    """Return the address of the module of Terraform's that a resource stands in, with a dot; "" for none."""
    type_ = resource.context.get("azapi", resource.type)
    return resource.address.rpartition(type_ + ".")[0]


class Inventory:
    """What one scope holds. Indexes are built when first asked for.

    It is `mixed` where resources of Azure stand in it in two spellings: `tfaudit.reading.beside`.
    """

    def __init__(self, resources: Iterable[Resource]) -> None:
        """Take the resources of one scope, in their order."""
        self.resources: list[Resource] = list(resources)
        self._types: dict[str, list[Resource]] = defaultdict(list)
        dialects = set()
        for resource in self.resources:
            self._types[resource.type].append(resource)
            dialects.add(resource.dialect)
        self.mixed = "arm" in dialects and "terraform" in dialects
        self._addresses: dict[str, list[Resource]] | None = None
        self._derived: dict[Any, Any] = {}
        self._pointing: dict[tuple[str, str], tuple[dict[str, list[Resource]], list[Resource]]] = {}
        self._homeless: dict[tuple[str, str, str, tuple[str, ...]], list[Resource]] = {}

    def derived(self, build: Callable[[Inventory], T]) -> T:
        """Return what `build` makes of this inventory, made once: an index that many assets of the scope ask for."""
        if build not in self._derived:
            self._derived[build] = build(self)
        made: T = self._derived[build]
        return made

    def of_type(self, *types: str) -> list[Resource]:
        """Return the resources of any of `types`."""
        if len(types) == 1:
            return self._types.get(types[0], [])
        return [resource for each in types for resource in self._types.get(each, [])]

    def at(self, address: str) -> list[Resource]:
        """Return what stands at `address`: one resource, or every instance where it has no index."""
        if self._addresses is None:
            self._addresses = defaultdict(list)
            for resource in self.resources:
                self._addresses[resource.address].append(resource)
                bare = without_index(resource.address)
                if bare != resource.address:
                    self._addresses[bare].append(resource)
        found = self._addresses.get(address, [])
        filled(found)  # by way of a reference, a service may look into what is of no type that one reads
        return found

    def pointing_at(
        self, target: Resource, names: Iterable[str], type_: str, attribute: str
    ) -> tuple[list[Resource], list[Resource]]:
        """Return the resources of `type_` whose `attribute` names `target`, and those of which it is not known.

        `attribute` is a dotted path; its value may be a reference, one of `names`, or a list with one of these.
        """
        if isinstance(target.body, Elsewhere):
            return [each for each in target.body.companions if each.type == type_], []
        index, unsure = self._pointers(type_, attribute)
        words = dict.fromkeys((target.address, without_index(target.address), *names))
        return [*{id(each): each for word in words for each in index.get(word, ())}.values()], unsure

    def named(self, type_: str, attribute: str, name: str) -> list[Resource]:
        """Return the resources of `type_` whose `attribute` is the literal `name`."""
        return self._pointers(type_, attribute)[0].get(name, [])

    def homeless(self, type_: str, attribute: str, target: str, names: tuple[str, ...]) -> list[Resource]:
        """Return the resources of `type_` that may belong to any of type `target`: none is named by the same text."""
        cached = self._homeless.get((type_, attribute, target, names))
        if cached is None:
            marks = {
                same_text(each, walk(each.body, tuple(name.split(".")))[0])
                for each in self._types.get(target, ())
                for name in names
            } - {""}
            cached = [
                each
                for each in self._pointers(type_, attribute)[1]
                if same_text(each, next(pointing(each.body, attribute), ABSENT)) not in marks
            ]
            self._homeless[type_, attribute, target, names] = cached
        return cached

    def looked_up(self, address: str) -> tuple[list[str], bool]:
        """Return what names the resource of this inventory that a data source finds, and whether that is all.

        It finds none by a name that nothing here has, or may have; by one that is not known it may find any of a type.
        """
        found, is_known = [], True
        for source in self.at(address):
            type_ = source.type.removeprefix("data.")
            name = walk(source.body, ("name",))[0]
            if isinstance(name, Reference):
                found += [each.address for each in self.at(name.address) if each.type == type_]
            elif isinstance(name, Unresolved) and self._types.get(type_):
                found += filter(None, (same_text(source, name),))
                is_known = False
            elif isinstance(name, str) and self.named(type_, "name", name):
                found.append(name)
            elif self._pointers(type_, "name")[1]:  # one here whose name is not known may have this one
                is_known = False
        return found, is_known

    def _pointers(self, type_: str, attribute: str) -> tuple[dict[str, list[Resource]], list[Resource]]:
        cached = self._pointing.get((type_, attribute))
        if cached is not None:
            return cached
        index: dict[str, list[Resource]] = defaultdict(list)
        unsure: list[Resource] = []
        for resource in self._types.get(type_, ()):
            for value in pointing(resource.body, attribute):
                if isinstance(value, Reference):
                    index[value.address].append(resource)
                    if _LOOKS_UP in value.address:
                        words, is_known = self.looked_up(value.address)
                        for word in words:
                            index[word].append(resource)
                        unsure += [] if is_known else [resource]
                elif isinstance(value, Unresolved):
                    unsure.append(resource)
                    if mark := same_text(resource, value):
                        index[mark].append(resource)
                else:
                    index[str(value)].append(resource)
        self._pointing[type_, attribute] = (index, unsure)
        return index, unsure


class _Absent:
    """The type of `ABSENT`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()
"""What a path gives where nothing stands: not set, or null."""


class Elsewhere(dict[str, Any]):
    """The body of something that is declared elsewhere: what is not stated is not known, rather than absent.

    `companions` are the resources here that belong to it.
    """

    __slots__ = ("because", "companions")

    def __init__(self, because: Unresolved, stated: dict[str, Any], companion: Resource) -> None:
        """Hold what is stated, why all else is not known, and the first of its companions."""
        super().__init__(stated)
        self.because = because
        self.companions = [companion]

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002
        """Return what is stated, or why it is not known."""
        return self.told(key)

    def told(self, key: str) -> Any:
        """Return the same, for `entry`."""
        return super().get(key, self.because)


EMPTY_IS_UNSET = frozenset({"terraform", "kubernetes"})
"""The dialects in which an empty text is what is not set: the plug-in SDK of Terraform's providers takes it so, and the
API server does not keep it (github.com/kubernetes/community, api-conventions.md, "Optional vs. Required")."""


class Misplaced(Unresolved, frozen=True):
    """What is found where a path would go on inside of a text, a number or a list: nothing that a provider takes.

    It counts only where no other path of the word leads to a value: some members have a short form beside a long one.
    """


def _misplaced(value: Any) -> Misplaced:
    what = "a list" if isinstance(value, list) else "text" if isinstance(value, str) else "a plain value"
    return Misplaced(f"{what} stands where a mapping belongs", "mend it")


def walk(body: Any, steps: Path) -> tuple[Any, Path]:
    """Return the value at `steps` and the exact path taken, or `ABSENT`.

    A list on the way is entered at its first element, as a block that stands once is; an `Unresolved` or `Reference` on
    the way is the answer.
    """
    current = body
    for index, step in enumerate(steps):
        if current.__class__ is not dict:
            return _walk_on(current, steps, index)
        inside = current
        current = inside.get(step)
        if current is None or current is ABSENT:
            # What a macro makes at deployment may set anything that is not written.
            return inside.get("@Transform", ABSENT), steps[:index]
    return current, steps


def entry(body: Mapping[str, Any], key: Any) -> Any:
    """Return what a mapping states, `ABSENT` where it states nothing.

    Where this is compiled, the `get` of a kind of dict would be taken for that of `dict`.
    """
    return body.told(key) if isinstance(body, Elsewhere) else body.get(key, ABSENT)


def _walk_on(current: Any, steps: Path, index: int) -> tuple[Any, Path]:
    """Go on with a walk that is no longer, or not only, through mappings."""
    path: list[str | int] = list(steps[:index])
    for step in steps[index:]:
        if isinstance(current, (Unresolved, Reference)):
            return current, tuple(path)
        if isinstance(current, list):
            if isinstance(step, int):
                if not -len(current) <= step < len(current):
                    return ABSENT, tuple(path)
                current = current[step]
                path.append(step)
                continue
            if not current:
                return ABSENT, tuple(path)
            current = current[0]
            path.append(0)
            if isinstance(current, (Unresolved, Reference)):
                return current, tuple(path)
        if not isinstance(current, dict):
            return ABSENT if current in (None, ABSENT, "") else _misplaced(current), tuple(path)
        inside = current
        current = entry(inside, step)
        if current is ABSENT or current is None:
            return inside.get("@Transform", ABSENT), tuple(path)
        path.append(step)
    return current, tuple(path)


@lru_cache(maxsize=4096)
def _paths(attribute: str) -> tuple[Path, ...]:
    return tuple(tuple(each.split(".")) for each in attribute.split("|"))


def pointing(body: Mapping[str, Any], attribute: str) -> Iterator[Any]:
    """Yield what a companion names its parent by: the first of its attributes, `id|name`, at which something stands."""
    for path in _paths(attribute):
        found = walk(body, path)[0]
        if found is not ABSENT:
            return leaves(found)
    return leaves(ABSENT)


def leaves(value: Any) -> Iterator[Any]:
    """Yield the scalars, references and unresolved parts of a value that may be a list of them."""
    if isinstance(value, list):
        for each in value:
            yield from leaves(each)
    elif value is not ABSENT and value is not None and not isinstance(value, dict):
        yield value
