"""What a cluster's lists do on bad days: pages that grow too old, a busy server, an answer that is none."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.kubernetes_answers import Answer, Cluster, Cut, Dripping, cluster, page, pod, status
from tfaudit.clock import Clock
from tfaudit.errors import UnreachableError
from tfaudit.model.resources import Resource, Unread
from tfaudit.sources.live.kubernetes import connect
from tfaudit.sources.live.kubernetes.session import KubernetesTarget

if TYPE_CHECKING:
    from pathlib import Path

WANTED = ["core/Pod", "core/Service", "core/Secret"]
NOT_THE_FORM = "list pods: the answer is not of the Kubernetes API's form: "


def collect(
    api: Cluster, folder: Path, *, seconds: float = 600, call_seconds: float = 90
) -> list[Resource | Unread]:
    target = KubernetesTarget(api.kubeconfig(folder), call_seconds=call_seconds)
    wanted = [each for each in WANTED if each != "core/Service" or "/api/v1/services" in api.said]
    return list(connect(target, Clock(seconds)).collect(wanted))


def names(found: list[Resource | Unread]) -> list[str]:
    return [each.address if isinstance(each, Resource) else each.because for each in found]


def services(_: str) -> Answer:
    return page({"metadata": {"name": "s", "namespace": "n"}}, kind="ServiceList")


def test_every_page_is_read_and_trimmed(tmp_path: Path) -> None:
    with cluster(pods=lambda token: page(pod("b")) if token else page(pod("a"), following="2")) as api:
        found = collect(api, tmp_path)
    assert names(found) == ["core/Pod n/a", "core/Pod n/b"]
    first = found[0]
    assert isinstance(first, Resource)
    metadata = {"name": "a", "namespace": "n"}
    assert first.body == {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": metadata,
        "spec": {"containers": []},
    }
    assert (first.plane, str(first.place)) == ("live", "GET /api/v1/namespaces/n/pods/a")


def test_a_list_whose_pages_grow_too_old_is_begun_again(tmp_path: Path) -> None:
    calls: list[str] = []

    def pods(token: str) -> Answer:
        calls.append(token)
        if token == "old":
            return status(410, "the provided continue parameter is too old")
        return page(pod("a"), following="old" if len(calls) == 1 else "")

    with cluster(pods=pods) as api:
        assert names(collect(api, tmp_path)) == ["core/Pod n/a"]
    assert calls == ["", "old", ""]


def test_of_a_list_that_is_always_too_old_the_rest_is_unread(tmp_path: Path) -> None:
    def pods(token: str) -> Answer:
        return status(410, "too old") if token else page(pod("a"), following="2")

    with cluster(pods=pods) as api:
        found = collect(api, tmp_path)
    assert names(found) == [
        "core/Pod n/a",
        "list pods: its pages were too old 3 times",
        "core/Pod (not listed)",
    ]


def test_a_busy_server_is_asked_again(tmp_path: Path) -> None:
    answers = [status(429, "slow down"), page(pod("a"))]
    with cluster(pods=lambda _: answers.pop(0)) as api:
        assert names(collect(api, tmp_path)) == ["core/Pod n/a"]


def test_a_refusal_names_who_may_not_do_what(tmp_path: Path) -> None:
    with cluster(pods=lambda _: status(403, "no")) as api:
        gap = collect(api, tmp_path)[0]
    assert isinstance(gap, Unread)
    assert (str(gap.place), gap.because, gap.settle_with) == (
        "GET /api/v1/pods",
        "auditor may not list pods",
        "grant list on pods",
    )


FULL = json.dumps(page(pod("a"))[1]).encode()
BROKEN: dict[str, tuple[Answer, str]] = {
    "not found": (status(404, "gone"), "list pods: it failed with 404: gone"),
    "an empty object": ((200, {}), NOT_THE_FORM + "it is no list of Pod in v1"),
    "items that are null": (
        (200, {"kind": "PodList", "apiVersion": "v1", "metadata": {}, "items": None}),
        NOT_THE_FORM + "it has no list of items",
    ),
    "a Status with 200": ((200, status(403, "no")[1]), NOT_THE_FORM + "it is a Status, though it says 200"),
    "a page for people": ((200, b"<!doctype html><html>log in</html>"), NOT_THE_FORM + "it is not JSON"),
    "JSON that was cut": ((200, FULL[:-9]), NOT_THE_FORM + "it is not JSON"),
    "a bare list": ((200, []), NOT_THE_FORM + "it is no JSON object"),
    "nothing": ((200, b""), NOT_THE_FORM + "it is not JSON"),
    "null": ((200, None), NOT_THE_FORM + "it is no JSON object"),
    "another list": (page(kind="ServiceLis"), NOT_THE_FORM + "it is no list of Pod in v1"),
    "an item that is none": (page(pod("a"), None), NOT_THE_FORM + "an object in it has no name"),  # type: ignore[arg-type]
    "an item without a name": (page({"metadata": {}}), NOT_THE_FORM + "an object in it has no name"),
    "metadata that is a text": (page({"metadata": "x"}), NOT_THE_FORM + "an object in it has no name"),
    "nesting without end": ((200, b'{"a":' * 100_000), NOT_THE_FORM + "it is not JSON"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_list_that_is_none_is_unread_and_the_others_are_read(tmp_path: Path, kind: str) -> None:
    answer, because = BROKEN[kind]
    with cluster(pods=lambda _: answer, services=services) as api:
        found = collect(api, tmp_path)
    assert names(found) == [because, "core/Pod (not listed)", "core/Service n/s"]


def test_a_body_that_breaks_off_is_unread(tmp_path: Path) -> None:
    with cluster(pods=lambda _: (200, Cut(FULL)), services=services) as api:
        gap, stand_in, service = collect(api, tmp_path)
    assert "broken" in names([gap])[0]
    assert names([stand_in, service]) == ["core/Pod (not listed)", "core/Service n/s"]


@pytest.mark.parametrize(
    ("pods", "because"),
    [
        (lambda _: (200, Dripping(FULL)), "the call does not end in the time that it may take"),
        (lambda _: (429, {}, {"Retry-After": "3600"}), "the call does not end in the time that it may take"),
        (lambda _: page(pod("a"), following="again"), "the same page is named as the next one again"),
    ],
)
def test_what_does_not_end_is_unread_in_time(tmp_path: Path, pods: Any, because: str) -> None:
    started = time.monotonic()
    with cluster(pods=pods, services=services) as api:
        found = collect(api, tmp_path, call_seconds=1)
    assert time.monotonic() - started < 12
    assert any(because in each for each in names(found))
    assert names(found)[-1] == "core/Service n/s"


def test_a_list_whose_tokens_are_new_each_time_ends_with_the_scan(tmp_path: Path) -> None:
    numbers = iter(range(1_000_000))
    started = time.monotonic()
    with cluster(pods=lambda _: page(following=str(next(numbers))), services=services) as api:
        found = collect(api, tmp_path, seconds=2)
    assert time.monotonic() - started < 4
    assert "list pods: it was not read within the 2 seconds that the scan may take" in names(found)
    assert "core/Service n/s" in names(found)


@pytest.mark.parametrize("answer", [(200, b"<html>"), (200, {}), (200, {"kind": "Status"}), (200, [])])
@pytest.mark.parametrize("path", ["/apis", "/api/v1"])
def test_what_is_served_must_be_told(tmp_path: Path, path: str, answer: Answer) -> None:
    with cluster(pods=lambda _: page(pod("a"))) as api:
        api.said[path] = lambda _: answer
        gap, stand_in = collect(api, tmp_path)
    assert "not of the Kubernetes API's form" in names([gap])[0]
    assert names([stand_in]) == ["core/Pod (not listed)"]


def test_a_type_that_every_cluster_serves_is_not_missed_without_a_word(tmp_path: Path) -> None:
    with cluster(services=services) as api:
        found = collect(api, tmp_path)
    assert "the group core has no Pod" in names(found)[0]
    assert names(found)[1:] == ["core/Pod (not listed)", "core/Service n/s"]


@pytest.mark.parametrize("answer", [(200, b"<html>"), (200, b""), (200, {}), (200, [])])
def test_what_is_no_api_server_is_told(tmp_path: Path, answer: Answer) -> None:
    with cluster(pods=lambda _: page()) as api:
        api.said["/version"] = lambda _: answer
        with pytest.raises(UnreachableError, match="is it a Kubernetes API server"):
            collect(api, tmp_path)


def test_a_version_that_may_not_be_asked_for_is_no_hindrance(tmp_path: Path) -> None:
    with cluster(pods=lambda _: page(pod("a"))) as api:
        api.said["/version"] = lambda _: status(403, "no")
        assert names(collect(api, tmp_path)) == ["core/Pod n/a"]


def test_credentials_that_expire_on_the_way_end_the_calls_and_show(tmp_path: Path) -> None:
    with cluster(pods=lambda _: status(401, "Unauthorized"), services=services) as api:
        found = collect(api, tmp_path)
    assert "list pods: the credentials are wrong or have expired" in names(found)
    told = next(each for each in found if isinstance(each, Unread))
    assert told.settle_with == "log in again and repeat the scan"


def test_what_was_looked_at_and_what_never_is_are_stated(tmp_path: Path) -> None:
    def spaces(_: str) -> Answer:
        return page({"metadata": {"name": "n"}}, {"metadata": {"name": "m"}}, kind="NamespaceList")

    def denied(_: str) -> Answer:
        return status(403, "no")

    with cluster(pods=lambda _: page(pod("a"), pod("b")), services=denied, namespaces=spaces) as api:
        custom = {"name": "argoproj.io", "versions": [{"version": "v1alpha1"}]}
        api.said["/apis"] = lambda _: (200, {"kind": "APIGroupList", "groups": [custom]})
        seen = connect(KubernetesTarget(api.kubeconfig(tmp_path)))
        list(seen.collect([*WANTED, "core/Namespace"]))
        coverage = seen.coverage()

    assert (coverage.parts, coverage.looked_at, coverage.all_parts) == ("namespaces", ("m", "n"), True)
    assert {each.call: (each.answered, each.denied) for each in coverage.asked} == {
        "discover": (2, 0),
        "list namespaces": (1, 0),
        "list pods": (1, 0),
        "list services": (0, 1),
        "version": (1, 0),
    }
    assert coverage.services == ()
    assert {each.type: each.listed for each in coverage.population} == {"core/Namespace": 2, "core/Pod": 2}
    assert coverage.never == (
        "Secrets: to list them is to read them",
        "custom resources that no policy judges: argoproj.io",
    )
