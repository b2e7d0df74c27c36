"""A live cluster into resources: the objects that services read, by the same reader as manifests, a page at a time.

What the cluster denies or does not answer is never silence: the list is `Unread`, with the permission that is missing,
and a resource stands in for its objects that says of each that it is not known. Secrets are never asked for: to list
them is to read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from tfaudit.model.coverage import Coverage
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.sources.kubernetes.objects import CLUSTER_SCOPED, POD_PATHS, Seen, denied, resource, type_of
from tfaudit.sources.live.collector import Bounds, Call, Collector
from tfaudit.sources.live.failures import CallFailed, settle
from tfaudit.sources.live.kubernetes import answers
from tfaudit.sources.live.kubernetes.discovery import ALWAYS_SERVED, Listable, Served, served
from tfaudit.sources.live.kubernetes.session import KubernetesTarget, Session, unreachable

if TYPE_CHECKING:
    from tfaudit.clock import Clock
    from tfaudit.sources.live.tally import Tally

NEVER_ASKED = frozenset({"core/Secret"})
_PAGE = 500
_RESTARTS = 3


def connect(target: KubernetesTarget, clock: Clock | None = None) -> Cluster:
    """Return the cluster that the kubeconfig or the pod's account opens; `UnreachableError` where none answers."""
    session = Session(target)
    collector = Collector(Bounds(threads=target.threads, call_seconds=target.call_seconds), clock)
    try:
        version = collector.ask(Call("version"), lambda: session.get("/version"))
        if not isinstance(version.get("gitVersion"), str):
            raise answers.not_kubernetes("it states no version")
    except CallFailed as failed:
        if failed.meaning != "denied":
            raise unreachable(session, failed) from failed
    return Cluster(session, session.whoami(), collector)


