"""Deployments inside of deployments: nested and linked templates, and Bicep's modules.

A template is opened where it lies in the scanned tree. One that is somewhere else is a gap, told by name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from msgspec import Struct, field

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm import ids, passed
from tfaudit.sources.arm.frames import Declaration, Env, Frame, Given, Parameter, Source, Variable
from tfaudit.sources.arm.names import cased
from tfaudit.sources.arm.parts import settled
from tfaudit.sources.arm.syntax import Array, Literal, Object
from tfaudit.sources.arm.types import Type
from tfaudit.sources.arm.values import as_written, not_told

if TYPE_CHECKING:
    from tfaudit.sources.arm.evaluate import Evaluator
    from tfaudit.sources.arm.handles import Instance
    from tfaudit.sources.arm.parts import Handle
    from tfaudit.sources.arm.syntax import Call

_DEEPEST = 40
_OF_DEPLOYMENT = {
    each.lower(): each
    for each in ("template", "templateLink", "parameters", "parametersLink", "expressionEvaluationOptions")
}
_OF_EMPTY = frozenset({"mode", "template"})
_WITHOUT_RESOURCES = frozenset({"$schema", "contentVersion", "outputs", "resources"})
_SCOPES = ("inner", "outer", "notspecified")
_DEPLOYMENTS = "microsoft.resources/deployments"
_BESIDE = re.compile(
    r"\$\{uri\('?(?:\$\{)?(?:parameters\('_artifactsLocation'\)|deployment\(\)[^,']*)\}?'?, '([^'$]+)'\)\}"
)
"""What the quickstarts' convention comes to: a path relative to where the template itself lies.

