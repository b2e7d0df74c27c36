"""Manifests in; one resource for each object, with places, suppressions, and no secret value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands import tfaudit
from tfaudit.model.resources import Resource, Unread, Unresolved
from tfaudit.redaction import REDACTED
from tfaudit.sources import kubernetes
from tfaudit.sources.tree.files import InputFile, Tree, discover

if TYPE_CHECKING:
    from pathlib import Path

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: nginx:1.25
"""


def scan(root: Path, **files: str) -> tuple[list[Resource], list[Unread]]:
    """Write the files, and read those that are claimed; `__` in a name stands for `/`, `_y` ends in `.yaml`."""
    for name, text in files.items():
        path = root / (
            name.replace("__", "/").removesuffix("_y") + (".yaml" if name.endswith("_y") else ".json")
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    tree = Tree(root)
    found = [
        each
        for each in discover(root, root, tree.limits)
        if isinstance(each, InputFile) and kubernetes.claims(each)
    ]
    read = list(kubernetes.read_tree(found, tree))
    return [x for x in read if isinstance(x, Resource)], [x for x in read if isinstance(x, Unread)]


def test_each_object_is_a_resource_with_its_place(tmp_path: Path) -> None:
    (first, second), gaps = scan(tmp_path, a_y=POD + "---\n" + POD.replace("name: web", "name: api", 1))
    assert not gaps
    assert [each.address for each in (first, second)] == ["core/Pod shop/web", "core/Pod shop/api"]
    assert (first.type, first.plane, first.dialect, first.scope) == (
        "core/Pod",
        "manifest",
        "kubernetes",
        ".",
    )
    assert (second.place.origin, second.place.line) == ("a.yaml", 11)
    assert second.place_of(("spec", "containers", 0, "image")).line == 19


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n", "core/Namespace shop"),
        (
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n",
            "rbac.authorization.k8s.io/ClusterRole a",
        ),
        ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n", "apps/Deployment default/a"),
        (
            "apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a}\n",
            "networking.k8s.io/Ingress default/a",
        ),
        ("apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n", "batch/Job default/a-"),
        (
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a, namespace: b}\n",
            "example.com/Thing b/a",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: '${NAME}'}\n", "core/Pod default/${NAME}"),
    ],
)
def test_addresses(tmp_path: Path, text: str, address: str) -> None:
    (found,), _ = scan(tmp_path, a_y=text)
    assert found.address == address


def test_the_items_of_lists_are_resources(tmp_path: Path) -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}
    service = {"metadata": {"name": "b"}}
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": [pod, pod]}, indent=1)
    typed = json.dumps({"apiVersion": "v1", "kind": "ServiceList", "items": [service]})
    found, _ = scan(tmp_path, a=text, b=typed)
    assert [each.type for each in found] == ["core/Pod", "core/Pod", "core/Service"]
    assert found[1].place.line == 12
    assert found[1].place_of(("metadata", "name")).line == 16


