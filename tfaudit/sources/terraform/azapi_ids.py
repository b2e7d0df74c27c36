"""Ids in Resource Manager of what Terraform's code declares, as texts with expressions for what is not known of them.

As in templates, the subscription is one that a deployment brings with it. What varies between instances or modules is
called by its own address, so that two ids of the same text are those of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tfaudit.model.resources import Reference, Resource, Unresolved
from tfaudit.sources.arm import ids

_VARYING = re.compile(r"\b(?:each|count|self)\.")
_ID_OF = re.compile(
    r"\"?\$\{\s*(?P<address>(?:data\.)?[a-z0-9]+_\w+\.[\w-]+(?:\[[^\]]*\])?)\.id\s*\}(?P<rest>/.*)?\"?$"
)
_GROUPS = frozenset({"azurerm_resource_group", "data.azurerm_resource_group"})
_SUBSCRIPTIONS = frozenset({"azurerm_subscription", "data.azurerm_subscription"})
_MANAGEMENT_GROUPS = frozenset({"azurerm_management_group", "data.azurerm_management_group"})
AZAPI = frozenset({"azapi_resource", "azapi_update_resource", "data.azapi_resource"})
_TYPE = re.compile(r"(?P<type>[A-Za-z][\w.]*(?:/[\w.-]+)+)@(?P<version>[\w.-]+)")
_DEPTH = 8

Declared = Mapping[tuple[str, str], Resource]
"""The resources of all roots by their scope and address, one of a single instance also without its index."""


def type_of(resource: Resource) -> tuple[str, str] | None:
    """Return the type and API version of an azapi resource, "" for a version that is not known; None for no type."""
    stated = str(resource.body.get("type", "")).strip('"')
    found = _TYPE.fullmatch(stated)
    if found is None:  # `Microsoft.Storage/storageAccounts@${var.version}`
        type_, _, version = stated.partition("@")
        return (type_, "") if version[:2] == "${" and _TYPE.fullmatch(f"{type_}@x") else None
    return found["type"], found["version"]


def own_id(resource: Resource, declared: Declared, depth: int = 0) -> str:
    """Return the id of what an azapi resource, or a data source of it, is about."""
    stated = resource.body.get("resource_id")
    if stated is not None:
        return as_id(stated, resource, declared, "", depth)
    found = type_of(resource)
    if found is None or depth > _DEPTH:
        return f"/${{{resource.address}}}"
    type_, _ = found
    above = as_id(resource.body.get("parent_id"), resource, declared, type_.rpartition("/")[0], depth)
    name = text_of(resource.body.get("name"), resource, declared, "name")
    if type_.count("/") > 1:
        return f"{above}/{type_.rpartition('/')[2]}/{name}"
    return ids.resource_id(above, type_, [name])


def as_id(value: Any, by: Resource, declared: Declared, type_: str, depth: int = 0) -> str:
    """Return the id that `value`, an attribute of `by`, is; it is one of `type_` where a reference does not tell."""
    if isinstance(value, str):
        return value.rstrip("/")
    if value is None:
        return f"/subscriptions/{ids.SUBSCRIPTION}"
    reference, rest = referred(value, by)
    if reference is None:
        text = _stated(value, by, declared)
        return text if text.startswith("/") else f"/{text}"
    target = declared.get((by.scope, reference.address))
    if rest and type_:
        type_ = type_.rsplit("/", rest.count("/") // 2)[0]
    return _of(target, reference, declared, type_, depth + 1) + rest


def referred(value: Any, by: Resource) -> tuple[Reference | None, str]:
    """Return what a value refers to, and the rest of its text: `/blobServices/default` behind the id of an account."""
    if isinstance(value, Reference):
        return value, ""
    found = _ID_OF.match(value.expression) if isinstance(value, Unresolved) else None
    if found is None:
        return None, ""
    return Reference(module_of(by) + found["address"], "id"), (found["rest"] or "").rstrip('"').rstrip("/")


def module_of(resource: Resource) -> str:
    """Return the address of a resource's module with a dot, "" for the root."""
    at = resource.address.rfind(f"{resource.type}.")
    return resource.address[: max(at, 0)]


def text_of(value: Any, by: Resource, declared: Declared, name: str) -> str:
    """Return the text that an attribute of `by` is, an expression where it is not known."""
    if isinstance(value, Reference):
        target = declared.get((by.scope, value.address))
        attribute = value.attribute or name
        stated = target.body.get(attribute) if target is not None else None
        return stated if isinstance(stated, str) else f"${{{value.address}.{attribute}}}"
    if isinstance(value, Unresolved):
        return _stated(value, by, declared)
    return str(value) if value else f"${{{by.address}.{name}}}"


def _stated(value: Any, by: Resource, declared: Declared) -> str:
    """Return the expression of what is not known, with known names of other resources filled in."""
    text = value.expression.strip('"') if isinstance(value, Unresolved) else ""
    if not text or _VARYING.search(text):
        return f"${{{by.address}.{text or '?'}}}".replace("/", "|")
    module = module_of(by)

    def filled(found: re.Match[str]) -> str:
        target = declared.get((by.scope, module + found["address"]))
        stated = target.body.get("name") if target is not None else None
        return stated if isinstance(stated, str) else found[0]

    text = _NAME_OF.sub(filled, text) if "${" in text else f"${{{text}}}"
    return text.replace("${", f"${{{module}") if module else text


_NAME_OF = re.compile(r"\$\{\s*(?P<address>(?:data\.)?[a-z0-9]+_\w+\.[\w-]+(?:\[[^\]]*\])?)\.name\s*\}")


def _of(target: Resource | None, reference: Reference, declared: Declared, type_: str, depth: int) -> str:
    """Return the id of what a reference leads to, of `type_` where it is a resource of another provider."""
    open_ = f"/${{{reference.address}}}"
    if target is None or depth > _DEPTH:
        return open_
    if target.type in AZAPI:
        return own_id(target, declared, depth)
    name = text_of(target.body.get("name"), target, declared, "name")
    if target.type in _GROUPS:
        return f"/subscriptions/{ids.SUBSCRIPTION}/resourceGroups/{name}"
    if target.type in _SUBSCRIPTIONS:
        stated = target.body.get("subscription_id")
        return f"/subscriptions/{stated if isinstance(stated, str) else ids.SUBSCRIPTION}"
    if target.type in _MANAGEMENT_GROUPS:
        return f"/providers/Microsoft.Management/managementGroups/{name}"
    if type_.count("/") != 1 or not target.type.removeprefix("data.").startswith("azurerm_"):
        return open_
    group = text_of(target.body.get("resource_group_name"), target, declared, "name")
    scope = f"/subscriptions/{ids.SUBSCRIPTION}/resourceGroups/{group}"
    return ids.resource_id(scope, type_, [name])
