"""What a check's own code speaks of: the attributes that it may look at, and the values that it compares them with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from types import CodeType, FunctionType
from typing import Any

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_ANY = frozenset({"items", "values", "keys", "dumps"})
_FRAME = (
    "checkov.common.checks.",
    "checkov.terraform.checks.resource.base_resource_",
    "checkov.kubernetes.checks.resource.base_",
    "abc",
    "builtins",
)
MAX_VALUES = 24
_DEPTH = 3


class Words:
    """The words and values in the code of one check."""

    def __init__(self, check: Any) -> None:
        """Read the code of a check, of the classes that it is made of and of the functions that it names."""
        found: dict[Any, None] = {}
        self._any = False
        for each in self._constants(check):
            if isinstance(each, (str, int, float)) or each is None:
                found[type(each), each] = None
        texts = [each for _, each in found if isinstance(each, str)]
        self._words = {word for text in texts for word in _WORD.findall(text)}
        own = {check.id, check.name, *getattr(check, "supported_resources", ())}
        self.values = [
            each
            for type_, each in found
            if each is not None and each not in own and not (type_ is str and (" " in each or len(each) > 60))
        ][:MAX_VALUES]

    def speak_of(self, path: tuple[str, ...]) -> bool:
        """Whether the check may look at what stands at `path`."""
        return self._any or any(step in self._words for step in path)

    def _constants(self, check: Any) -> Iterator[Any]:
        for value in vars(check).values():
            yield from _flat(value)
        for class_ in type(check).__mro__:
            if class_.__module__.startswith(_FRAME):
                continue
            for member in vars(class_).values():
                function = getattr(member, "__func__", getattr(member, "fget", member))
                if isinstance(function, FunctionType):
                    yield from self._of(function, _DEPTH)
                else:
                    yield from _flat(member)

    def _of(self, function: FunctionType, depth: int) -> Iterator[Any]:
        for code in _codes(function.__code__):
            for constant in code.co_consts:
                yield from _flat(constant)
            if not _ANY.isdisjoint(code.co_names):
                self._any = True
            for name in code.co_names:
                named = function.__globals__.get(name)
                if isinstance(named, FunctionType):
                    if depth and named.__module__.startswith("checkov."):
                        yield from self._of(named, depth - 1)
                else:
                    yield from _flat(named)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, Enum):  # some are texts as well
        value = value.value
    if isinstance(value, (list, tuple, set, frozenset)):
        for each in list(value)[:100]:
            yield from _flat(each)
    elif isinstance(value, dict):
        for key, inner in list(value.items())[:100]:
            yield key
            yield from _flat(inner)
    elif isinstance(value, (str, int, float)) or value is None:
        yield value
