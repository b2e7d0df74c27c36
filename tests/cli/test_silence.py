"""Silence is never an answer: what was named and not read, and a run that judged nothing, are not green."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit

SOUND = 'resource "aws_kms_key" "data" {\n  enable_key_rotation = true\n  deletion_window_in_days = 30\n}\n'
POLICY = ("--policy", "key-rotation")
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {containers: []}\n"
MESSAGES = (
    '{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version","ui":"1.2"}\n'
    '{"@level":"info","@message":"Plan: 1 to add","@module":"terraform.ui","type":"change_summary"}\n'
)
STATE = {
    "version": 4,
    "terraform_version": "1.11.4",
    "serial": 1,
    "lineage": "a",
    "outputs": {},
    "resources": [],
}


def report(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    done = tfaudit("scan", *arguments, "-o", "json", cwd=folder)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def binary(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tfplan", b"\x0a\x03")
        archive.writestr("tfstate", b"{}")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.json", "", "it is empty"),
        ("plan.json", "\ufeff \n", "it is empty"),
        ("plan.json", "{}", "nothing in it is of a form that is read"),
        ("plan.json", '{"name": "shop"}', "nothing in it is of a form that is read"),
        ("plan.json", MESSAGES, "terraform show -json"),
        ("run.log", MESSAGES, "terraform show -json"),
        ("terraform.tfstate", json.dumps(STATE), "terraform show -json terraform.tfstate"),
        ("old.state", json.dumps(STATE), "terraform show -json old.state"),
        ("notes.txt", "nothing", "nothing in it is of a form that is read"),
        ("MAIN.TF", SOUND, "nothing in it is of a form that is read"),
        ("words.yaml", "# apiVersion, kind\na: 1\n", "nothing in it is of a form that is read"),
        ("words.json", '{"a": "Resources of AWS::S3"}', "nothing in it is of a form that is read"),
        ("latin.yaml", POD.replace("a,", "\udce9,"), "not UTF-8"),
    ],
)
def test_a_named_file_that_is_not_read_is_reported(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    code, document = report(tmp_path, name, "main.tf", *POLICY)
    [gap] = document["unread"]
    assert (code, gap["place"]["origin"]) == (3, name)
    assert says in gap["because"] + gap["settle_with"]


@pytest.mark.parametrize("name", ["plan.bin", "tfplan", "plan.out", "a.tfplan"])
@pytest.mark.parametrize("named", [True, False])
def test_a_binary_plan_is_reported(tmp_path: Path, name: str, named: bool) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    binary(tmp_path / name)
    code, document = report(tmp_path, *([name] if named else []), "--allow-empty", *POLICY)
    [gap] = document["unread"]
    assert (code, gap["place"]["origin"]) == (3, name)
    assert f"terraform show -json {name}" in gap["settle_with"]


@pytest.mark.parametrize("name", ["plan", "plan.out", "a.tfplan"])
def test_a_plan_as_json_under_the_name_of_a_binary_one_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    (tmp_path / name).write_text(
        '{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}}'
    )
    code, document = report(tmp_path, *POLICY)
    [gap] = document["unread"]
    assert (code, gap["place"]["origin"]) == (3, name)
    assert "it is a plan as JSON" in gap["because"]


def test_an_empty_plan_beside_code_is_reported(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    (tmp_path / "plan.json").write_text("\n")
    code, document = report(tmp_path, *POLICY)
    assert (code, [gap["because"] for gap in document["unread"]]) == (3, ["it is empty"])


def test_in_a_folder_what_is_no_infrastructure_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    (tmp_path / "README.md").write_text(POD)
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "package.json").write_text('{"name": "shop"}')
    (tmp_path / "words.json").write_text('["apiVersion", "kind", "Resources", "AWS::"]')
    (tmp_path / "values.yaml").write_text("# apiVersion and kind\na: 1\n")
    (tmp_path / "archive.bin").write_bytes(b"PK\x03\x04 something else")
    (tmp_path / "logo").write_bytes(bytes(range(256)))
    code, document = report(tmp_path, *POLICY)
    assert (code, document["unread"], document["summary"]["complete"]) == (0, [], True)


@pytest.mark.parametrize("name", ["stack.yaml", "deploy.json", "infra.template"])
def test_bytes_under_the_name_of_a_manifest_are_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x00GITCRYPT\x00" + bytes(range(200)))
    code, document = report(tmp_path, *POLICY)
    assert (code, [gap["because"] for gap in document["unread"]]) == (3, ["it is not text"])


@pytest.mark.parametrize("name", ["a.JSON", "a.Yaml", "a.yml.tpl", "manifest"])
def test_a_manifest_by_an_unusual_name_is_read_when_it_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}}')
    _, document = report(tmp_path, name)
    assert (document["unread"], document["scanned"][0]["resources"]) == ([], 1)


def test_a_file_over_the_limit_is_reported_wherever_its_words_stand(tmp_path: Path) -> None:
    (tmp_path / "long.yaml").write_text("# nothing but words\n" * 1_100_000 + POD)
    (tmp_path / "data.json").write_text('["' + "x" * 21_000_000 + '"]')
    code, document = report(tmp_path)
    assert (code, [gap["place"]["origin"] for gap in document["unread"]]) == (3, ["long.yaml"])


def test_nothing_judged_is_not_green_unless_that_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Shop\n")
    code, document = report(tmp_path)
    assert (code, document["summary"]["complete"]) == (3, True)
    assert document["run"]["notes"] == [f"nothing was judged in {tmp_path.name}"]
    assert report(tmp_path, "--allow-empty")[0] == 0
    (tmp_path / "tfaudit.yaml").write_text("gate: {allow_empty: true}\n")
    assert report(tmp_path)[0] == 0
    done = tfaudit("scan", "--allow-empty", cwd=tmp_path)
    assert "nothing was judged" in done.stdout


def test_of_several_paths_the_empty_one_is_named(tmp_path: Path) -> None:
    for name in ("code", "docs"):
        (tmp_path / name).mkdir()
    (tmp_path / "code/main.tf").write_text(SOUND)
    code, document = report(tmp_path, "code", "docs", *POLICY)
    assert (code, document["run"]["notes"]) == (0, ["nothing was judged in docs"])


def test_findings_go_before_gaps_and_both_are_told(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(SOUND.replace("true", "false"))
    binary(tmp_path / "tfplan")
    code, document = report(tmp_path, *POLICY)
    assert (code, document["summary"]["complete"]) == (1, False)


def test_what_deploys_more_is_an_object_and_what_it_deploys_is_told(tmp_path: Path) -> None:
    (tmp_path / "release.yaml").write_text(
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: echo, namespace: shop}\n"
        "---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: web, namespace: argo}\n"
        "spec: {source: {chart: web, helm: {values: 'a: {{ b }}'}}}\n"
    )
    _, document = report(tmp_path)
    told = "\n".join(document["run"]["notes"])
    assert document["scanned"][0]["resources"] == 2
    assert "what HelmRelease shop/echo deploys is not read here" in told
    assert "what Argo CD's Application argo/web deploys is not read here" in told
