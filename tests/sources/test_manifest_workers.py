"""Manifests that worker processes read come out as this process reads them, to the last place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tfaudit.model.resources import Limits, Resource, Unread
from tfaudit.pipeline.files import scan
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.sources.kubernetes import read_manifest
from tfaudit.sources.kubernetes.workers import WORTH_IT, by_workers, parts, workers_for
from tfaudit.sources.tree.files import Tree

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web-{number}
  annotations:
    built: 2024-05-01
    at: 2024-05-01T10:00:00Z
    checkov.io/skip1: CKV_K8S_20=known
spec:
  # tfaudit:ignore container-not-privileged the driver needs it
  hostNetwork: true
  hostNetwork: false
  containers:
    - &app
      name: app
      image: registry.internal/${{team}}/web:1.{number}
      env:
        - {{name: DB_PASSWORD, value: hunter2}}
        - name: NOTES
          value: |
            two
            lines
    - <<: *app
      name: other
"""
LIST = """\
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 1}]}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {token: abc, text: "x\\ny"}}
"""
JSON = '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"},\n "data": {"a": "aGVsbG8="}}'
BROKEN = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: x\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: y}\n"
)
DATE_AS_KEY = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: dated}\ndata:\n  2024-05-01: x\n"
MANY = "---\n".join(POD.format(number=number) for number in range(1500))

TEXTS = {
    "pod.yaml": POD.format(number=0),
    "list.yaml": LIST,
    "secret.json": JSON,
    "broken.yaml": BROKEN,
    "dated.yaml": DATE_AS_KEY,
    "windows.yaml": POD.format(number=1).replace("\n", "\r\n"),
    "many.yaml": MANY,
}


def facts(found: Iterable[Resource | Unread]) -> Iterator[object]:
    """Yield all that is known of each item, with the place of each of its members."""
    for each in found:
        if isinstance(each, Unread):
            yield each
        else:
            body = dict(each.body)
            paths = [
                ("spec",),
                ("spec", "containers", 0, "image"),
                ("spec", "containers", 1, "env", 1, "value"),
            ]
            places = [each.place_of(path) for path in (*paths, ("metadata", "name"), ("data",), ("nothing",))]
            yield each.type, each.address, body, each.place, each.suppressions, each.scope, each.plane, places


def test_what_workers_read_is_what_this_process_reads() -> None:
    texts = [(name, text.encode()) for name, text in TEXTS.items()]
    here = [each for name, data in texts for each in read_manifest(data, name, Limits())]

    there = list(by_workers(texts, Tree(Path()), 2, read_manifest))

    assert list(facts(there)) == list(facts(here))
    assert len(here) == 1500 + 7 + 1


PLAIN = """\
apiVersion: v1
kind: Pod
metadata:
  name: plain-{number}
{more}spec:
  containers:
    - name: app
      image: web:{number}
      env:
        - name: NOTES
          value: {value}
    - name: other
      image: web:{number}
      env: {env}
"""
TYPED = "apiVersion: v1\nkind: {kind}\nitems:\n  - metadata:\n      name: a\n  - metadata:\n      name: b\n"


def test_objects_of_one_shape_have_each_the_places_of_its_own() -> None:
    written = [
        PLAIN.format(number=number, more=more, value=value, env=env)
        for more in ("", "  labels:\n    a: b\n", "\n", "  labels: {}\n")
        for value in (
            "x",
            "|\n            two\n            lines",
            "[a]",
            '"y"',
            "|\n            one",
            "${X}",
        )
        for env in ("[]", "{}", "nothing", "")
        for number in (1, 22)
    ]
    written += [TYPED.format(kind=kind) for kind in ("PodList", "Paid", "PodList")]
    texts = [(f"{name}.yaml", "---\n".join(written[start:]).encode()) for name, start in (("a", 0), ("b", 7))]

    here = [each for name, data in texts for each in read_manifest(data, name, Limits())]
    there = list(by_workers(texts, Tree(Path()), 2, read_manifest))

    steps = [
        ("spec", "containers", number, *rest)
        for number in (0, 1)
        for rest in ((), ("env",), ("env", 0, "value"))
    ]
    paths = [*steps, (), ("metadata",), ("metadata", "labels", "a"), ("kind",), ("spec", "containers")]

    def placed(found: list[Resource | Unread]) -> list[object]:
        return [
            [each.place_of(path) for path in paths] if isinstance(each, Resource) else each for each in found
        ]

    assert placed(there) == placed(here)
    assert len(here) > 2 * 180


def test_a_large_file_goes_out_in_parts_that_know_their_lines() -> None:
    data = MANY.encode()

    got = list(parts("many.yaml", data))

    assert len(got) > 1
    assert b"".join(each.lstrip(b"\n") for each in got) == data
    last = list(read_manifest(got[-1], "many.yaml", Limits()))[-1]
    assert isinstance(last, Resource)
    assert data.split(b"\n")[last.place.line - 1] == b"apiVersion: v1"


@pytest.mark.parametrize(
    "data",
    [
        b"%YAML 1.1\n" + MANY.encode(),
        MANY.encode() + b"...\n%YAML 1.1\n---\na: 1\n",
        MANY.replace("\n", "\r").encode(),
        MANY.encode("utf-16"),
        MANY.replace("two", "two\u2028and").encode(),
    ],
    ids=["directive", "directive below", "carriage returns", "UTF-16", "line separators"],
)
def test_a_text_whose_lines_or_documents_are_not_told_by_newlines_stays_whole(data: bytes) -> None:
    assert list(parts("many.yaml", data)) == [data]


def test_a_text_that_takes_too_long_is_unread() -> None:
    endless = ("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n" + "a: [1, 2, 3]\n" * 400_000).encode()

    found = list(
        by_workers([("endless.yaml", endless)], Tree(Path(), Limits(parse_seconds=0.5)), 1, read_manifest)
    )

    assert [each.place.origin for each in found] == ["endless.yaml"]
    assert isinstance(found[0], Unread)
    assert "longer than 0.5 seconds" in found[0].because


def test_workers_are_started_for_much_to_read_alone() -> None:
    assert workers_for(WORTH_IT, 8) == 0
    assert 2 <= workers_for(3 * WORTH_IT, 8) <= 4
    assert workers_for(100 * WORTH_IT, 3) == 3


def test_objects_of_files_that_different_workers_read_belong_together(tmp_path: Path) -> None:
    policy = (
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\n"
        "spec: {podSelector: {}, policyTypes: [Ingress]}\n"
    )
    (tmp_path / "a-many.yaml").write_text(
        MANY.replace("  hostNetwork: false\n", "").replace("  hostNetwork: true\n", "")
    )
    (tmp_path / "z-policy.yaml").write_text(policy)
    options = Options(in_force(Choice(ids=("workload-network-isolated",))), jobs=2)

    result = scan(tmp_path, options)

    outcomes = {each.outcome for each in result.verdicts if each.asset.kind == "workload"}
    assert outcomes == {"pass"}, result.verdicts[0].because
    assert sum(1 for each in result.verdicts if each.asset.kind == "workload") == 1500
