"""What the actions of a statement come to, remembered: checks of policies work the same lists out time and again.

A policy of which a part is not known is judged many times, with other values there; its other statements stay as they
are. Three functions that `cloudsplaining` uses for that look at each action of a list in turn, of which `*` has 20,000.
"""

from __future__ import annotations

import importlib.machinery
import marshal
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tfaudit.pipes import EQUAL

_MODULE = "cloudsplaining.scan.statement_detail"
_FUNCTIONS = (
    "determine_actions_to_expand",
    "remove_actions_not_matching_access_level",
    "remove_wildcard_only_actions",
)
"""Functions of a list of actions alone, or of that and a text: each returns a list of actions."""
_STATEMENTS = 8
"""Statements that are kept: those of one policy, as long as it is tried."""
_KEPT = 200
"""Lists that are kept for each function; the longest have a few megabytes."""


def install(site: str) -> None:
    """Have the module that is installed in the folder `site` use functions that remember."""
    sys.meta_path.insert(0, _Finder(site))


class _Finder:
    def __init__(self, site: str) -> None:
        self._site = site

    def find_spec(self, name: str, *_: Any) -> Any:
        if name != _MODULE:
            return None
        path = f"{self._site}/{_MODULE.replace('.', '/')}.py"
        return importlib.machinery.ModuleSpec(name, _Loader(name, path), origin=path)


class _Loader(importlib.machinery.SourceFileLoader):
    def exec_module(self, module: Any) -> None:
        """Run the module as it is, and then give it the functions."""
        super().exec_module(module)
        for name in _FUNCTIONS:
            setattr(module, name, remembering(getattr(module, name)))
        module.StatementDetail = made_once(module.StatementDetail)


def made_once(made: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes of a statement, plain data, and of switches what `made` does: of equal ones the same thing.

    Nothing changes it: policies, and the checks of them, only read what a statement comes to.
    """

    @lru_cache(maxsize=_STATEMENTS)
    def kept(statement: bytes, *switches: tuple[str, bool]) -> Any:
        return made(marshal.loads(statement), **dict(switches))  # noqa: S302 - written below

    def called(statement: dict[str, Any], **switches: bool) -> Any:
        try:
            plain = marshal.dumps(statement, EQUAL)
        except ValueError:
            return made(statement, **switches)
        return kept(plain, *switches.items())

    return called


def remembering(function: Callable[..., list[str]]) -> Callable[..., list[str]]:
    """Return a function of a list of texts, and of further texts, that gives equal answers for equal ones at once.

    Each caller gets a list of its own. What is no list of texts goes to `function` as it is.
    """

    @lru_cache(maxsize=_KEPT)
    def kept(actions: tuple[str, ...], *more: str) -> tuple[str, ...]:
        return tuple(function(list(actions), *more))

    def called(actions: Any, *more: str) -> list[str]:
        if actions.__class__ is not list or not all(each.__class__ is str for each in actions):
            return function(actions, *more)
        return list(kept(tuple(actions), *more))

    return called
