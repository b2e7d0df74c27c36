"""What functions ask of everything that is deployed together: resources, scopes, other deployments."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm import ids
from tfaudit.sources.arm.evaluate import Evaluator
from tfaudit.sources.arm.handles import DeploymentHandle, ResourceHandle, Several, id_value
from tfaudit.sources.arm.instances import Instances, Made
from tfaudit.sources.arm.parts import Handle, settled
from tfaudit.sources.arm.syntax import Call, Literal, Name
from tfaudit.sources.arm.values import LIVE, as_text, as_written, called, mend, not_told

if TYPE_CHECKING:
    from tfaudit.sources.arm.frames import Declaration, Env, Frame
    from tfaudit.sources.arm.handles import Instance
    from tfaudit.sources.arm.nesting import Loads

_LISTS = "list"
_AT_DEPLOYMENT = "it is known only at deployment"


class World:
    """Answers what the functions of one root deployment ask; `load` opens a template of the tree by its name."""

    def __init__(self, nodes: int, load: Loads, looked_into: Callable[[str], bool] | None = None) -> None:
        """Start with nothing; a root may unfold to so many values.

        `looked_into` tells of which types somebody looks into the resources, None for all.
        """
        self._looked_into = looked_into
        self.evaluator = Evaluator(self, nodes)
        self.load = load
        self.instances = Instances(self)
        self.empty: list[str] = []
        """What is declared, and made by no turn of a loop or under no condition that holds."""

    def looks_into(self, type_: str) -> bool:
        """Whether somebody looks into resources of a type, in small letters."""
        return self._looked_into is None or self._looked_into(type_)

    # What the evaluator asks.

    def function(self, key: str) -> Callable[[Call, Env], Any] | None:
        """Return what evaluates a call of a function that asks for more than its arguments; None for no such one."""
        method = _METHODS.get(key)
        if method is None:
            return self._secret if key.startswith(_LISTS) else None
        found: Callable[[Call, Env], Any] = getattr(self, method)
        return found

    def handle(self, declaration: Declaration, env: Env) -> Handle:
        """Return what a symbol stands for: one resource or deployment, or those of a loop."""
        made = self.instances.of(declaration, env.frame)
        if made.handle is None:
            made.handle = self._handle(declaration, made)
        return made.handle

    def _handle(self, declaration: Declaration, made: Made) -> Handle:
        handles: list[Handle] = [self.handle_of(each) for each in made.instances]
        if declaration.copy is not None:
            return Several(declaration.symbol, handles, made.unclear)
        return handles[0] if handles else Several(declaration.symbol, [], made.unclear)

    def handle_of(self, instance: Instance) -> Handle:
        """Return how expressions see an instance."""
        if instance.is_deployment:
            return DeploymentHandle(instance, self)
        return ResourceHandle(instance)

    def scope_id(self, instance: Instance) -> str:
        """Return the id of where a deployment goes, whatever it is called."""
        return self.instances.scope_id(instance)

    def inside(self, base: Handle, name: str) -> Any:
        """Return the resource called `name` that is declared inside another."""
        if isinstance(base, ResourceHandle):
            for each in base.instance.declaration.children:
                if each.symbol == name:
                    made = self.instances.of(each, base.instance.frame, base.instance)
                    if made.handle is None:
                        made.handle = self._handle(each, made)
                    return made.handle
        return mend(f"nothing inside of it is called {name[:80]}")

    def beside(self, name: str, env: Env) -> Any:
        """Return the resource called `name` that is declared inside of one in which `env` stands; None for none.

        learn.microsoft.com/azure/azure-resource-manager/bicep/child-resource-name-type: what is declared inside of a
        resource is known by its symbol in all of it.
        """
        around = env.instance
        while around is not None:
            if any(each.symbol == name for each in around.declaration.children):
                return self.inside(self.handle_of(around), name)
            around = around.parent
        return None

    def method(self, node: Call, env: Env) -> Any:
        """Return what a function that is called of something gives: of a resource a secret, of an import its own."""
        if isinstance(node.of, Name) and node.of.name in env.frame.imported:
            space = env.frame.imported[node.of.name]
            if isinstance(space, Unresolved):
                return space
            function = space.function(node.name)
            if function is not None:
                frame, names, body = function
                values = [settled(self.evaluator.value(each, env)) for each in node.arguments]
                return self.evaluator.value(body, type(env)(frame, dict(zip(names, values, strict=False))))
        of = settled(self.evaluator.value(node.of, env))
        shown = [settled(self.evaluator.value(each, env)) for each in node.arguments]
        if node.name.lower() == "getsecret":
            return Unresolved(
                "it is read from a vault at deployment", LIVE, called("getSecret", [of, *shown])
            )
        return Unresolved(_AT_DEPLOYMENT, LIVE, called(node.name, [of, *shown]))

    def opened(self, instance: Instance) -> Frame | None:
        """Return the frame of a deployment; None where it is not read."""
        return self.instances.opened(instance)

    # The functions, by what they are called.

    def _values(self, node: Call, env: Env) -> list[Any]:
        return [settled(self.evaluator.value(each, env)) for each in node.arguments]

    def _parameters(self, node: Call, env: Env) -> Any:
        return self._of_name(node, env, self.evaluator.parameter)

    def _variables(self, node: Call, env: Env) -> Any:
        return self._of_name(node, env, self.evaluator.variable)

    def _of_name(self, node: Call, env: Env, tell: Callable[[Frame, str], Any]) -> Any:
        name = next(iter(self._values(node, env)), None)
        if isinstance(name, Unresolved):
            return name
        key = str(name)
        return (
            env.words[key] if key in env.words and tell == self.evaluator.parameter else tell(env.frame, key)
        )

    def _words(self, node: Call, env: Env) -> Any:
        name = as_text(next(iter(self._values(node, env)), ""))
        return env.words[name] if name in env.words else mend(f"no lambda has a word {str(name)[:80]}")

    def _turn(self, node: Call, env: Env) -> Any:
        values = self._values(node, env)
        name = str(values.pop(0)) if values and isinstance(values[0], str) else ""
        found = env.turns.get(name.lower())
        if found is None:
            return mend(f"there is no loop {name[:80]} here")
        more = values[0] if values else 0
        if isinstance(found, Unresolved) or isinstance(more, Unresolved):
            return found if isinstance(found, Unresolved) else more
        return found + more if isinstance(more, int) else mend("copyIndex wants a number")

    def _same(self, node: Call, env: Env) -> Any:
        return self.evaluator.value(node.arguments[0], env) if node.arguments else None

    def _resource_group(self, node: Call, env: Env) -> Any:
        scope = env.frame.scope
        values = [as_written(each) for each in self._values(node, env)]
        if values:
            group = values[-1]
            subscription = values[0] if len(values) > 1 else scope.subscription
            scope = ids.Scope("group", subscription, group)
        return self._scope_object(scope.of_kind("group"), scope.group, {"location", "tags", "managedBy"})

    def _subscription(self, node: Call, env: Env) -> Any:
        values = [as_written(each) for each in self._values(node, env)]
        scope = ids.Scope("subscription", values[0] if values else env.frame.scope.subscription)
        found = self._scope_object(scope, scope.subscription, {"displayName", "tenantId"})
        return {**found, "subscriptionId": found["name"]}

    def _management_group(self, node: Call, env: Env) -> Any:
        values = [as_written(each) for each in self._values(node, env)]
        name = values[0] if values else env.frame.scope.management_group
        return self._scope_object(ids.Scope("management_group", management_group=name), name, {"properties"})

    def _tenant(self, _node: Call, _env: Env) -> Any:
        found = self._scope_object(ids.Scope("tenant"), ids.TENANT, {"displayName", "countryCode"})
        return {**found, "id": "/", "tenantId": found["name"]}

    @staticmethod
    def _scope_object(scope: ids.Scope, name: str, others: set[str]) -> dict[str, Any]:
        word = {"group": "resourceGroup", "management_group": "managementGroup"}.get(scope.kind, scope.kind)
        because = f"the {word} is chosen at deployment"
        shown = Unresolved(because, LIVE, name) if "${" in name else name
        found: dict[str, Any] = {"id": scope.id, "name": shown}
        return found | {each: Unresolved(because, LIVE, f"${{{word}().{each}}}") for each in sorted(others)}

    def _resource_id(self, node: Call, env: Env) -> Any:
        """Return an id by type and names, before them a group, or a subscription and a group."""
        given = self._values(node, env)
        stated, values = _parted(given)
        if not values:
            return not_told(_open(given), called(node.name, given))
        scope, before = env.frame.scope, [as_written(each) for each in stated]
        if before:
            scope = ids.Scope("group", before[0] if len(before) > 1 else scope.subscription, before[-1])
        elif scope.kind == "management_group":
            scope = ids.Scope("tenant")
        return self._id(scope.id, *_type_and_names(values))

    def _subscription_id(self, node: Call, env: Env) -> Any:
        before, values = _parted(self._values(node, env))
        subscription = as_written(before[0]) if before else env.frame.scope.subscription
        return self._id(ids.Scope("subscription", subscription).id, *_type_and_names(values))

    def _tenant_id(self, node: Call, env: Env) -> Any:
        return self._id("", *_type_and_names(self._values(node, env)))

    def _management_group_id(self, node: Call, env: Env) -> Any:
        before, values = _parted(self._values(node, env))
        name = as_written(before[0]) if before else env.frame.scope.management_group
        return self._id(ids.Scope("management_group", management_group=name).id, *_type_and_names(values))

    def _extension_id(self, node: Call, env: Env) -> Any:
        base, *rest = self._values(node, env) or [""]
        return self._id(as_written(base), *_type_and_names(rest))

    @staticmethod
    def _id(scope: str, type_: Any, names: list[Any]) -> Any:
        if not isinstance(type_, str):
            return not_told(_open([type_]), called("resourceId", [type_, *names]))
        written = [as_written(each) for each in names]
        return (
            id_value(ids.resource_id(scope.rstrip("/"), type_, written))
            if written
            else mend("the id has no name")
        )

    def _reference(self, node: Call, env: Env) -> Any:
        """Return what Azure tells of a resource, or the outputs of a deployment."""
        first = node.arguments[0] if node.arguments else Literal("")
        what = self.evaluator.value(first, env)
        handle = what if isinstance(what, Handle) else self.instances.found(settled(what), env)
        if handle is None:
            return Unresolved(
                "the resource is declared elsewhere", LIVE, called("reference", [settled(what)])
            )
        if isinstance(handle, ResourceHandle):
            full = len(node.arguments) > 2
            return handle if full else handle.get("properties")
        return handle

    def _resource_info(self, node: Call, env: Env) -> Any:
        name = as_text(next(iter(self._values(node, env)), ""))
        found = env.frame.symbols.get(name)
        return self.handle(found, env) if found is not None else mend(f"nothing is called {name[:80]}")

    def _deployment(self, _node: Call, env: Env) -> Any:
        open_ = Unresolved(_AT_DEPLOYMENT, LIVE, "${deployment()}")
        frame = env.frame
        frame.single = True
        name = (frame.instance.name if frame.instance is not None else "") or not_told(
            open_, "${deployment().name}"
        )
        return {"name": name, "location": open_, "properties": not_told(open_, "${deployment().properties}")}

    def _secret(self, node: Call, env: Env) -> Any:
        because = "it is a secret that only Azure tells"
        return Unresolved(because, LIVE, called(node.name, self._values(node, env)))

    def _at_deployment(self, node: Call, env: Env) -> Any:
        return Unresolved(_AT_DEPLOYMENT, LIVE, called(node.name, self._values(node, env)))

    def _file(self, node: Call, env: Env) -> Any:
        return self.load.content(node, self._values(node, env), env)

    def _name_of(self, node: Call, _env: Env) -> Any:
        argument = node.arguments[0] if node.arguments else None
        return str(getattr(argument, "name", getattr(getattr(argument, "key", None), "value", "")))


def _parted(values: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return what stands before the type in the arguments of an id, which says where, and the type with the names."""
    at = next((at for at, each in enumerate(values) if isinstance(each, str) and "/" in each), len(values))
    return values[:at], values[at:]


