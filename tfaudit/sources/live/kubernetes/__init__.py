"""A live cluster into resources: the objects that services read, by the same reader as manifests, a page at a time.

What the cluster denies is never silence: the list is `Unread`, with the permission that is missing, and a resource
stands in for its objects that says of each that it is not known. Secrets are never asked for: to list them is to read
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from msgspec import Struct

from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.kubernetes.objects import CLUSTER_SCOPED, POD_PATHS, Seen, denied, resource, type_of
from tfaudit.sources.live.kubernetes.session import KubernetesTarget, Refused, Session

NEVER_ASKED = frozenset({"core/Secret"})
_PAGE = 500
_RESTARTS = 3


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

    def path(self, namespace: str = "", name: str = "") -> str:
        """Return the address of the list, or of one object in it."""
        inside = f"/namespaces/{namespace}" if namespace else ""
        return f"/{self.prefix}{inside}/{self.plural}" + (f"/{name}" if name else "")


def connect(target: KubernetesTarget) -> Cluster:
    """Return the cluster that the kubeconfig or the pod's account opens; `UnreachableError` where none answers."""
    session = Session(target)
    session.get("/version")
    return Cluster(session, session.whoami())


class Cluster:
    """A cluster that answers. `observer` is the user that it takes this for, `name` the context and the server."""

    def __init__(self, session: Session, observer: str) -> None:
        """Take what `connect` has found."""
        self.session = session
        self.observer = observer
        self.name = f"{session.context} ({session.server})"
        self.seen = Seen("live", f"kubernetes:{session.host}", {"cluster": session.context})

    def collect(self, types: Iterable[str]) -> Iterator[Resource | Unread]:
        """Yield the objects of `types` (`apps/Deployment`), type by type; those not served are left out.

        Raises `UnreachableError` when the cluster stops answering.
        """
        wanted = sorted(set(types) - NEVER_ASKED)
        with ThreadPoolExecutor(self.session.target.threads) as pool:
            groups = sorted({each.rpartition("/")[0] for each in wanted})
            served = self._groups()
            listables: dict[str, Listable] = {}
            refused: dict[str, Refused] = {}
            for group, found in zip(
                groups, pool.map(lambda each: self._listables(each, served), groups), strict=True
            ):
                if isinstance(found, Refused):
                    refused[group] = found
                else:
                    listables |= found
            for type_ in wanted:
                if type_.rpartition("/")[0] in refused:
                    yield from self._undiscovered(type_, refused[type_.rpartition("/")[0]])
            for results in pool.map(self._listed, [listables[each] for each in wanted if each in listables]):
                yield from results

    def _groups(self) -> dict[str, list[str]] | Refused:
        """Return the versions of each API group that is served, the preferred one first."""
        groups = {"core": ["v1"]}
        try:
            listed = self.session.get("/apis").get("groups", [])
        except Refused as refused:
            return refused
        for group in listed:
            versions = [each["version"] for each in group.get("versions", [])]
            preferred = group.get("preferredVersion", {}).get("version")
            groups[group["name"]] = [preferred] * (preferred in versions) + versions
        return groups

    def _listables(self, group: str, served: dict[str, list[str]] | Refused) -> dict[str, Listable] | Refused:
        """Return by type what one API group can list, or why that is not told."""
        if isinstance(served, Refused):
            return served
        found: dict[str, Listable] = {}
        for version in served.get(group, []):
            prefix = f"api/{version}" if group == "core" else f"apis/{group}/{version}"
            try:
                resources = self.session.get(f"/{prefix}").get("resources", [])
            except Refused as refused:
                return refused
            for each in resources:
                if "list" in each.get("verbs", ()) and "/" not in each["name"]:
                    type_ = type_of(prefix.partition("/")[2], each["kind"])
                    found.setdefault(type_, Listable(type_, prefix, each["name"], each["kind"]))
        return found

    def _undiscovered(self, type_: str, refused: Refused) -> Iterator[Resource | Unread]:
        """Yield that nothing is known of a type, since the API does not tell what it serves."""
        because = f"{self.observer} may not see which APIs are served: {refused.message}"
        settle_with = "bind the ClusterRole system:discovery"
        yield Unread(Place(f"GET /apis {type_}"), because, settle_with)
        yield denied(type_, because, settle_with, self.seen)

    def _listed(self, what: Listable) -> list[Resource | Unread]:
        namespaces = self.session.target.namespaces
        if not namespaces:
            return self._pages(what, what.path())
        if what.type == "core/Namespace":
            return [found for name in namespaces for found in self._one(what, name)]
        if what.type in CLUSTER_SCOPED:
            because = "only some namespaces were asked for"
            return [denied(what.type, because, "scan the whole cluster", self.seen)]
        return [found for name in namespaces for found in self._pages(what, what.path(name))]

    def _one(self, what: Listable, name: str) -> list[Resource | Unread]:
        try:
            return [self._resource(what, self.session.get(what.path(name=name)))]
        except Refused as refused:
            return self._not_listed(what, refused, "get", what.path(name=name))

    def _pages(self, what: Listable, path: str) -> list[Resource | Unread]:
        """Return the objects of one list; it is begun again when its pages have become too old."""
        for _ in range(_RESTARTS):
            found: list[Resource | Unread] = []
            query: dict[str, str | int] = {"limit": _PAGE}
            try:
                while True:
                    page = self.session.get(path, **query)
                    found += [
                        self._resource(what, each) for each in page.get("items") or () if not _made(each)
                    ]
                    following = page.get("metadata", {}).get("continue")
                    if not following:
                        return found
                    query = {"limit": _PAGE, "continue": following}
            except Refused as refused:
                if refused.status == 410:
                    continue
                return [] if refused.status == 404 else self._not_listed(what, refused, "list", path)
        gone = Refused(410, f"its pages were too old {_RESTARTS} times")
        return self._not_listed(what, gone, "list", path)

    def _not_listed(self, what: Listable, refused: Refused, verb: str, path: str) -> list[Resource | Unread]:
        if refused.status == 403:
            because = f"{self.observer} may not {verb} {what.permission}"
            settle_with = f"grant {verb} on {what.permission}"
        else:
            because = f"{verb} {what.permission} failed with {refused.status}: {refused.message}"
            settle_with = "try again, or ask who runs the cluster"
        return [
            Unread(Place(f"GET {path}"), because, settle_with),
            denied(what.type, because, settle_with, self.seen),
        ]

    def _resource(self, what: Listable, item: dict[str, Any]) -> Resource:
        # A list's items do not say what they are.
        item.setdefault("apiVersion", what.prefix.partition("/")[2])
        item.setdefault("kind", what.kind)
        item.pop("status", None)
        metadata = item.get("metadata", {})
        metadata.pop("managedFields", None)
        origin = f"GET {what.path(metadata.get('namespace', ''), metadata.get('name', ''))}"
        return resource(item, Place(origin), None, self.seen)


def _made(item: dict[str, Any]) -> bool:
    """Whether a controller of a type that is judged by itself made the object: there may be many, all alike."""
    for owner in item.get("metadata", {}).get("ownerReferences", ()):
        if (
            owner.get("controller")
            and type_of(owner.get("apiVersion", ""), owner.get("kind", "")) in POD_PATHS
        ):
            return True
    return False