github.com/Azure/azure-quickstart-templates/blob/master/1-CONTRIBUTION-GUIDE/best-practices.md, "_artifactsLocation"
"""


Faults: TypeAlias = list[tuple[Any, str]]
"""What of a template Resource Manager would not take: where it stands, and the sentence on it."""


class Template(Struct):
    """A template or a Bicep file as it is written, of which each deployment makes a frame."""

    source: Source
    kind: str = "group"
    parameters: dict[str, Parameter] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    functions: dict[str, Any] = field(default_factory=dict)
    declarations: list[Declaration] = field(default_factory=list)
    symbols: dict[str, Declaration] = field(default_factory=dict)
    outputs: dict[str, Any] = field(default_factory=dict)
    imports: list[Any] = field(default_factory=list)
    imported: dict[str, Any] = field(default_factory=dict)
    profile: str = ""
    faults: Faults = field(default_factory=list)
    types: dict[str, Type] = field(default_factory=dict)

    def frame(self, scope: ids.Scope, given: dict[str, Given]) -> Frame:
        """Return a deployment of it at `scope`, its parameters given."""
        made = Frame(
            self.source,
            scope,
            self.parameters,
            self.variables,
            {},
            self.declarations,
            self.symbols,
            self.outputs,
            given,
        )
        # One that is imported brings the frame of its own file with it.
        made.functions = {
            name: own if len(own) == 3 else (made, *own) for name, own in self.functions.items()
        }
        made.imported = self.imported
        made.profile = self.profile
        return made


class Loads(Protocol):
    """Opens what a deployment names: templates and other files of the tree."""

    def open(self, path: str, source: Source) -> Template | Unresolved:
        """Return the template at `path`, seen from the file that names it; or why it is not read."""
        ...

    def inline(self, value: Mapping[str, Any], source: Source, spot: tuple[Any, ...]) -> Template:
        """Return a template that stands inside of another, at `spot` of it."""
        ...

    def content(self, node: Call, arguments: list[Any], env: Env) -> Any:
        """Return what a function makes of a file that its arguments name."""
        ...


def env_of(frame: Frame) -> Env:
    """Return what the resources of a frame are evaluated with: an inline template's, as its parent's are."""
    inline: Env | None = frame.known.get("env")
    return inline or Env(frame)


class Deployed(Protocol):
    """What unfolding asks of everything that is deployed together: `world.World` has it."""

    evaluator: Evaluator
    load: Loads

    def handle(self, declaration: Declaration, env: Env) -> Handle:
        """Return what a symbol stands for: one resource or deployment, or those of a loop."""
        ...

    def handle_of(self, instance: Instance) -> Handle:
        """Return how expressions see an instance."""
        ...

    def scope_id(self, instance: Instance) -> str:
        """Return the id of where a deployment goes, whatever it is called."""
        ...


def opened(instance: Instance, world: Deployed) -> Frame | Unresolved:
    """Return the frame of a nested deployment or module, or why it is not read."""
    frame = instance.frame
    if frame.depth >= _DEEPEST:
        return Unresolved("modules are nested too deep, or in a circle", "take one of them out")
    found = _module(instance, world) if instance.declaration.module else _nested(instance, world)
    if isinstance(found, Unresolved):
        return found
    found.address = instance.address
    found.depth = frame.depth + 1
    found.outer = found.outer or frame
    found.instance = instance
    return found


def _module(instance: Instance, world: Deployed) -> Frame | Unresolved:
    declaration = instance.declaration
    template = world.load.open(declaration.module, instance.frame.source)
    if isinstance(template, Unresolved):
        return template
    if template.source.language == "bicep" and _is_inside(instance.frame, template.source.name):
        return Unresolved(
            f"the module {template.source.name[:120]} deploys itself, in a circle",
            "take one module of the circle out",
        )
    scope = ids.scope_of(world.scope_id(instance)) or instance.frame.scope
    return template.frame(_deployed(template.kind, scope), passed.to_module(instance, world))


def deploys_nothing(declaration: Declaration) -> bool:
    """Whether the template of a nested deployment is written out in Bicep and declares nothing.

    Each module of the public registry has one, which only tells Azure that somebody uses it.
    """
    known = declaration.nothing
    if known is None:
        known = declaration.nothing = not declaration.module and _is_empty(declaration.body)
    return known


def _is_empty(body: Any) -> bool:
    properties = _written_out(_written_out(body).get("properties"))
    template = _written_out(properties.get("template"))
    resources = template.get("resources")
    return (
        isinstance(resources, Array)
        and not resources.items
        and properties.keys() <= _OF_EMPTY
        and template.keys() <= _WITHOUT_RESOURCES
        and ("outputs" not in template or isinstance(template["outputs"], Object))
    )


def _written_out(node: Any) -> dict[str, Any]:
    """Return the members of an object by their names; none where one of these has to be evaluated."""
    found: dict[str, Any] = {}
    for each in node.members if isinstance(node, Object) else ():
        if not isinstance(each.key, Literal):
            return {}
        found[str(each.key.value)] = each.value
    return found


def _is_inside(frame: Frame | None, name: str) -> bool:
    """Whether a frame is one of the file `name`, or within one."""
    while frame is not None:
        if frame.source.name == name:
            return True
        frame = frame.outer
    return False


def _deployed(kind: str, scope: ids.Scope) -> ids.Scope:
    return scope if scope.kind == kind else scope.of_kind(kind)


def _nested(instance: Instance, world: Deployed) -> Frame | Unresolved:
    evaluator, body = world.evaluator, _written(instance, world)
    written = body.get("properties")
    properties = cased(written, _OF_DEPLOYMENT) if isinstance(written, dict) else {}
    inline, link = properties.get("template"), properties.get("templateLink")
    is_value = isinstance(inline, str) or instance.frame.source.language == "bicep"
    if isinstance(inline, str):
        inline = settled(evaluator.value(inline, instance.env))
    if isinstance(inline, dict):
        return _inline(inline, properties, instance, world, is_value=is_value)
    if isinstance(inline, (Unresolved, Reference)):
        why = not_told(inline, "")
        because = f"the template of {as_written(instance.name)[:80]} is not known: {why.because}"
        return Unresolved(because, why.settle_with)
    if not isinstance(link, dict):
        return Unresolved(f"the deployment {as_written(instance.name)[:80]} has no template", "mend it")
    target = _linked(link, instance, world)
    if isinstance(target, Unresolved):
        return target
    linked = world.load.open(target, instance.frame.source)
    if isinstance(linked, Unresolved):
        return linked
    given = passed.to_template(properties, instance, world)
    return linked.frame(_deployed(linked.kind, _scope(instance, world)), given)


def _inline(
    inline: dict[str, Any],
    properties: Mapping[str, Any],
    instance: Instance,
    world: Deployed,
    *,
    is_value: bool,
) -> Frame | Unresolved:
    """Return the frame of a template that stands inside of another; of a value no part has a place of its own."""
    source, spot = instance.frame.source, (*instance.declaration.spot, "properties", "template")
    if is_value:
        here = source.place(instance.declaration.spot)
        source = Source(source.name, lambda _: here)
    template = world.load.inline(inline, source, spot)
    for _, because in template.faults[:1]:
        return Unresolved(
            f"the template of {as_written(instance.name)[:80]} is not read: {because}", "mend it"
        )
    inner = _is_inner(properties.get("expressionEvaluationOptions"), instance, world)
    if isinstance(inner, Unresolved):
        return inner
    found = template.frame(_scope(instance, world), passed.to_template(properties, instance, world))
    if not inner:
        found.known["env"] = instance.env
        found.outer = instance.frame
    return found


def _is_inner(options: Any, instance: Instance, world: Deployed) -> bool | Unresolved:
    """Return whether expressions of a nested template are evaluated in its own scope, and not in that around it."""
    if not isinstance(options, dict):
        return False
    stated = as_written(world.evaluator.value(options.get("scope", "outer"), instance.env))
    if stated.lower() not in _SCOPES:
        because = f"expressions of {as_written(instance.name)[:80]} have the scope {stated[:40]}"
        return Unresolved(f"{because}, which is neither inner nor outer", "mend it")
    return stated.lower() == "inner"


def _written(instance: Instance, world: Deployed) -> Mapping[str, Any]:
    """Return a deployment as it is written; one of Bicep as the value that it is."""
    body = instance.declaration.body
    if isinstance(body, Object) and all(isinstance(each.key, Literal) for each in body.members):
        # Its name is no matter here.
        named = tuple(each for each in body.members if getattr(each.key, "value", "") == "properties")
        body = Object(named, body.at)
    if not isinstance(body, dict):
        body = settled(world.evaluator.value(body, instance.env))
    return body if isinstance(body, dict) else {}


def _linked(link: Mapping[str, Any], instance: Instance, world: Deployed) -> str | Unresolved:
    """Return the path of a linked template, relative to the one that links it; or why it is not read."""
    relative = world.evaluator.value(link.get("relativePath"), instance.env)
    if isinstance(relative, str):
        return relative
    address = world.evaluator.value(link.get("uri", link.get("id")), instance.env)
    text = as_written(address)
    beside = _BESIDE.fullmatch(text)
    if beside:
        return beside[1].partition("?")[0]
    what = "template spec" if "id" in link and "uri" not in link else "template"
    return Unresolved(
        f"the linked {what} {text[:120]} is not in the scanned tree",
        "put it there and name it by relativePath, or scan it by itself",
    )


def _scope(instance: Instance, world: Deployed) -> ids.Scope:
    """Return where a nested deployment goes."""
    frame, declaration = instance.frame, instance.declaration
    explicit = ids.scope_of(world.scope_id(instance)) if declaration.scope is not None else None
    return explicit or scope_of(declaration, frame, instance.env, world) or frame.scope


def scope_of(declaration: Declaration, frame: Frame, env: Env, world: Deployed) -> ids.Scope | None:
    """Return the group or subscription that a nested deployment of a template names; None where it names none."""
    body = declaration.body
    if not isinstance(body, dict) or declaration.type.lower() != _DEPLOYMENTS:
        return None
    subscription, group = (
        world.evaluator.value(body.get(each), env) for each in ("subscriptionId", "resourceGroup")
    )
    if subscription is None and group is None:
        return None
    scope = frame.scope
    if subscription is not None:
        scope = ids.Scope("subscription", as_written(subscription))
    return scope if group is None else ids.Scope("group", scope.subscription, as_written(group))


@lru_cache(maxsize=8192)  # each deployment of a file names the same ones
def path_beside(name: str, relative: str) -> str:
    """Return the path of a file of the tree that `relative` names, seen from the file `name`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), relative.replace("\\", "/")))