@pytest.mark.parametrize(
    "text",
    [
        "services: {web: {image: x}}\n",
        "apiVersion: v2\nname: chart\n",
        "- hosts: all\n  tasks: []\n",
        "kind: diagram\n",
    ],
)
def test_other_yaml_is_left_to_others(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    assert not kubernetes.claims(InputFile(tmp_path, "a.yaml", len(text)))


def test_configuration_of_client_programs_is_no_object(tmp_path: Path) -> None:
    config = "apiVersion: v1\nkind: Config\nusers: [{name: me, user: {token: hidden}}]\n"
    assert scan(tmp_path, a_y=config) == ([], [])


SECRET = """\
apiVersion: v1
kind: Secret
metadata:
  name: db
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data": {"password": "aGlkZGVu"}}'
data: {password: aGlkZGVu, empty: ""}
stringData: {token: hidden, sops: "ENC[AES256_GCM,data:x]"}
"""


def test_secret_values_never_get_past_the_reader(tmp_path: Path) -> None:
    container = """      env:
        - {name: DB_PASSWORD, value: hidden}
        - {name: DB_PASSWORD_FILE, value: /run/shown}
        - {name: API_TOKEN, value: $(SHOWN)}
        - {name: DATABASE_URL, value: "postgres://me:hidden@db/x"}
      args: ["--url=https://me:hidden@example.com"]
"""
    found, _ = scan(
        tmp_path,
        a_y=SECRET,
        b_y=POD + container,
        c_y="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {password: hidden, plain: shown}\n",
    )
    text = str([each.body for each in found])
    assert "hidden" not in text
    assert "aGlkZGVu" not in text
    assert text.count("shown") == 2
    assert "SHOWN" in text
    assert found[0].body["data"] == {"password": REDACTED, "empty": ""}
    assert isinstance(found[0].body["stringData"]["sops"], Unresolved)


def test_a_value_that_waits_to_be_filled_in_is_not_known(tmp_path: Path) -> None:
    (found,), _ = scan(tmp_path, a_y=POD.replace("nginx:1.25", "nginx:${TAG}") + '      args: ["${HOME}"]\n')
    container = found.body["spec"]["containers"][0]
    assert isinstance(container["image"], Unresolved)
    assert container["args"] == ["${HOME}"]


def test_a_key_that_stands_twice_is_not_known(tmp_path: Path) -> None:
    (found,), _ = scan(tmp_path, a_y=POD + "  hostPID: true\n  hostPID: false\n")
    assert found.body["spec"]["hostPID"] == Unresolved(
        "hostPID stands twice, on lines 10 and 11", "take one of them out"
    )


CHART_TEMPLATE = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n"


def test_templates_of_a_chart_are_told_once(tmp_path: Path) -> None:
    found, gaps = scan(
        tmp_path,
        chart__Chart_y="name: c\nversion: 1.0.0\n",
        chart__templates__a_y=CHART_TEMPLATE,
        chart__templates__deep__b_y='{{ include "c.all" . }}\n',
        chart__crds__plain_y=POD,
    )
    assert [each.place.origin for each in found] == ["chart/crds/plain.yaml"]
    assert [(gap.place.origin, gap.because, gap.settle_with) for gap in gaps] == [
        (
            "chart/Chart.yaml",
            "2 Helm templates of it cannot be judged",
            "render it (helm template) and scan the output",
        )
    ]


def test_a_template_outside_of_a_chart_is_told_as_what_it_looks_like(tmp_path: Path) -> None:
    found, (gap,) = scan(tmp_path, a_y=CHART_TEMPLATE + "---\n" + POD)
    assert [each.address for each in found] == ["core/Pod shop/web"]
    assert gap.place.line == 4
    assert gap.because.startswith("it looks like a template")


def test_patches_of_kustomize_are_not_judged_as_objects(tmp_path: Path) -> None:
    kustomization = "resources: [../base]\npatches:\n  - path: ../patches/more.yaml\n  - patch: |-\n      a\n"
    found, (gap,) = scan(tmp_path, base__pod_y=POD, over__kustomization_y=kustomization, patches__more_y=POD)
    assert [each.place.origin for each in found] == ["base/pod.yaml"]
    assert (gap.place.origin, gap.because) == (
        "over/kustomization.yaml",
        "2 patches of it are not applied: what should be changed is judged as it stands",
    )


def test_what_kustomize_changes_takes_from_elsewhere_and_makes_is_told(tmp_path: Path) -> None:
    kustomization = (
        "namespace: shop\nresources: [pod.yaml, https://example.com/base?ref=v1]\nimages:\n  - {name: w, newTag: v2}\n"
        "secretGenerator:\n  - {name: password, literals: [a=b]}\n"
    )
    found, gaps = scan(tmp_path, kustomization_y=kustomization, pod_y=POD)
    assert [each.place.origin for each in found] == ["pod.yaml"]
    assert [gap.because for gap in gaps] == [
        "namespace, images of it are not applied: what should be changed is judged as it stands",
        "what it takes from elsewhere is not read: https://example.com/base?ref=v1",
        "what it makes is not judged: secretGenerator",
    ]


def test_a_kustomization_that_only_lists_files_is_no_gap(tmp_path: Path) -> None:
    found, gaps = scan(tmp_path, kustomization_y="resources: [pod.yaml]\n", pod_y=POD)
    assert len(found) == 1
    assert gaps == []


@pytest.mark.parametrize("name", ["kustomization.yml", "Kustomization", "over/Kustomization"])
def test_each_name_that_kustomize_takes_is_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "pod.yaml").write_text(POD)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("resources: [../pod.yaml]\nimages: [{name: w, newTag: v2}]\n")
    done = tfaudit("scan", ".", "-o", "json", cwd=tmp_path)
    (gap,) = json.loads(done.stdout)["unread"]
    assert gap["place"]["origin"] == name
    assert gap["because"].startswith("images of it is not applied")


