"""Manifests that no cluster takes: each is reported, and nothing in it passes for absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.test_kubernetes import POD, scan
from tfaudit.model.resources import Unresolved

HEAD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n"


@pytest.mark.parametrize(
    ("text", "path", "says"),
    [
        (HEAD + "spec: []\n", "spec", "a list where a mapping belongs"),
        (HEAD + "spec: {containers: {a: {image: x}}}\n", "spec.containers", "a mapping where a list belongs"),
        (HEAD + "spec: {containers: [x]}\n", "spec.containers[0]", "text where a mapping belongs"),
        (
            HEAD + "spec: {containers: [{image: 1.5}]}\n",
            "spec.containers[0].image",
            "a number where text belongs",
        ),
        (
            HEAD + "spec: {containers: [{securityContext: {capabilities: {add: ALL}}}]}\n",
            "spec.containers[0].securityContext.capabilities.add",
            "text where a list belongs",
        ),
        ("apiVersion: v1\nkind: Pod\nmetadata: [web]\n", "metadata", "a list where a mapping belongs"),
        (HEAD.replace("web", "7"), "metadata.name", "a number where text belongs"),
        (
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: {verbs: ['*']}\n",
            "rules",
            "a mapping where a list belongs",
        ),
        (
            "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: [hunter2]\n",
            "data",
            "where a mapping belongs",
        ),
    ],
)
def test_a_value_of_another_shape_is_reported_and_not_known(
    tmp_path: Path, text: str, path: str, says: str
) -> None:
    [resource], [gap] = scan(tmp_path, a_y=text)
    assert (gap.place.at, gap.place.line > 0, says in gap.because) == (path, True, True)
    assert "hunter2" not in repr(resource.body)
    steps = path.replace("[", ".").replace("]", "").split(".")
    value: object = resource.body
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value[step]  # type: ignore[index]
    assert isinstance(value, Unresolved)


@pytest.mark.parametrize(
    "text",
    [
        POD,
        HEAD + "spec: {containers: null, initContainers: []}\n",
        HEAD.replace("web", "2024-01-01") + "spec: {}\n",
        "apiVersion: example.com/v1\nkind: Odd\nmetadata: {name: a}\nspec: [1, 2]\ndata: x\n",
    ],
)
def test_what_a_cluster_takes_has_no_gaps(tmp_path: Path, text: str) -> None:
    [_], gaps = scan(tmp_path, a_y=text)
    assert gaps == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("apiVersion: 1\nkind: Pod\nmetadata: {name: a}\n", "its apiVersion is not text"),
        ("apiVersion: v1\nkind: [Pod]\n", "its kind is not text"),
        ("# kind\napiVersion: v1\nmetadata: {name: a}\n", "has no kind"),
        ("# apiVersion\nkind: Pod\nmetadata: {name: a}\n", "has no apiVersion"),
        ("- apiVersion: v1\n  kind: Pod\n", "in a bare list"),
        (POD + "---\nResources: {A: {Type: 'AWS::S3::Bucket'}}\n", "a CloudFormation template stands among"),
        ("apiVersion: v1\nkind: List\nitems: {a: {kind: Pod}}\n", "items is a mapping where a list belongs"),
        ("apiVersion: v1\nkind: List\nitems: [web]\n", "an item is text where an object belongs"),
        ("apiVersion: v1\nkind: List\nitems: [{kind: Pod}]\n", "the kind of the item is not known"),
        (
            "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [3]}]\n",
            "an item is a number where an object belongs",
        ),
        ('"apiVersion": "v1"\n"k\\u0069nd": !!int 3\n', "its kind is not text"),
    ],
)
def test_what_is_no_object_and_looks_like_one_is_reported(tmp_path: Path, text: str, says: str) -> None:
    _, [gap] = scan(tmp_path, a_y=text)
    assert says in gap.because


def test_a_key_that_stands_twice_in_json_is_not_known(tmp_path: Path) -> None:
    text = POD_JSON.replace('"privileged": true', '"privileged": true, "privileged": false')
    [resource], gaps = scan(tmp_path, a=text)
    [container] = resource.body["spec"]["containers"]
    assert isinstance(container["securityContext"]["privileged"], Unresolved)
    assert gaps == []
    kinds, [gap] = scan(tmp_path, a=POD_JSON.replace('"kind": "Pod"', '"kind": "Pod", "kind": "Secret"'))
    assert (kinds, "the kind of the object" in gap.because) == ([], True)


def test_an_object_under_a_client_files_name_is_read(tmp_path: Path) -> None:
    [resource], gaps = scan(tmp_path, kustomization_y=POD)
    assert (resource.address, gaps) == ("core/Pod shop/web", [])


@pytest.mark.parametrize(
    "group", ["helm.toolkit.fluxcd.io/v2", "helm.cattle.io/v1", "source.toolkit.fluxcd.io/v1"]
)
def test_what_helm_has_in_its_groups_name_is_an_object(tmp_path: Path, group: str) -> None:
    [resource], _ = scan(tmp_path, a_y=f"apiVersion: {group}\nkind: Thing\nmetadata: {{name: a}}\n")
    assert resource.type == f"{group.rpartition('/')[0]}/Thing"


POD_JSON = (
    '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"containers": '
    '[{"name": "a", "image": "b", "securityContext": {"privileged": true}}]}}'
)
