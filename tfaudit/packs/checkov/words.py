"""What a check's own code speaks of: the attributes that it may look at, and the values that it compares them with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from types import CodeType, FunctionType
from typing import Any

_WORD = re.compile(r"[A-Za-z_][\w-]*")
_TAKES_APART = frozenset(
    {
        "int",
        "float",
        "len",
        "split",
        "rsplit",
        "partition",
        "rpartition",
        "loads",
        "match",
        "search",
        "fullmatch",
        "findall",
        "finditer",
        "ip_network",
        "ip_address",
        "isdigit",
        "isdecimal",
        "isnumeric",
        "string_has_secrets",
    }
)
"""What makes something of a text for which the values that stand in the code are no example: a number, a pattern."""
_ANY = frozenset({"items", "values", "keys", "dumps"})
_FRAME = (
    "checkov.common.checks.",
    "checkov.terraform.checks.resource.base_resource_",
    "checkov.kubernetes.checks.resource.base_",
    "abc",
    "builtins",
)
_KNOWN = ("checkov.common.", "typing", "builtins")
MAX_VALUES = 32
_DEPTH = 3
_LONGEST = 60


class Words:
    """The words and values in the code of one check."""

    def __init__(self, check: Any) -> None:
        """Read the code of a check, of the classes that it is made of and of the functions that it names."""
        found: dict[Any, None] = {}
        self._any = False
        self.compares = True
        """Whether it takes texts as a whole: it compares them, or looks for one that stands in its code."""
        for each in self._constants(check):
            if isinstance(each, (str, int, float)) or each is None:
                found[type(each), each] = None
        texts = [each for _, each in found if isinstance(each, str)]
        self._words = {word for text in texts for word in _WORD.findall(text)}
        own = {check.id, check.name, *getattr(check, "supported_resources", ())}
        values = [
            each
            for type_, each in found
            if each is not None and each not in own and not (type_ is str and not _may_be_value(each))
        ]
        # A value that is no name, `0.0.0.0/0`, is compared with; a name may be that of an argument.
        values.sort(key=lambda each: isinstance(each, str) and _WORD.fullmatch(each) is not None)
        self.values = values[:MAX_VALUES]
        if len(values) > MAX_VALUES:
            self.compares = False

    def speak_of(self, path: tuple[str, ...]) -> bool:
        """Whether the check may look at what stands at `path`."""
        return self._any or any(step in self._words for step in path)

    def names(self, step: str) -> bool:
        """Whether the check's code speaks of an argument or block by its name."""
        return step in self._words

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
            if not _TAKES_APART.isdisjoint(code.co_names):
                self.compares = False
            for name in code.co_names:
                named = function.__globals__.get(name)
                if isinstance(named, FunctionType):
                    if depth and named.__module__.startswith("checkov."):
                        yield from self._of(named, depth - 1)
                    else:
                        self.compares = False
                elif isinstance(named, type) and not named.__module__.startswith(_KNOWN):
                    self.compares = False
                else:
                    yield from _flat(named)


def _may_be_value(text: str) -> bool:
    """Whether a text may be a value: a sentence is none, nor is a piece of a key that a check says it evaluated."""
    return " " not in text and len(text) <= _LONGEST and "/[" not in text and "]/" not in text


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