def test_a_link_to_a_file_of_another_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "pod.txt").write_text(POD)
    (tmp_path / "pod.yaml").symlink_to("pod.txt")
    done = tfaudit("scan", ".", "-o", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert {each["asset"]["scope"] for each in report["verdicts"]}
    assert {place["origin"] for each in report["verdicts"] for place in each["places"]} == {"pod.yaml"}


def test_charts_that_a_chart_depends_on_and_that_are_not_there_are_told(tmp_path: Path) -> None:
    dependencies = (
        "apiVersion: v2\nname: all\nversion: 1.0.0\ndependencies:\n"
        "  - {name: redis, version: 1.2.3, repository: 'https://charts.example.com'}\n"
        "  - {name: shop, version: 1.0.0, repository: 'file://../shop'}\n"
        "  - {name: here, version: 1.0.0, repository: 'https://charts.example.com'}\n"
    )
    inner = "apiVersion: v2\nname: here\nversion: 1.0.0\n"
    found, (gap,) = scan(tmp_path, all__Chart_y=dependencies, all__charts__here__Chart_y=inner)
    assert found == []
    assert (gap.place.origin, gap.because) == (
        "all/Chart.yaml",
        "what it depends on is not read: redis",
    )


def test_a_comment_belongs_to_what_stands_beside_or_below_it(tmp_path: Path) -> None:
    text = f"""\
# tfaudit:ignore workload-seccomp the node sets it
{POD}      # checkov:skip=CKV_K8S_16:needs the device
      securityContext:
        privileged: true
      ports: # tfaudit:ignore container-no-host-ports by design
        - hostPort: 80
---
{POD}
"""
    first, second = scan(tmp_path, a_y=text)[0]
    found = [(each.tool, each.ids, each.path, each.reason) for each in first.suppressions]
    container = ("spec", "containers", 0)
    assert found == [
        ("tfaudit", ("workload-seccomp",), (), "the node sets it"),
        ("checkov", ("CKV_K8S_16",), (*container, "securityContext"), "needs the device"),
        ("tfaudit", ("container-no-host-ports",), (*container, "ports"), "by design"),
    ]
    assert not second.suppressions


def test_annotations_that_ask_to_leave_findings_out(tmp_path: Path) -> None:
    annotations = """\
  annotations:
    checkov.io/skip1: CKV_K8S_20=runs an installer
    tfaudit/ignore: workload-seccomp until=2030-01-01 until the node is new
    other: text
"""
    (found,), _ = scan(tmp_path, a_y=POD.replace("spec:\n", annotations + "spec:\n", 1))
    assert [
        (each.tool, each.ids, each.reason, each.until, each.place.line) for each in found.suppressions
    ] == [
        ("checkov", ("CKV_K8S_20",), "runs an installer", "", 7),
        ("tfaudit", ("workload-seccomp",), "until the node is new", "2030-01-01", 8),
    ]