def _type_and_names(values: list[Any]) -> tuple[Any, list[Any]]:
    return (values[0], values[1:]) if values else ("", [])


def _open(values: list[Any]) -> Unresolved | Reference:
    found = next((each for each in values if isinstance(each, (Unresolved, Reference))), None)
    return found or mend("there is no type of a resource")


_METHODS = {
    "any": "_same",
    "copyindex": "_turn",
    "deployer": "_at_deployment",
    "deployment": "_deployment",
    "environment": "_at_deployment",
    "extensionresourceid": "_extension_id",
    "externalinput": "_at_deployment",
    "getsecret": "_secret",
    "lambdavariables": "_words",
    "loaddirectoryfileinfo": "_file",
    "loadfileasbase64": "_file",
    "loadjsoncontent": "_file",
    "loadtextcontent": "_file",
    "loadyamlcontent": "_file",
    "managementgroup": "_management_group",
    "managementgroupresourceid": "_management_group_id",
    "nameof": "_name_of",
    "newguid": "_at_deployment",
    "parameters": "_parameters",
    "pickzones": "_at_deployment",
    "providers": "_at_deployment",
    "readenvironmentvariable": "_at_deployment",
    "reference": "_reference",
    "references": "_at_deployment",
    "resourcegroup": "_resource_group",
    "resourceid": "_resource_id",
    "resourceinfo": "_resource_info",
    "subscription": "_subscription",
    "subscriptionresourceid": "_subscription_id",
    "tenant": "_tenant",
    "tenantresourceid": "_tenant_id",
    "tologicalzone": "_at_deployment",
    "tologicalzones": "_at_deployment",
    "tophysicalzone": "_at_deployment",
    "tophysicalzones": "_at_deployment",
    "uniquestring": "_at_deployment",
    "utcnow": "_at_deployment",
    "variables": "_variables",
}
"""Functions that ask for more than their arguments, and the methods of `World` that evaluate them."""
