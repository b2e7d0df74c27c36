"""What a cluster's API serves: where objects of each type are listed, and the groups of all types that there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from tfaudit.sources.kubernetes.objects import type_of
from tfaudit.sources.live.collector import Call
from tfaudit.sources.live.failures import CallFailed
from tfaudit.sources.live.kubernetes import answers

if TYPE_CHECKING:
    from tfaudit.sources.live.collector import Collector
    from tfaudit.sources.live.kubernetes.session import Session

ALWAYS_SERVED = frozenset({"core", "apps", "batch", "networking.k8s.io", "rbac.authorization.k8s.io"})
"""Groups of which every API server in use serves every type that a service reads."""


class Listable(Struct, frozen=True):
    """Where the API lists the objects of one type: `apis/apps/v1`, `deployments`."""

    type: str
    prefix: str
    plural: str
    kind: str

    @property
    def permission(self) -> str:
        """The resource as RBAC names it, `deployments.apps`."""
        group = self.type.rpartition("/")[0]
        return self.plural if group == "core" else f"{self.plural}.{group}"

    @property
    def api_version(self) -> str:
        """The version that its objects state, `apps/v1`."""
        return self.prefix.partition("/")[2]

    def path(self, namespace: str = "", name: str = "") -> str:
        """Return the address of the list, or of one object in it."""
        inside = f"/namespaces/{namespace}" if namespace else ""
        return f"/{self.prefix}{inside}/{self.plural}" + (f"/{name}" if name else "")


class Served(Struct):
    """What is served: `listables` by type, why it is not known whether some types are, and the names of all groups."""

    listables: dict[str, Listable]
    refused: dict[str, CallFailed]
    groups: list[str]


def served(session: Session, collector: Collector, types: Iterable[str]) -> Served:
    """Return where `types` are listed; those whose group is not known, or surely not in full, are `refused`."""
    types = list(types)
    wanted: dict[str, set[str]] = {}
    for each in types:
        wanted.setdefault(each.rpartition("/")[0], set()).add(each)
    try:
        groups = collector.ask(Call("discover"), lambda: _groups(session))
    except CallFailed as failed:
        return Served({}, dict.fromkeys(types, failed), [])
    tasks = {
        name: collector.start(_group, session, collector, name, groups.get(name, []))
        for name in sorted(wanted)
    }
    found = Served({}, {}, list(groups))
    for name, task in tasks.items():
        listables = collector.result(task)
        if isinstance(listables, CallFailed):
            found.refused |= dict.fromkeys(wanted[name], listables)
            continue
        found.listables |= listables
        missing = sorted(wanted[name] - listables.keys())
        if name in ALWAYS_SERVED and missing:
            kinds = ", ".join(each.rpartition("/")[2] for each in missing)
            because = answers.not_kubernetes(f"the group {name} has no {kinds}")
            found.refused |= dict.fromkeys(missing, because)
    return found


def _groups(session: Session) -> dict[str, list[str]]:
    """Return the versions of each API group that is served, the preferred one first."""
    groups = {"core": ["v1"]}
    for group in answers.members(session.get("/apis"), "APIGroupList", "groups"):
        versions = [str(each["version"]) for each in group.get("versions") or () if "version" in each]
        preferred = str((group.get("preferredVersion") or {}).get("version"))
        groups[group["name"]] = [preferred] * (preferred in versions) + versions
    return groups


def _group(
    session: Session, collector: Collector, group: str, versions: list[str]
) -> dict[str, Listable] | CallFailed:
    """Return by type what one API group can list, or why that is not known."""
    found: dict[str, Listable] = {}
    for version in dict.fromkeys(versions):
        prefix = f"api/{version}" if group == "core" else f"apis/{group}/{version}"
        try:
            for each in collector.ask(Call("discover"), lambda prefix=prefix: _types(session, prefix)):  # type: ignore[misc]
                type_ = type_of(prefix.partition("/")[2], each["kind"])
                found.setdefault(type_, Listable(type_, prefix, each["name"], each["kind"]))
        except CallFailed as failed:
            return failed
    return found


def _types(session: Session, prefix: str) -> list[dict[str, str]]:
    """Return the name and kind of each type of one version that can be listed."""
    resources = answers.members(session.get(f"/{prefix}"), "APIResourceList", "resources")
    return [
        {"name": each["name"], "kind": str(each.get("kind"))}
        for each in resources
        if "list" in (each.get("verbs") or ()) and "/" not in each["name"]
    ]