class Cluster:
    """A cluster that answers. `observer` is the user that it takes this for, `name` the context and the server."""

    def __init__(self, session: Session, observer: str, collector: Collector) -> None:
        """Take what `connect` has found."""
        self.session = session
        self.observer = observer
        self.collector = collector
        self.name = f"{session.context} ({session.server})"
        self.seen = Seen("live", f"kubernetes:{session.host}", {"cluster": session.context})
        self._namespaces: set[str] = set()
        self._others: tuple[str, ...] = ()

    def collect(self, types: Iterable[str]) -> Iterator[Resource | Unread]:
        """Yield the objects of `types` (`apps/Deployment`), type by type; those not served are left out."""
        wanted = sorted(set(types) - NEVER_ASKED)
        with self.collector as collector:
            found = served(self.session, collector, wanted)
            self._others = _custom(found.groups, wanted)
            yield from self._undiscovered(wanted, found)
            tasks = [
                collector.start(self._listed, found.listables[each])
                for each in wanted
                if each in found.listables
            ]
            for task in tasks:
                for each in collector.result(task):
                    if isinstance(each, Resource) and isinstance(each.body["metadata"], dict):
                        self._seen(each, collector.tally)
                    yield each

    def _seen(self, each: Resource, tally: Tally) -> None:
        tally.listed(each.type, True)
        if each.type == "core/Namespace":
            self._namespaces.add(each.address.partition(" ")[2])

    def coverage(self) -> Coverage:
        """Return what has been looked at so far."""
        chosen = self.session.target.namespaces
        looked_at = chosen or tuple(sorted(self._namespaces)) or ("all",)
        never = ["Secrets: to list them is to read them"]
        if chosen:
            never.append("what lies in no namespace, and other namespaces: only some were asked for")
        if self._others:
            never.append(f"custom resources that no policy judges: {', '.join(self._others)}")
        tally = self.collector.tally
        return Coverage(
            target=f"kubernetes:{self.name}",
            observer=self.observer,
            parts="namespaces",
            looked_at=looked_at,
            all_parts=not chosen,
            asked=tally.asked,
            population=tally.population,
            never=tuple(never),
            ended=self.collector.clock.stopped or self.collector.ended,
        )

    def _undiscovered(self, wanted: list[str], found: Served) -> Iterator[Resource | Unread]:
        """Yield that nothing is known of types of which the API does not tell whether it serves them."""
        for type_ in wanted:
            failed = found.refused.get(type_)
            if failed is None:
                continue
            because, settle_with = failed.because, settle(failed, "")
            if failed.meaning == "denied":
                because = f"{self.observer} may not see which APIs are served: {failed.because}"
                settle_with = "bind the ClusterRole system:discovery"
            yield Unread(Place(f"GET /apis {type_}"), because, settle_with)
            yield denied(type_, because, settle_with, self.seen)

    def _listed(self, what: Listable) -> list[Resource | Unread]:
        namespaces = self.session.target.namespaces
        if not namespaces:
            return self._pages(what, "")
        if what.type == "core/Namespace":
            return [found for name in namespaces for found in self._one(what, name)]
        if what.type in CLUSTER_SCOPED:
            because = "only some namespaces were asked for"
            return [denied(what.type, because, "scan the whole cluster", self.seen)]
        return [found for name in namespaces for found in self._pages(what, name)]

    def _one(self, what: Listable, name: str) -> list[Resource | Unread]:
        call = Call(f"get {what.permission}", name)
        try:
            found = self.collector.ask(
                call, lambda: answers.one(self.session.get(what.path(name=name)), what.kind, name)
            )
        except CallFailed as failed:
            return self._not_listed(what, failed, "get", what.path(name=name))
        return [self._resource(what, found)]

    def _pages(self, what: Listable, namespace: str) -> list[Resource | Unread]:
        """Return the objects of one list; it is begun again when its pages have become too old."""
        call, path = Call(f"list {what.permission}", namespace), what.path(namespace)
        found: list[Resource | Unread] = []
        gone = CallFailed("other", f"its pages were too old {_RESTARTS} times", "410")
        for _ in range(_RESTARTS):
            found = []
            try:
                for page in self.collector.pages(call, self._asked(what, path), answers.following):
                    found += [self._resource(what, each) for each in page["items"] if not _made(each)]
            except CallFailed as failed:
                if failed.code != "410":
                    return [*found, *self._not_listed(what, failed, "list", path)]
            else:
                return found
        return [*found, *self._not_listed(what, gone, "list", path)]

    def _asked(self, what: Listable, path: str) -> Iterator[dict[str, Any]]:
        """Yield the pages of one list, each checked to be one."""
        token = ""
        while True:
            query: dict[str, str | int] = {"limit": _PAGE, "continue": token} if token else {"limit": _PAGE}
            page = self.session.get(path, **query)
            answers.listed(page, what.kind, what.api_version)
            yield page
            token = answers.following(page)
            if not token:
                return

    def _not_listed(
        self, what: Listable, failed: CallFailed, verb: str, path: str
    ) -> list[Resource | Unread]:
        because, settle_with = f"{verb} {what.permission}: {failed.because}", settle(failed, "")
        if failed.meaning == "denied":
            because = f"{self.observer} may not {verb} {what.permission}"
            settle_with = f"grant {verb} on {what.permission}"
        return [
            Unread(Place(f"GET {path}"), because, settle_with),
            denied(what.type, because, settle_with, self.seen),
        ]

    def _resource(self, what: Listable, item: dict[str, Any]) -> Resource:
        # A list's items do not say what they are.
        item.setdefault("apiVersion", what.api_version)
        item.setdefault("kind", what.kind)
        item.pop("status", None)
        metadata = item["metadata"]
        metadata.pop("managedFields", None)
        origin = f"GET {what.path(str(metadata.get('namespace', '')), metadata['name'])}"
        return resource(item, Place(origin), None, self.seen)


def _custom(groups: Iterable[str], wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the groups of custom resources of which no type is asked for."""
    asked = {each.rpartition("/")[0] for each in wanted}
    return tuple(
        sorted(
            each
            for each in groups
            if "." in each and not each.endswith(".k8s.io") and each not in asked | ALWAYS_SERVED
        )
    )


def _made(item: dict[str, Any]) -> bool:
    """Whether a controller of a type that is judged by itself made the object: there may be many, all alike."""
    owners = item["metadata"].get("ownerReferences")
    for owner in owners if isinstance(owners, list) else ():
        if isinstance(owner, dict) and owner.get("controller"):
            type_ = type_of(str(owner.get("apiVersion", "")), str(owner.get("kind", "")))
            if type_ in POD_PATHS:
                return True
    return False
