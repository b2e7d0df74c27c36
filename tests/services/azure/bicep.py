"""Spells the resources of a template in Bicep: symbols, `parent`, `scope` and nested resources instead of ids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_ID = re.compile(r"\[resourceId\('([^']+)', ((?:'[^']+'(?:, )?)+)\)\]")


class Spelled:
    """The Bicep text of resources that a template declares."""

    def __init__(self, resources: Iterable[dict[str, Any]]) -> None:
        """Spell `resources`, in their order."""
        self._symbols: dict[tuple[str, str], str] = {}
        found = list(resources)
        for number, each in enumerate(found):
            self._symbols[each["type"].lower(), _name(each)] = f"r{number}"
        self.text = "\n".join(self._resource(each, f"r{number}") for number, each in enumerate(found))

    def _resource(self, each: dict[str, Any], symbol: str, inside: bool = False) -> str:
        type_ = each["type"]
        lines = [f"resource {symbol} '{type_}{'' if inside else '@' + each['apiVersion']}' = {{"]
        whole, _, name = _name(each).rpartition("/")
        parent = self._symbols.get((type_.rpartition("/")[0].lower(), whole)) if whole else None
        if parent and type_.count("/") > 1:
            lines += [f"parent: {parent}", f"name: '{name}'"]
        else:
            lines.append(f"name: '{_name(each)}'")
        for key, value in each.items():
            if key == "scope":
                lines.append(f"scope: {self._scope(value)}")
            elif key not in ("type", "apiVersion", "name", "resources"):
                lines.append(f"{_key(key)}: {self._value(value)}")
        lines += [
            self._resource(one, f"inner{number}", inside=True)
            for number, one in enumerate(each.get("resources", ()))
        ]
        return "\n".join([*lines, "}"])

    def _scope(self, value: str) -> str:
        if value == "[subscription().id]":
            return "subscription()"
        found = _ID.search(value)
        symbol = self._declared(found)
        return symbol or value[1:-1]

    def _declared(self, found: re.Match[str] | None) -> str | None:
        if found is None:
            return None
        names = re.findall(r"'([^']+)'", found[2])
        return self._symbols.get((found[1].lower(), "/".join(names)))

    def _value(self, value: Any) -> str:
        if isinstance(value, dict):
            return "\n".join(
                ["{", *(f"{_key(key)}: {self._value(each)}" for key, each in value.items()), "}"]
            )
        if isinstance(value, list):
            return "\n".join(["[", *map(self._value, value), "]"])
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, str) and value[:1] == "[":
            symbol = self._declared(_ID.fullmatch(value))
            return f"{symbol}.id" if symbol else value[1:-1]
        return f"'{value}'" if isinstance(value, str) else str(value)


def _name(each: dict[str, Any]) -> str:
    name: str = each["name"]
    return "".join(re.findall(r"'([^']+)'", name)) if name[:1] == "[" else name


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z_]\w*", key) else f"'{key}'"
