"""Rows that a worker gave, as verdicts: each on the resource that checkov's check was about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Path, Resource, Unresolved, dotted
from tfaudit.model.settings import Known, NotApplicable, Setting, Unknown
from tfaudit.model.verdicts import Outcome, Policy, Verdict

_OUTCOMES = {outcome.value: outcome for outcome in Outcome}


class Judged(Protocol):
    """Some resources, and the rows about them."""

    resources: list[Resource]
    rows: list[tuple[Any, ...]] | None


def about(resource: Resource) -> tuple[str, str, str]:
    """Return what tells a resource from all others, whoever read it: a module has its addresses in several roots."""
    return resource.scope.partition("#")[0], resource.place.origin, resource.address


class Looked:
    """What checks have looked at in one resource, as the settings of an asset: by the paths of the body."""

    def __init__(self, resource: Resource) -> None:
        """Hold nothing yet."""
        self._resource = resource
        self._held: dict[str, Setting] = {}

    def __getitem__(self, name: str) -> Setting:
        """Return what is held under `name`; nobody states anything else."""
        found = self._held.get(name)
        return found or Unknown(f"nothing states {name}", "", self._resource)

    def __setitem__(self, name: str, setting: Setting) -> None:
        """Hold a setting."""
        self._held[name] = setting

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._held)

    @property
    def known(self) -> Mapping[str, Setting]:
        """Everything that is held."""
        return self._held

    def attribute(self, name: str) -> str:
        """Return the path itself: it is the attribute's own."""
        return name

    def attributes(self, name: str) -> tuple[str, ...]:
        """Return the path itself."""
        return (name,)

    def recall(self, known: Mapping[str, Setting]) -> None:
        """Take over what is known."""
        self._held.update(known)


def asset(resource: Resource, like: Asset | None) -> Asset:
    """Return a resource as an asset of the pack, with the name and key of the one of ours, if there is one."""
    if like is not None:
        return Asset("resource", like.name, like.key, resource.address, resource, Looked(resource))
    name = resource.address.rpartition(".")[2] or resource.address
    key = Unresolved("no service of ours knows the type", "")
    return Asset("resource", name, key, resource.address, resource, Looked(resource))


def verdict(policy: Policy, row: tuple[Any, ...], of: Asset) -> Verdict:
    """Return one row as a verdict on the asset `of`."""
    _, _, word, keys, text, because, settle = row
    outcome = _OUTCOMES[word]
    paths = list(dict.fromkeys(path_of(of.resource, key) for key in keys))
    names = [dotted(path) for path in paths]
    id_ = policy.id
    if outcome is Outcome.ERROR:
        return Verdict(
            policy, outcome, of, "", None, f"{id_} failed on it: {text}", "report this as a defect"
        )
    for name, path in zip(names, paths, strict=True):
        if name not in of.settings.known:
            of.settings[name] = _setting(of.resource, path, outcome, because, settle)
    first, also = (names[0], tuple(names[1:])) if names else ("", ())
    if outcome is Outcome.UNKNOWN:
        what = f"{first or 'what it looks at'} is not known"
        why = because or "checkov leaves it open"
        reason = f"{what}: {why}" + (f" ({text})" if text and text not in why else "")
        return Verdict(policy, outcome, of, first, None, reason, settle, also)
    if outcome is Outcome.NOT_APPLICABLE:
        return Verdict(policy, outcome, of, first, None, f"{id_} has nothing to say about it as it is")
    says = "holds" if outcome is Outcome.PASS else "does not hold"
    value = _value(of.resource, paths[0]) if paths else None
    looked = f" by {_listed(names)}" if names else ""
    return Verdict(policy, outcome, of, first, value, f"{id_} {says}{looked}", also=also)


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 3} more" if names[3:] else ""
    return ", ".join(names[:3]) + more


def _setting(resource: Resource, path: Path, outcome: Outcome, because: str, settle: str) -> Setting:
    if outcome is Outcome.UNKNOWN:
        return Unknown(because, settle, resource, path)
    if outcome is Outcome.NOT_APPLICABLE:
        return NotApplicable("the check has nothing to say", resource, path)
    return Known(_value(resource, path), resource, path)


def path_of(resource: Resource, key: str) -> Path:
    """Return the path in a resource's body that checkov's `a/[0]/b` means.

    Of a block that stands once it writes no index, and of a list around a single value it writes one.
    """
    value: Any = resource.body
    path: list[str | int] = []
    for step in key.replace("[", "").replace("]", "").split("/"):
        if not step:
            continue
        if step.isdecimal():
            index = int(step)
            # Of texts the order is another than ours: the list is looked at.
            if isinstance(value, list) and index < len(value) and not isinstance(value[index], str):
                value = value[index]
                path.append(index)
            continue
        if isinstance(value, list):
            if not value:
                break
            value = value[0]
            path.append(0)
        path.append(step)
        value = value.get(step) if isinstance(value, Mapping) else None
    return tuple(path)


def _value(resource: Resource, path: Path) -> Any:
    value: Any = resource.body
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value if isinstance(value, (str, int, float, bool)) else None


def of_scopes(
    scopes: Iterable[Judged], policies: Mapping[str, Policy], like: Mapping[tuple[str, str, str], Asset]
) -> Iterator[Verdict]:
    """Yield the verdicts of all scopes, in their order; `like` are our own assets by `about`."""
    for scope in scopes:
        assets: dict[int, Asset] = {}
        for row in sorted(scope.rows or (), key=lambda row: (row[0], row[1])):
            policy = policies.get(row[1])
            if policy is None:
                continue
            number = row[0]
            if number not in assets:
                resource = scope.resources[number]
                assets[number] = asset(resource, like.get(about(resource)))
            yield verdict(policy, row, assets[number])
