"""What declarations make: one resource or deployment each, or one for each turn of a loop; their names and ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tfaudit.model.digests import digest
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.sources.arm import ids, nesting
from tfaudit.sources.arm.frames import Copy, Declaration, Env, Frame
from tfaudit.sources.arm.handles import Instance, Placed, ResourceHandle
from tfaudit.sources.arm.parts import Handle, settled
from tfaudit.sources.arm.values import as_text, as_written, mend, not_told

_MOST_TURNS = 800
_MARK = 6
_AT_SUBSCRIPTION = frozenset({"microsoft.resources/resourcegroups", "microsoft.subscription/aliases"})
_AT_TENANT = frozenset({"microsoft.management/managementgroups", "microsoft.resources/subscriptions"})


class Made(Struct):
    """What a declaration makes; `unclear` says why their number is not known, `handle` is how expressions see it."""

    instances: list[Instance]
    unclear: Unresolved | None = None
    handle: Handle | None = None


class Instances:
    """Makes each instance once."""

    def __init__(self, world: nesting.Deployed) -> None:
        """Evaluate by the evaluator of `world`."""
        self._world = world
        self._unnamed: dict[str, int] = {}
        self._looking: set[int] = set()

    def of(self, declaration: Declaration, frame: Frame, parent: Instance | None = None) -> Made:
        """Return what `declaration`, which is one of `frame`, makes; inside of `parent` where it stands in one."""
        if declaration.within is not None and parent is None:
            above = self.of(declaration.within, frame)
            made = [self.of(declaration, frame, each) for each in above.instances]
            whole = [one for each in made for one in each.instances]
            return Made(whole, above.unclear or next((each.unclear for each in made if each.unclear), None))
        key = (id(declaration), id(parent) if parent else 0)
        found = frame.made.get(key)
        if found is None:
            frame.made[key] = Made([])  # what refers to itself meets nothing
            found = frame.made[key] = self._made(declaration, frame, parent)
        return found

    def all_of(self, frame: Frame, *, existing: bool = True) -> Iterator[Instance]:
        """Yield the instances of all declarations of a frame, those inside of others behind them.

        What is `existing` elsewhere is left out on demand, unless something is declared inside of it.
        """
        existing = existing or frame.source.language != "bicep"
        for each in frame.declarations:
            if each.existing and not existing and not each.children:
                continue
            yield from self._with_children(each, frame, None)

    def _with_children(
        self, declaration: Declaration, frame: Frame, parent: Instance | None
    ) -> Iterator[Instance]:
        for each in self.of(declaration, frame, parent).instances:
            yield each
            for child in declaration.children:
                yield from self._with_children(child, frame, each)

    def found(self, what: Any, env: Env) -> Handle | None:
        """Return what a name, a symbol or an id in `reference` stands for; None where it is not declared here."""
        text = as_written(what)
        frame: Frame | None = env.frame
        while frame is not None:
            symbol = frame.symbols.get(text)
            if symbol is not None:
                return self._world.handle(symbol, Env(frame))
            if id(frame) not in self._looking:
                self._looking.add(id(frame))
                try:
                    lower = text.lower()
                    type_ = ids.type_of(lower) if lower.startswith("/") else ""
                    for each in self.all_of(frame):
                        declared = each.declaration.type.lower()
                        if type_ and declared != type_ and "/providers/" not in declared:
                            continue
                        if each.id.lower() == lower or "/".join(each.names).lower() == lower:
                            return self._world.handle_of(each)
                finally:
                    self._looking.discard(id(frame))
            frame = frame.outer
        return None

    def _made(self, declaration: Declaration, frame: Frame, parent: Instance | None) -> Made:
        env = parent.env if parent is not None else nesting.env_of(frame)
        copy = declaration.copy
        if copy is None:
            return Made([self._instance(declaration, frame, env, parent, "", True)])
        turns = list(self._turns(copy, env))
        if len(turns) == 1 and isinstance(turns[0], Unresolved):
            inside = _turned(env, copy, _word(copy.item, turns[0]), _word(copy.index or "index", turns[0]))
            unclear = turns[0]
            return Made([self._instance(declaration, frame, inside, parent, "", unclear)], unclear)
        return Made(
            [
                self._instance(declaration, frame, inside, parent, f"[{index}]", exists)
                for index, inside, exists in turns
            ]
        )

    def _turns(self, copy: Copy, env: Env) -> Iterator[Any]:
        """Yield index, environment and existence for each turn; or why their number is not known."""
        evaluator = self._world.evaluator
        if copy.source is not None:
            source = settled(evaluator.value(copy.source, env))
        else:
            count = settled(evaluator.value(copy.count, env))
            if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= _MOST_TURNS:
                source = list(range(count))
            else:
                source = (
                    count
                    if isinstance(count, (Unresolved, Reference))
                    else mend(f"its loop has no number of turns from 0 to {_MOST_TURNS}")
                )
        if isinstance(source, (Unresolved, Reference)):
            yield not_told(source, as_written(source))
            return
        if not isinstance(source, list) or len(source) > _MOST_TURNS:
            yield mend(f"its loop is over no list of up to {_MOST_TURNS} elements")
            return
        for index, each in enumerate(source):
            inside = _turned(env, copy, each, index)
            exists: Any = True
            if copy.test is not None:
                exists = settled(evaluator.value(copy.test, inside))
            yield index, inside, exists

    def _instance(  # noqa: PLR0913 - what an instance is made of
        self,
        declaration: Declaration,
        frame: Frame,
        env: Env,
        parent: Instance | None,
        suffix: str,
        exists: Any,
    ) -> Instance:
        evaluator = self._world.evaluator
        if declaration.within is not None and parent is not None and exists is True:
            exists = parent.exists
        if declaration.condition is not None and exists is not False:
            stated = settled(evaluator.value(declaration.condition, env))
            exists = stated if exists is True or stated is False else exists
        if exists is not True and exists is not False and not isinstance(exists, Unresolved):
            exists = mend("its condition is neither true nor false")
        made = Instance(declaration, frame, env, "", self._place, exists, parent)
        if declaration.children or declaration.within is not None:
            made.env = env.of(made)
        if frame.source.language != "bicep":
            made.where()  # turns of a loop whose names are not known are numbered, in their order
        made.address = _address(made, frame, parent, suffix)
        return made

    def _place(self, made: Instance) -> Placed:
        """Return what an instance is called, and where it stands."""
        declaration, frame, env, parent = made.declaration, made.frame, made.env, made.parent
        name = settled(self._world.evaluator.value(declaration.name, env))
        text = self._written(name, made)
        if parent is None and declaration.parent is not None:
            parent = self._parent(declaration, env)
        scope = self._scope(declaration, frame, env)
        if parent is not None and _is_below(declaration.type, parent.type):
            above = parent.where()
            last = ids.parts(text)[-1] if "/" in text else text
            names, type_ = [*above.names, last], declaration.type
            own = f"{above.id}/{type_.rpartition('/')[2]}/{last}"
            return Placed(type_, own, names, _last(name, last), name, above.id, above.scope_id)
        if parent is not None and "/providers/" in declaration.type.lower():
            text = "/".join([*parent.names, text])
        return _placed(declaration.type, text, scope, frame, name)

    def scope_id(self, instance: Instance) -> str:
        """Return the id of where a deployment goes, whatever it is called."""
        if (
            instance.placed is not None
            or instance.parent is not None
            or instance.declaration.parent is not None
        ):
            return instance.where().scope_id
        scope = self._scope(instance.declaration, instance.frame, instance.env)
        return _scope_of(instance.declaration.type, instance.frame) if scope is None else scope

    def _written(self, name: Any, made: Instance) -> str:
        """Return a name as a text that nothing else has where nothing of it is known.

        Addresses have it in them, and so have fingerprints: it hangs on the declaration alone, and not on what else is
        declared before it.
        """
        text = as_written(name)
        if "${...}" not in text and text:
            return text
        made.frame.mark_single()
        declaration = made.declaration
        own = declaration.symbol or f"{declaration.type.lower()} {declaration.name}"
        mark = digest(f"{made.frame.address} {own}".encode("utf-8", "replace"))[:_MARK]
        number = self._unnamed[mark] = self._unnamed.get(mark, 0) + 1
        return f"${{{mark}?}}" if number == 1 else f"${{{mark}-{number}?}}"

    def _parent(self, declaration: Declaration, env: Env) -> Instance | None:
        handle = self._world.evaluator.value(declaration.parent, env)
        return handle.instance if isinstance(handle, ResourceHandle) else None

    def _scope(self, declaration: Declaration, frame: Frame, env: Env) -> str | None:
        """Return the id of the scope that a declaration names; None where it names none."""
        if declaration.scope is None:
            of_group = nesting.scope_of(declaration, frame, env, self._world)
            return None if of_group is None else of_group.id
        value = self._world.evaluator.value(declaration.scope, env)
        if isinstance(value, (Handle, dict)):
            value = value.get("id")
        text = as_written(value)
        if text in ("", "/"):
            return ""
        if text.lower().startswith("microsoft.management/managementgroups/"):
            return f"/providers/{text}"
        return text if text.startswith(("/", "${")) else f"{frame.scope.id}/providers/{text}"

    def opened(self, instance: Instance) -> Frame | None:
        """Return the frame of a deployment; None where its template is not read, which is then a gap of its frame."""
        if instance.inner is None and instance.unread is None:
            found = nesting.opened(instance, self._world)
            if isinstance(found, Unresolved):
                instance.unread = found
            else:
                instance.inner = found
        return instance.inner


def _placed(type_: str, text: str, scope: str | None, frame: Frame, name: Any) -> Placed:
    """Tell the id of what is no child of a resource that is declared around it."""
    names = list(ids.parts(text))
    before, extends, own = type_.lower().rpartition("/providers/")
    if extends:  # `Microsoft.Sql/servers/providers/locks`, named `s/Microsoft.Authorization/l`
        count = before.count("/")
        target = ids.resource_id(frame.scope.id, type_[: len(before)], names[:count])
        namespace = names[count] if len(names) > count + 1 else "Microsoft.Authorization"
        names, scope = (
            names[count + 1 :] or names[-1:],  # of a name that is not known, there may be no parts
            target,
        )
        rest = type_[len(before) + len(extends) :]
        type_ = rest if own.count("/") else f"{namespace}/{rest}"
    if scope is None:
        scope = _scope_of(type_, frame)
    wanted = max(type_.count("/"), 1)
    if len(names) < wanted:  # `[parameters('server/rule')]` may hold any number of names
        names = [f"${{{names[0]}, part {number}}}" for number in range(1, wanted)] + names[-1:]
    names = names[:wanted]
    id_ = ids.resource_id(scope, type_, names)
    above = ids.above(id_) if wanted > 1 else ""
    return Placed(type_, id_, names, _last(name, names[-1]), name, above, scope)


def _scope_of(type_: str, frame: Frame) -> str:
    """Return the id of the scope at which a type stands where a declaration names none."""
    lower, kind = type_.lower(), frame.scope.kind
    if lower in _AT_SUBSCRIPTION:
        kind = "subscription"
    elif lower in _AT_TENANT:
        kind = "tenant"
    return frame.scope.of_kind(kind).id


def _is_below(type_: str, parent: str) -> bool:
    """Whether a type is that of a child of another."""
    return type_.rpartition("/")[0].lower() == parent.lower()


def _last(name: Any, text: str) -> Any:
    """Return the last part of a name as a value."""
    if "${" in text:
        return not_told(name if isinstance(name, Unresolved) else mend("its name is not known"), text)
    return text if isinstance(name, (str, Unresolved)) else as_text(name)


def _turned(env: Env, copy: Copy, item: Any, index: Any) -> Env:
    words = {word: value for word, value in ((copy.item, item), (copy.index, index)) if word}
    inside = env.with_words(words) if words else env
    return inside.with_turn(copy.name, index) if copy.name or copy.count is not None else inside


def _word(name: str, why: Unresolved) -> Unresolved:
    return not_told(why, f"${{{name or 'copyIndex()'}}}")


def _address(made: Instance, frame: Frame, parent: Instance | None, suffix: str) -> str:
    """Return how a person finds it: by its symbol, or by type and names."""
    symbol = made.declaration.symbol
    if symbol:
        within = parent is not None and made.declaration.within is not None
        before = f"{parent.address}::" if within and parent else f"{frame.address}." if frame.address else ""
        return f"{before}{symbol}{suffix}"
    stated = made.id.removeprefix(f"{frame.scope.id}/").removeprefix("providers/").lstrip("/")
    return f"{frame.address}.{stated}" if frame.address else stated
