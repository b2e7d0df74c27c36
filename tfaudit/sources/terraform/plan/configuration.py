"""The `configuration` part of a plan: what each value was written as, and where its references lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tfaudit.enclosed import replaced

_CALL = re.compile(r"module\.[\w-]+(?:\[(?:\d+|\"[^\"]*\")\])?")
_STEP = re.compile(r"[.\[]")
_MAX_HOPS = 20


class Configuration:
    """Looks up expressions and follows references through module calls."""

    def __init__(self, configuration: dict[str, Any]) -> None:
        """Hold a plan's `configuration`, {} where there is none."""
        self._root: dict[str, Any] = _mapping(configuration.get("root_module"))
        stated = _mapping(configuration.get("provider_config"))
        self._providers: dict[str, Any] = {
            key: each for key, each in stated.items() if isinstance(each, dict)
        }
        self._modules: dict[str, tuple[dict[str, Any], dict[tuple[str, str, str], Any]]] = {}

    def __bool__(self) -> bool:
        """Whether there is one: a state has none."""
        return bool(self._root)

    def providers(self) -> Iterator[tuple[str, dict[str, Any], dict[str, str]]]:
        """Yield each provider configuration of the root: its name with alias, its literal settings, its context."""
        for each in self._providers.values():
            alias = each.get("alias") or ""
            if (
                each.get("module_address")
                or not isinstance(each.get("name"), str)
                or not isinstance(alias, str)
            ):
                continue
            body = {name: value["constant_value"] for name, value in _constants(each)}
            yield each["name"] + (f".{alias}" if alias else ""), body, self._provider_context(each)

    def _provider_context(self, provider: dict[str, Any]) -> dict[str, str]:
        region = _mapping(_mapping(provider.get("expressions")).get("region")).get("constant_value")
        found = {"region": region, "provider_version": provider.get("version_constraint")}
        return {name: value for name, value in found.items() if isinstance(value, str) and value}

    def context(self, module: str, mode: str, type_: str, name: str) -> dict[str, str]:
        """Return the region and version constraint of a resource's provider, where they are stated."""
        written = self.written(module, mode, type_, name)
        provider = self._providers.get(str(written.get("provider_config_key")), {})
        return self._provider_context(provider)

    def expressions(self, module: str, mode: str, type_: str, name: str) -> dict[str, Any]:
        """Return how a resource's arguments are written, by name."""
        found = self.written(module, mode, type_, name).get("expressions")
        return found if isinstance(found, dict) else {}

    def holds(self, module: str, mode: str, type_: str, name: str) -> bool:
        """Return whether it shows how a resource is written."""
        return bool(self.written(module, mode, type_, name))

    def variable(self, module: str, name: str) -> dict[str, Any]:
        """Return how a variable of a module is declared, {} where that is not known."""
        return _mapping(_mapping(self._module(module)[0].get("variables")).get(name))

    def argument(self, module: str, name: str) -> tuple[str, str, dict[str, Any]]:
        """Return the module that calls `module`, the name of the call, and how it gives the argument `name`."""
        parent, _, call = module.rpartition("module.")
        parent, call = parent.rstrip("."), without_instances(call)
        calls = _mapping(self._module(parent)[0].get("module_calls"))
        written = _mapping(_mapping(calls.get(call)).get("expressions"))
        return parent, call, _mapping(written.get(name))

    def written(self, module: str, mode: str, type_: str, name: str) -> dict[str, Any]:
        """Return how a resource is written, {} where that is not known."""
        _, resources = self._module(module)
        found = resources.get((mode, type_, name))
        return found if isinstance(found, dict) else {}

    def _module(self, address: str) -> tuple[dict[str, Any], dict[tuple[str, str, str], Any]]:
        if address not in self._modules:
            module = self._root
            for name in _calls(address):
                module = _mapping(_mapping(_mapping(module.get("module_calls")).get(name)).get("module"))
            stated = module.get("resources")
            resources = {
                (str(each.get("mode")), str(each.get("type")), str(each.get("name"))): each
                for each in (stated if isinstance(stated, list) else ())
                if isinstance(each, dict)
            }
            self._modules[address] = (module, resources)
        return self._modules[address]

    def targets(self, module: str, references: list[str], hops: int = 0) -> Iterator[tuple[str, str]]:
        """Yield the resources that references in a module lead to, as address and attribute ("" for none).

        Variables are followed to the call, outputs into the called module.
        """
        if hops > _MAX_HOPS:
            return
        for reference in longest(references):
            parts = without_instances(reference).split(".")
            if parts[0] == "var" and len(parts) > 1:
                yield from self._argument(module, parts[1], hops)
            elif parts[0] == "module" and len(parts) > 2:
                call = _CALL.match(reference)
                inner = f"{module}.{call[0] if call else f'module.{parts[1]}'}".lstrip(".")
                output = _mapping(_mapping(self._module(inner)[0].get("outputs")).get(parts[2]))
                yield from self.targets(inner, references_of(output.get("expression")), hops + 1)
            else:
                yield from self._resource(module, reference, parts)

    def _argument(self, module: str, name: str, hops: int) -> Iterator[tuple[str, str]]:
        if not module:
            return
        parent, _, written = self.argument(module, name)
        yield from self.targets(parent, references_of(written), hops + 1)

    def _resource(self, module: str, reference: str, parts: list[str]) -> Iterator[tuple[str, str]]:
        size = 3 if parts[0] == "data" else 2
        key = ("data" if size == 3 else "managed", *parts[size - 2 : size])
        if len(parts) < size or key not in self._module(module)[1]:
            return
        own = ".".join(parts[:size])
        index = re.match(re.escape(own) + r"(\[(?:\d+|\"[^\"]*\")\])", reference)
        address = f"{module}.{own}{index[1] if index else ''}".lstrip(".")
        yield address, ".".join(parts[size:])


def without_instances(address: str) -> str:
    """Return an address with every `[...]` taken out."""
    return replaced(address, "[", "]")


def references_of(expression: Any) -> list[str]:
    """Return what an expression refers to, [] where it refers to nothing or has another form."""
    references = _mapping(expression).get("references")
    return [each for each in references if isinstance(each, str)] if isinstance(references, list) else []


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def longest(references: list[str]) -> list[str]:
    """Return the references that are not the beginning of another: a plan lists `a.b.c` with `a.b` behind it."""
    begun = {each[: cut.start()] for each in references for cut in _STEP.finditer(each)}
    return [each for each in references if each not in begun]


def _calls(address: str) -> list[str]:
    """Return the call names of a module address, without instances."""
    bare = re.sub(r"\[\"(?:[^\"\\]|\\.)*\"\]|\[\d+\]", "", address)
    return re.findall(r"module\.([\w-]+)", bare)


def _constants(provider: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in _mapping(provider.get("expressions")).items():
        if isinstance(value, dict) and "constant_value" in value:
            yield name, value
