"""Formats that checkov's own runners read: verdicts with places, comments that skip, and nothing run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.packs.checkov.scans import document, written

FILES = {
    "Dockerfile": "FROM ubuntu:latest\n#checkov:skip=CKV_DOCKER_3:the base image says who\nRUN sudo apt-get update\n",
    ".github/workflows/build.yml": (
        "name: build\non: push\npermissions: write-all\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: echo ${{ github.event.issue.title }}\n"
    ),
    ".github/workflows/ask.yml": (
        "name: ask\n# checkov:skip=CKV_GHA_7: only the time is asked for\non:\n  workflow_dispatch:\n    inputs:\n"
        "      at: {description: when, default: now}\npermissions: write-all\njobs:\n  one:\n"
        "    runs-on: ubuntu-latest\n    steps:\n      - run: date\n"
    ),
    "pod.yaml": (
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  namespace: shop\nspec:\n  hostPID: true\n"
        "  containers:\n  - name: c\n    image: nginx:latest\n"
    ),
    "roles.yaml": (
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: reads\nrules:\n"
        "- apiGroups: ['']\n  resources: [secrets]\n  verbs: [get, list]\n---\n"
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: reads\nroleRef:\n"
        "  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: reads\n"
        "subjects:\n- {kind: ServiceAccount, name: robot, namespace: shop}\n---\n"
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: robot\n  namespace: shop\n"
    ),
    "web.yaml": (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  template:\n"
        "    metadata:\n      labels: {app: web}\n    spec:\n      containers:\n      - name: c\n"
        "        image: shop/web:${TAG}\n"
    ),
    "stack.yaml": (
        "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Cluster:\n    Type: AWS::DAX::Cluster\n    Properties:\n"
        "      IAMRoleARN: r\n      NodeType: t\n      ReplicationFactor: 1\n      SSESpecification:\n"
        "        SSEEnabled: false\n"
    ),
    "asked.yaml": (
        "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  Encrypt: {Type: String}\nResources:\n  Asked:\n"
        "    Type: AWS::DAX::Cluster\n    Properties:\n      IAMRoleARN: r\n      NodeType: t\n"
        "      ReplicationFactor: 1\n      SSESpecification:\n        SSEEnabled: !Ref Encrypt\n"
    ),
    "calls.yaml": "".join(
        [
            "AWSTemplateFormatVersion: '2010-09-09'\nParameters:\n  Whose: {Type: String}\nResources:\n",
            "  Store:\n    Type: AWS::S3::Bucket\n",
            *(
                f"  {name}:\n    Type: AWS::Lambda::Permission\n    Properties:\n      FunctionName: f\n"
                "      Action: lambda:InvokeFunction\n      Principal: s3.amazonaws.com\n"
                f"      SourceArn: !Sub '{arn}'\n"
                for name, arn in (
                    ("Made", "arn:aws:s3:::${Store}"),
                    ("Own", "arn:aws:s3:${AWS::Region}:${AWS::AccountId}:accesspoint/a"),
                    ("Given", "arn:aws:s3:::${Whose}"),
                )
            ),
        ]
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    tree = written(tmp_path_factory.mktemp("formats"), FILES)
    report = document(
        tree,
        *(
            f"--pack-format={each}"
            for each in ("dockerfile", "github_actions", "kubernetes", "cloudformation")
        ),
    )
    assert not [gap for gap in report["unread"] if "checkov" in gap["because"]]
    by_check: dict[str, list[dict[str, Any]]] = {}
    for each in report["verdicts"]:
        by_check.setdefault(each["policy"], []).append(each)
    return by_check


def test_a_dockerfile_is_judged_line_by_line(found: dict[str, list[dict[str, Any]]]) -> None:
    (sudo,) = found["CKV2_DOCKER_1"]
    assert (sudo["outcome"], sudo["places"][0]["origin"], sudo["places"][0]["line"]) == (
        "fail",
        "Dockerfile",
        3,
    )


def test_a_comment_waives_in_a_dockerfile(found: dict[str, list[dict[str, Any]]]) -> None:
    (user,) = found["CKV_DOCKER_3"]
    assert (user["outcome"], user["waiver"]["reason"]) == ("waived", "the base image says who")


def test_a_workflow_is_judged(found: dict[str, list[dict[str, Any]]]) -> None:
    assert {each["outcome"] for each in found["CKV2_GHA_1"]} == {"fail"}


def test_a_manifest_is_judged_on_the_object_that_we_read(found: dict[str, list[dict[str, Any]]]) -> None:
    outcomes = {each["asset"]["type"]: each["outcome"] for each in found["CKV_K8S_17"]}
    assert outcomes == {"core/Pod": "fail", "apps/Deployment": "pass"}


def test_a_graph_check_of_a_cluster_tells_of_what_is_bound(found: dict[str, list[dict[str, Any]]]) -> None:
    outcomes = {each["asset"]["address"]: each["outcome"] for each in found["CKV2_K8S_5"]}
    assert outcomes["rbac.authorization.k8s.io/ClusterRoleBinding reads"] == "fail"


def test_a_network_policy_that_selects_nothing_by_name_holds_for_all_pods(tmp_path: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {a: p}}\nspec: {containers: [{name: c, image: i}]}\n"
    policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: none}\nspec: {podSelector: %s}\n"
    for folder, selector in (("all", "{}"), ("other", "{matchLabels: {a: q}}")):
        (tmp_path / folder).mkdir()
        report = document(
            written(tmp_path / folder, {"p.yaml": f"{pod}---\n{policy % selector}"}),
            "--pack-format=kubernetes",
        )
        same = [each for verdict in report["verdicts"] for each in verdict.get("same", ())]
        outcomes = [each["outcome"] for each in same if each["rule"] == "CKV2_K8S_6"]
        assert outcomes == ["pass" if folder == "all" else "fail"]


def test_what_is_filled_in_when_applied_is_not_known(found: dict[str, list[dict[str, Any]]]) -> None:
    stated = {each["asset"]["address"]: each for each in found["CKV_K8S_43"]}
    assert stated["apps/Deployment shop/web"]["outcome"] == "unknown"
    assert "${TAG}" in stated["apps/Deployment shop/web"]["because"]
    assert stated["core/Pod shop/p"]["outcome"] == "fail"


def test_bicep_is_judged_by_the_checks_that_it_shares_with_arm(tmp_path: Path) -> None:
    server = (
        "resource server 'Microsoft.Sql/servers@2021-11-01' = {\n  name: 'orders'\n  location: 'westeurope'\n"
        "  properties: {\n    publicNetworkAccess: 'Enabled'\n  }\n}\n"
    )
    report = document(written(tmp_path, {"servers.bicep": server}), "--pack-format=bicep")
    outcomes = {each["policy"]: (each["outcome"], each["asset"]["address"]) for each in report["verdicts"]}
    assert outcomes["CKV_AZURE_23"] == ("fail", "server")
    assert outcomes["CKV_AZURE_11"] == ("pass", "server")  # a check of ARM's own registry, which Bicep shares
    assert "CKV2_AZURE_27" in outcomes  # a graph check, which a runner puts into a report of its own


def test_a_template_is_judged_on_the_resource_that_we_read(found: dict[str, list[dict[str, Any]]]) -> None:
    stated = {each["asset"]["address"]: each for each in found["CKV_AWS_47"]}
    assert (stated["Cluster"]["outcome"], stated["Cluster"]["setting"]) == (
        "fail",
        "SSESpecification.SSEEnabled",
    )
    assert (stated["Cluster"]["places"][0]["origin"], stated["Cluster"]["places"][0]["line"]) == (
        "stack.yaml",
        10,
    )


def test_a_file_that_checkov_fails_on_costs_that_file_alone(tmp_path: Path) -> None:
    odd = "Resources:\n  Storage:\n    Type: {'Rain::Module': ../bucket.yml}\n  Queue:\n    Type: AWS::SQS::Queue\n"
    files = {"a.yaml": FILES["stack.yaml"], "odd.yaml": odd, "z.yaml": FILES["stack.yaml"]}
    tree = written(tmp_path, files)
    for report in (
        document(tree, "--pack-format=cloudformation") for _ in range(2)
    ):  # the second is recalled
        judged = [
            each["places"][0]["origin"] for each in report["verdicts"] if each["policy"] == "CKV_AWS_47"
        ]
        assert sorted(judged) == ["a.yaml", "z.yaml"]
        gaps = {each["place"]["origin"]: each for each in report["unread"] if "checkov" in each["because"]}
        assert list(gaps) == ["odd.yaml"]
        assert "also" not in gaps["odd.yaml"]


def test_a_parameter_without_a_value_is_not_known(found: dict[str, list[dict[str, Any]]]) -> None:
    (asked,) = (each for each in found["CKV_AWS_47"] if each["asset"]["address"] == "Asked")
    assert (asked["outcome"], asked["places"][0]["line"]) == ("unknown", 12)
    assert "the parameter Encrypt has no value here" in asked["because"]


def test_a_text_of_which_deployment_tells_a_part_is_there(found: dict[str, list[dict[str, Any]]]) -> None:
    outcomes = {each["asset"]["address"]: each["outcome"] for each in found["CKV_AWS_364"]}
    assert outcomes == {"Made": "pass", "Own": "pass", "Given": "unknown"}


def test_a_comment_waives_in_a_workflow(found: dict[str, list[dict[str, Any]]]) -> None:
    (asked,) = (each for each in found["CKV_GHA_7"] if each["places"][0]["origin"].endswith("ask.yml"))
    assert (asked["outcome"], asked["waiver"]["reason"]) == ("waived", "only the time is asked for")


def test_a_rendered_chart_is_judged_and_one_that_is_not_is_told(tmp_path: Path) -> None:
    template = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  hostPID: true\n"
    files = {
        "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
        "chart/templates/pod.yaml": template,
        "rendered/shop.yaml": "---\n# Source: shop/templates/pod.yaml\n"
        + template.replace("{{ .Release.Name }}", "shop"),
    }
    report = document(written(tmp_path, files), "--pack-format=helm")
    judged = [
        (each["asset"]["address"], each["outcome"])
        for each in report["verdicts"]
        if each["policy"] == "CKV_K8S_17"
    ]
    assert judged == [("core/Pod default/shop", "fail")]
    (gap,) = report["unread"]
    assert (gap["place"]["origin"], gap["because"]) == (
        "chart/Chart.yaml",
        "1 Helm template of it cannot be judged",
    )


def test_a_format_that_no_pack_judges_is_wrong_usage(tmp_path: Path) -> None:
    tree = written(tmp_path, {"tfaudit.yaml": "packs: [checkov]\npack_formats: [kubernets]\n"})
    done = tfaudit("scan", ".", cwd=tree)
    assert done.returncode == 2
    assert 'no pack judges "kubernets"; did you mean "kubernetes"?' in done.stderr
