"""Modules as they are written, and as they are called: variables, locals, outputs, instances and what names lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any, TypeAlias

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.terraform.hcl.frame import Exhausted, Frame
from tfaudit.sources.terraform.hcl.instances import Instance, counted, keyed
from tfaudit.sources.terraform.hcl.module_places import Absent, Call, is_local, without_credentials
from tfaudit.sources.terraform.hcl.modules import Module
from tfaudit.sources.terraform.hcl.run import Missing, Run
from tfaudit.sources.terraform.hcl.syntax import Block, source_text
from tfaudit.sources.terraform.hcl.values import (
    ABSENT,
    SETTLE_APPLY,
    Circular,
    Failed,
    Maybe,
    literal,
    pointers,
    text_of,
)
from tfaudit.sources.terraform.hcl.variables import variable

_OWN_ARGUMENTS = frozenset({"name", "name_prefix", "identifier", "description", "tags"})
"""Arguments whose texts are what a module calls its own; another thing may well be called the same."""
_META_ARGUMENTS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})
MAX_SCOPES = 5_000

Made: TypeAlias = "tuple[Scope, Block, dict[str, Any]]"
"""One instance of a block: the scope that declares it, the block, and the names that hold for the instance."""


class Scope:
    """A module as one call makes it. `prefix` is its address with a dot at the end, "" for the root."""

    def __init__(
        self,
        run: Run,
        module: Module,
        prefix: str = "",
        call: Made | None = None,
        key: str = "",
    ) -> None:
        """Bind a module to its call; `key` is its dotted path of call names."""
        run.scopes += 1
        if run.scopes > MAX_SCOPES:
            raise Exhausted
        self.run = run
        self.module = module
        self.prefix = prefix
        self.call = call
        self.key = key
        self.frame = Frame(self, {})
        self._memo: dict[tuple[str, str], Any] = {}

    def name(self, name: str, steps: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return what a root name with its first steps means, and the steps left."""
        first = steps[0][1] if steps and steps[0][0] == "attr" else ""
        if name in ("var", "local", "module") and first:
            return self._kept(name, first), steps[1:]
        if name == "data" and len(steps) > 1 and steps[1][0] == "attr":
            return self._kept(f"data.{first}", steps[1][1]), steps[2:]
        if name == "path":
            here = posixpath.relpath(self.module.folder or ".", self.root_folder() or ".")
            value = {"module": here, "root": "."}.get(first)
            return value or Unresolved("the working folder is not known", SETTLE_APPLY), steps[1:]
        if name == "terraform" and first == "workspace":
            return self.run.workspace, steps[1:]
        if name in ("each", "count", "self") or not first:
            return Unresolved(f"{name} has no value here", SETTLE_APPLY, name), ()
        return self._kept(name, first), steps[1:]

    def _kept(self, kind: str, name: str) -> Any:
        key = (kind, name)
        if key not in self._memo:
            compute = {"var": self._variable, "local": self._local, "module": self._called}.get(kind)
            stated = f"{kind}.{name}"

            def value() -> Any:
                return compute(name) if compute else self._resource(kind, name)

            found = self.run.once((id(self), *key), value, stated)
            if key in self._memo or isinstance(found, Circular):
                return found
            self._memo[key] = found
        return self._memo[key]

    def is_evaluated(self, kind: str, name: str) -> bool:
        """Whether somebody has asked for `var.name`, `local.name` or `module.name`."""
        return (kind, name) in self._memo

    def evaluated(self, kind: str, name: str) -> Any:
        """Return the value of `var.name`, `local.name` or `module.name` if it has been asked for, else None."""
        return self._memo.get((kind, name))

    def given(self, name: str) -> Any:
        """Return what a variable is given from outside or by the call, `ABSENT` for nothing."""
        if self.call is None:
            return self.run.variables.get(name, ABSENT)
        caller, block, names = self.call
        argument = block.attributes.get(name)
        return ABSENT if argument is None else Frame(caller, names).value(argument[1])

    def _variable(self, name: str) -> Any:
        return variable(self, name)

    def _local(self, name: str) -> Any:
        expression = self.module.locals.get(name)
        if expression is None:
            return Unresolved(f"local.{name} is not declared in this module", "declare it", f"local.{name}")
        return self.frame.value(expression)

    def _resource(self, type_: str, name: str) -> Any:
        base = f"{self.prefix}{type_}.{name}"
        block = self.module.named.get((type_, name))
        if block is None:
            return Reference(base)
        instances = self.instances(block)
        for suffix, names in instances:
            self.run.targets.setdefault(base + suffix, (self, block, names))
        if not instances:
            return {} if "for_each" in block.attributes else []
        suffix, names = instances[0]
        if len(instances) == 1 and (
            not names or suffix == "[*]" or isinstance(names.get("count", {}).get("index"), Unresolved)
        ):
            return Reference(base + suffix)
        if "count" in names:
            found = [Reference(base + suffix) for suffix, _ in instances]
            return Maybe(found) if names["count"].get("maybe") else found
        if any(suffix == "[*]" for suffix, _ in instances):
            return Reference(base)
        return {inner["each"]["key"]: Reference(base + suffix) for suffix, inner in instances}

    def instances(self, block: Block) -> list[Instance]:
        """Return the instances of a resource or module block; `[*]` stands for those that are not known."""
        key = ("instances", str(id(block)))
        if key not in self._memo:
            self._memo[key] = list(self._expand(block))
        return self._memo[key]  # type: ignore[no-any-return]

    def _expand(self, block: Block) -> Iterator[Instance]:
        count, each = block.attributes.get("count"), block.attributes.get("for_each")
        if count is None and each is None:
            yield "", {}
            return
        kind = f"{block.type}." if block.type in ("data", "module") else ""
        name = f"{self.prefix}{kind}{'.'.join(block.labels)}"
        expression = (count or each)[1]  # type: ignore[index]
        value = self.run.once((id(self), id(block)), lambda: self.frame.value(expression), name)
        if count is not None:
            yield from counted(value, expression)
        else:
            yield from keyed(value)

    def _called(self, name: str) -> Any:
        call = self.module.calls.get(name)
        if call is None:
            return Unresolved(f"module.{name} is not declared in this module", "declare it", f"module.{name}")
        found = self._target(call)
        if isinstance(found, Missing):
            if not list(self.instances(call)):  # whatever it is, nothing of it exists
                return {} if "for_each" in call.attributes else []
            place = (call.text.origin, call.start)
            if place not in self.run.missing:
                self.run.missing[place] = found
                self._give(call, name)
            return Unresolved(found.because, found.settle_with, f"module.{name}")
        children: dict[Any, ModuleValue] = {}
        names: dict[str, Any] = {}
        for suffix, names in self.instances(call):
            scope = Scope(
                self.run,
                found,
                f"{self.prefix}module.{name}{suffix}.",
                (self, call, names),
                f"{self.key}.{name}".lstrip("."),
            )
            children[names["each"]["key"] if "each" in names else suffix] = ModuleValue(scope)
        if not children:
            return {} if "for_each" in call.attributes else []
        if not names or "[*]" in children or any(isinstance(key, Unresolved) for key in children):
            return next(iter(children.values()))
        return list(children.values()) if "count" in names else children

    def _give(self, call: Block, name: str) -> None:
        """Note what a module that is not there is given: it may add to that whatever it likes."""
        for argument, (_, expression) in call.attributes.items():
            if argument not in _META_ARGUMENTS:
                texts = argument not in _OWN_ARGUMENTS
                for each in pointers(self.frame.value(expression), texts=texts):
                    self.run.given.setdefault(each, f"{self.prefix}module.{name}")

    def children(self) -> Iterator[Scope]:
        """Yield the scopes of all called modules that are there; what is missing is noted in the run."""
        for name in self.module.calls:
            value = self._kept("module", name)
            values = (
                value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
            )
            for each in values:
                if isinstance(each, ModuleValue):
                    yield each.scope

    def _target(self, call: Block) -> Module | Missing:
        name = call.labels[0]
        source, version = (self._written(call, each) for each in ("source", "version"))
        if not source:
            return Missing(call, f'module "{name}" has no source that is known', "give it a literal source")
        key = f"{self.key}.{name}".lstrip(".")
        found = self.run.places.of(Call(source, version, self.module.folder, key))
        comes = f'module "{name}" comes from "{without_credentials(source)}"'
        if isinstance(found, Absent):
            shared = source if not is_local(source) else ""
            return Missing(call, f"{comes}{found.joint}{found.because}", found.settle_with, shared)
        chain = list(self._chain())
        if found.folder in chain:
            round_ = (*reversed(chain[: chain.index(found.folder) + 1]), found.folder)
            loop = " -> ".join(each or "." for each in round_)
            return Missing(call, f'module "{name}" calls itself in a circle: {loop}', "break the circle")
        module = self.run.load(found.folder)
        if module is None:
            because = f"{comes}, and no Terraform file is there"
            return Missing(call, because, "mend the source, or scan the folder that holds both")
        if found.note:
            noted = f'"{without_credentials(source)}" {found.note}'
            self.run.notes.setdefault((call.text.origin, call.start), (call, noted, source))
        return module

    @staticmethod
    def _written(call: Block, attribute: str) -> str:
        found = call.attributes.get(attribute)
        value = literal(found[1]) if found else ""
        return value if isinstance(value, str) else ""

    def root_folder(self) -> str:
        """Return the folder of the root module in the tree, "" for its top."""
        return list(self._chain())[-1]

    def calls(self) -> Iterator[Block]:
        """Yield the module calls that this scope is made by, innermost first."""
        scope = self
        while scope.call is not None:
            scope, block, _ = scope.call
            yield block

    def _chain(self) -> Iterator[str]:
        scope: Scope | None = self
        while scope is not None:
            yield scope.module.folder
            scope = scope.call[0] if scope.call else None

    def region(self, provider: str, alias: str = "") -> str:
        """Return the literal region of a provider's configuration as this module sees it, "" where it is not known."""
        for block in self.module.providers:
            written = block.attributes.get("alias")
            if block.labels[0] == provider and (literal(written[1]) if written else "") == alias:
                region = block.attributes.get("region")
                value = self.frame.value(region[1]) if region else ""
                return value if isinstance(value, str) else ""
        if self.call is None:
            return ""
        caller, block, _ = self.call
        passed = block.attributes.get("providers")
        for key, value in passed[1][4] if passed and passed[1][0] == "object" else ():
            if source_text(key).strip('"') == (f"{provider}.{alias}" if alias else provider):
                name, _, other = source_text(value).strip('"').partition(".")
                return caller.region(name, other)
        return caller.region(provider, alias) if not alias else ""

    def version(self, provider: str) -> str:
        """Return the version constraint of a provider, this module's or its caller's; "" for none."""
        stated = self.module.versions.get(provider, "")
        return stated or (self.call[0].version(provider) if self.call else "")


class ModuleValue:
    """What `module.name` is in an expression: its outputs, evaluated when asked for."""

    __slots__ = ("scope",)

    def __init__(self, scope: Scope) -> None:
        """Stand for the outputs of `scope`."""
        self.scope = scope

    def output(self, key: Any) -> Any:
        """Return the value of one output."""
        name = text_of(key)
        block = self.scope.module.outputs.get(name)
        found = block.attributes.get("value") if block is not None else None
        if found is None:
            return Failed(f"{self.scope.prefix[:-1]} has no output {name}", "mend the expression")
        stated = f"{self.scope.prefix}{name}"
        return self.scope.run.once(
            (id(self.scope), "output", name), lambda: self.scope.frame.value(found[1]), stated
        )
