"""The pod inside a workload: where it stands, which containers it has, and on which system it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.answers import Said
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import Spelling
from tfaudit.reading.states import Absent, Known, Reading, Unknown
from tfaudit.reading.view import View

_TEMPLATE = "/spec.template.spec"
PODS: Mapping[str, str] = {
    "core/Pod": "/spec",
    "apps/Deployment": _TEMPLATE,
    "apps/StatefulSet": _TEMPLATE,
    "apps/DaemonSet": _TEMPLATE,
    "apps/ReplicaSet": _TEMPLATE,
    "core/ReplicationController": _TEMPLATE,
    "batch/Job": _TEMPLATE,
    "batch/CronJob": "/spec.jobTemplate.spec.template.spec",
}
"""Where the pod stands in an object of each type, counted from its root."""

CONTAINERS = ("containers", "initContainers", "ephemeralContainers")
"""The lists of containers that a pod has; tables have a word for each."""

POD_API = "kubernetes.io/docs/reference/kubernetes-api/core/pod-v1/"
SECCOMP = "kubernetes.io/docs/tutorials/security/seccomp/"


def tables(spelled: Callable[[str], Spelling]) -> dict[str, Spelling]:
    """Return the table of each type of workload; `spelled` makes one of the path of the pod."""
    made = {path: spelled(path) for path in dict.fromkeys(PODS.values())}
    return {type_: made[path] for type_, path in PODS.items()}


def listed(word: str, found: list[Any]) -> Said:
    """Return the values that rows of `word` gave, each with its word there, None or why it is not known, as one list.

    It is placed at the first that is known.
    """
    rows = [(index, each) for index, each in enumerate(found) if each is not None]
    if not rows:
        return Said(None, by="")
    place = next(((index, each.by) for index, each in rows if isinstance(each, Said)), rows[0][0])
    return Said([each.value if isinstance(each, Said) else each for _, each in rows], by=word, row=place)


def by_system(linux: Facts, windows: Facts) -> Callable[[Reading], Facts]:
    """Return what chooses the facts of a pod by the word `os`: those of Linux, or with those of `windows` instead."""
    on_windows = {**linux, **windows}
    on_either = {**linux, **dict.fromkeys(windows, Fact("os"))}

    def choose(system: Reading) -> Facts:
        if isinstance(system, Absent):
            return linux
        if isinstance(system, Known):
            return on_windows if system.value == "windows" else linux
        return on_either

    return choose


def containers(view: View) -> Iterator[tuple[str, View]]:
    """Yield every container of the pod with the list that it stands in; one for a list or a pod that is not known."""
    for kind in CONTAINERS:
        found = view.rows(kind)
        if isinstance(found, list):
            for each in found:
                if isinstance(each.body, (dict, Unresolved, Reference)):
                    yield kind, each
        elif isinstance(found, Unknown):
            yield kind, view.at(found.path).spelled(view.table[kind].rows or {})
            if found.path[-1:] != (kind,):
                return
