"""Spells the resources of a template in Terraform's azapi provider: `parent_id` and references instead of ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

_ID = re.compile(r"resourceId\('([^']+)', ((?:'[^']+'(?:, )?)+)\)")
_GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
_OUTSIDE = ("type", "apiVersion", "name", "scope", "location", "tags", "identity", "resources", "dependsOn")
_TEXT = re.compile(r"'([^']+)'")


class Spelled:
    """The text in HCL of resources that a template declares; bodies as values, or as texts as before azapi 2."""

    def __init__(self, resources: Iterable[dict[str, Any]], *, as_text: bool = False) -> None:
        """Spell `resources`, in their order."""
        self._as_text = as_text
        flat = [each for one in resources for each in _flat(one)]
        self._addresses = {
            (each["type"].lower(), _name(each)): f"azapi_resource.r{number}"
            for number, each in enumerate(flat)
        }
        group = 'data "azurerm_resource_group" "rg" {\n  name = "rg"\n}\n'
        self.text = group + "\n".join(self._resource(each, number) for number, each in enumerate(flat))

    def _resource(self, each: dict[str, Any], number: int) -> str:
        body = {key: value for key, value in each.items() if key not in _OUTSIDE}
        text = self._value(body)
        lines = [
            f'resource "azapi_resource" "r{number}" {{',
            f'type = "{each["type"]}@{each["apiVersion"]}"',
            f"name = {json.dumps(_name(each).rpartition('/')[2])}",
            f"parent_id = {self._parent(each)}",
            f"body = {f'jsonencode({text})' if self._as_text else text}",
        ]
        lines += [f"{name} = {self._value(each[name])}" for name in ("location", "tags") if name in each]
        if "identity" in each:
            chosen = each["identity"].get("userAssignedIdentities", {})
            known = ", ".join(self._value(one) for one in chosen)
            lines.append(f'identity {{\ntype = "{each["identity"]["type"]}"\nidentity_ids = [{known}]\n}}')
        return "\n".join([*lines, "}"])

    def _parent(self, each: dict[str, Any]) -> str:
        if each["type"].count("/") > 1:
            return self._id(each["type"].rpartition("/")[0], _name(each).rpartition("/")[0])
        return self._value(each["scope"]) if "scope" in each else "data.azurerm_resource_group.rg.id"

    def _id(self, type_: str, name: str) -> str:
        address = self._addresses.get((type_.lower(), name))
        if address is not None:
            return f"{address}.id"
        names = name.split("/")
        above, _, last = type_.rpartition("/")
        if len(names) > 1:
            parent = self._id(above, "/".join(names[:-1]))
            inner = parent[1:-1] if parent[0] == '"' else f"${{{parent}}}"
            return f'"{inner}/{last}/{names[-1]}"'
        return f'"{_GROUP}/providers/{type_}/{name}"'

    def _value(self, value: Any) -> str:
        if isinstance(value, dict):
            members = (f"{json.dumps(key)} = {self._value(each)}" for key, each in value.items())
            return "\n".join(["{", *members, "}"])
        if isinstance(value, list):
            return "[" + ", ".join(map(self._value, value)) + "]"
        if isinstance(value, str) and value[:1] == "[":
            return self._expression(value[1:-1])
        return json.dumps(value)

    def _expression(self, text: str) -> str:
        found = _ID.fullmatch(text)
        if found is not None:
            return self._id(found[1], "/".join(_TEXT.findall(found[2])))
        if text == "subscription().id":
            return '"/subscriptions/00000000-0000-0000-0000-000000000001"'
        if text.startswith("concat(resourceId("):
            found = _ID.search(text)
            assert found is not None
            inner = self._id(found[1], "/".join(_TEXT.findall(found[2])))
            rest = _TEXT.findall(text)[-1]
            return f'"${{{inner}}}{rest}"' if inner[0] != '"' else f'"{inner[1:-1]}{rest}"'
        if text.startswith("subscriptionResourceId("):
            type_, name = _TEXT.findall(text)
            return f'"/subscriptions/00000000-0000-0000-0000-000000000001/providers/{type_}/{name}"'
        raise AssertionError(text)


def _flat(each: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield a resource and those inside of it, as children of its full type and name."""
    yield each
    for inner in each.get("resources", ()):
        whole = {**inner, "type": f"{each['type']}/{inner['type']}", "name": f"{_name(each)}/{_name(inner)}"}
        yield from _flat({"apiVersion": each["apiVersion"], **whole})


def _name(each: dict[str, Any]) -> str:
    name: str = each["name"]
    return "".join(_TEXT.findall(name)) if name[:1] == "[" else name
