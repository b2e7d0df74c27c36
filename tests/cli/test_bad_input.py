"""Bad input ends in one clear sentence and the right exit code, with everything else still scanned."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit

SOUND = """
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  backup_retention_period = 30
}
"""
WORKLOAD = """
apiVersion: v1
kind: Pod
metadata: {name: sound, namespace: shop}
spec:
  containers:
    - {name: app, image: registry.internal/app@sha256:0000000000000000000000000000000000000000000000000000000000000000}
"""

BOMB = "kind: Pod\napiVersion: v1\na: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)
)
TEMPLATE = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  A:\n    Type: AWS::S3::Bucket\n"

UNCACHED = {**os.environ, "TFAUDIT_CACHE": ""}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree with one sound root, beside which each test puts what is bad."""
    (tmp_path / "sound").mkdir()
    (tmp_path / "sound/main.tf").write_text(SOUND)
    return tmp_path


def scanned(tree: Path, *arguments: str) -> dict[str, Any]:
    """Return the JSON report of a scan, which must be incomplete and still hold the sound root's verdict."""
    done = tfaudit("scan", "--fail-on", "never", "-o", "json", *arguments, cwd=tree)
    assert "Traceback" not in done.stderr
    assert done.returncode == 3, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    passed = {each["asset"]["address"] for each in document["verdicts"] if each["outcome"] == "pass"}
    assert "aws_db_instance.orders" in passed
    return document


def gaps(document: dict[str, Any], origin: str) -> list[str]:
    """Return why `origin` was not read, each with what to do."""
    found = [gap for gap in document["unread"] if gap["place"]["origin"] == origin]
    assert all(gap["because"] and gap["settle_with"] for gap in found)
    return [gap["because"] for gap in found]


def put(tree: Path, name: str, content: str | bytes) -> Path:
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_terraform_syntax_error_names_the_line_and_reads_the_rest_of_the_file(tree: Path) -> None:
    text = SOUND.replace("orders", "kept") + '\nresource "aws_s3_bucket" "broken" {\n  bucket = = "x"\n}\n'
    put(tree, "bad/main.tf", text)
    document = scanned(tree)
    (gap,) = [gap for gap in document["unread"] if gap["place"]["origin"] == "bad/main.tf"]
    assert gap["place"]["line"] == 8
    assert any(each["asset"]["address"] == "aws_db_instance.kept" for each in document["verdicts"])


def test_module_cycle(tree: Path) -> None:
    put(tree, "a/main.tf", 'module "b" {\n  source = "../b"\n}\n')
    put(tree, "b/main.tf", 'module "a" {\n  source = "../a"\n}\n')
    document = scanned(tree)
    assert any("a -> b -> a" in gap["because"] for gap in document["unread"])


def test_missing_module_names_its_call(tree: Path) -> None:
    put(tree, "bad/main.tf", 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n')
    (because,) = gaps(scanned(tree), "bad/main.tf")
    assert 'module "vpc"' in because


def test_folder_that_kills_the_parser(tree: Path) -> None:
    deep = f"locals {{ a = {'(' * 100_000}1{')' * 100_000} }}\n"
    put(tree, "bad/main.tf", deep + SOUND.replace("orders", "beside").replace("30", "pow(2, 3)"))
    document = scanned(tree)
    assert any(gap["place"]["origin"].startswith("bad") for gap in document["unread"])
    outcomes = {(each["asset"]["name"], each["outcome"]) for each in document["verdicts"]}
    assert ("orders", "pass") in outcomes
    assert "beside" in {name for name, _ in outcomes}


def test_text_that_doubles_is_unknown_and_nothing_else_is(tree: Path) -> None:
    doubled = "\n".join(f'  l{n} = "${{local.l{n - 1}}}${{local.l{n - 1}}}"' for n in range(1, 40))
    text = SOUND.replace("orders", "later").replace("30", "length(local.l39)")
    put(tree, "bad/main.tf", f'locals {{\n  l0 = "xxxxxxxxxx"\n{doubled}\n}}\n{text}')
    done = tfaudit("scan", "--policy", "backup-retention", "-o", "json", cwd=tree)
    outcomes = {each["asset"]["name"]: each["outcome"] for each in json.loads(done.stdout)["verdicts"]}
    assert outcomes == {"orders": "pass", "later": "unknown"}


def test_file_of_200_megabytes(tree: Path) -> None:
    path = put(tree, "bad/huge.tf", "")
    with path.open("r+b") as stream:
        stream.truncate(200_000_000)
    (because,) = gaps(scanned(tree), "bad/huge.tf")
    assert "200 MB" in because


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad/binary.tf", bytes(range(256)) * 10),
        ("bad/latin.tf", 'resource "aws_sqs_queue" "caf\xe9" {}\n'.encode("latin-1")),
        ("bad/bomb.yaml", BOMB),
        ("bad/deep.yaml", "apiVersion: v1\nkind: Pod\nspec: " + "[" * 5000 + "]" * 5000 + "\n"),
        (
            "bad/deep.json",
            '{"apiVersion": "v1", "kind": "Pod", "spec": ' + "[" * 100_000 + "]" * 100_000 + "}",
        ),
        ("bad/deep.tf", "locals {\n  a = " + "[" * 3000 + "]" * 3000 + "\n}\n"),
        ("bad/broken.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: [\n"),
        ("bad/template.yaml", TEMPLATE + "   B: x\n"),
        ("bad/template.json", '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"A": {"Type":'),
    ],
    ids=lambda value: (
        value if isinstance(value, str) and value.startswith("bad/") and len(value) < 30 else ""
    ),
)
def test_what_cannot_be_read_is_said(tree: Path, name: str, content: str | bytes) -> None:
    put(tree, name, content)
    assert gaps(scanned(tree), name)


def test_binary_named_yaml_is_no_input(tree: Path) -> None:
    put(tree, "picture.yaml", b"\x89PNG\r\n\x1a\n" + bytes(1000))
    done = tfaudit("scan", "--fail-on", "never", "-o", "json", cwd=tree)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 3}


def test_broken_document_leaves_the_others_of_its_file(tree: Path) -> None:
    put(
        tree,
        "bad/many.yaml",
        f"{WORKLOAD}---\napiVersion: v1\nkind: [\n---\n{WORKLOAD.replace('sound', 'second')}",
    )
    document = scanned(tree)
    assert gaps(document, "bad/many.yaml")
    names = {each["asset"]["name"] for each in document["verdicts"]}
    assert {"sound"} <= names


def test_link_out_of_the_tree_is_not_followed(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    put(outside, "main.tf", SOUND.replace("orders", "outside"))
    (tree / "linked").symlink_to(outside)
    (tree / "sound/linked.tf").symlink_to(outside / "main.tf")
    document = scanned(tree)
    assert gaps(document, "linked")
    assert gaps(document, "sound/linked.tf")
    assert "outside" not in {each["asset"]["name"] for each in document["verdicts"]}


@pytest.mark.skipif(
    shutil.which("setpriv") is None, reason="needs setpriv to give up root's right to read all"
)
def test_unreadable_file(tree: Path) -> None:
    put(tree, "bad/main.tf", SOUND).chmod(0)
    put(tree, "closed/main.tf", SOUND).parent.chmod(0)
    command = [sys.executable, "-m", "tfaudit", "scan", "--fail-on", "never", "-o", "json"]
    if os.getuid() == 0:
        rights = "-dac_override,-dac_read_search"
        command = ["setpriv", f"--bounding-set={rights}", f"--inh-caps={rights}", *command]
    done = subprocess.run(
        command,
        cwd=tree,
        env={**os.environ, "TFAUDIT_CACHE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    (tree / "closed").chmod(0o700)
    assert done.returncode == 3, done.stderr
    origins = {gap["place"]["origin"] for gap in json.loads(done.stdout)["unread"]}
    assert {"bad/main.tf", "closed"} <= origins


def test_empty_repository(tmp_path: Path) -> None:
    done = tfaudit("scan", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr == ""
    assert "nothing was judged" in done.stdout
    assert "--allow-empty" in done.stdout


def test_policy_with_a_misspelt_setting(tree: Path) -> None:
    put(
        tree,
        "ours/encryption_at_rest/mine.yaml",
        "id: mine\ntitle: Mine\nfamily: encryption_at_rest\nseverity: low\nkinds: [database]\n"
        "require: {encryption.at_rst: true}\nwhy: To see what is said.\n",
    )
    done = tfaudit("scan", "--policies", "ours", cwd=tree)
    assert done.returncode == 2
    assert 'did you mean "encryption.at_rest"?' in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_credentials(tmp_path: Path) -> None:
    environment = {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "none",
        "AWS_SHARED_CREDENTIALS_FILE": "none",
    }
    done = tfaudit("live", "aws", cwd=tmp_path, environment=environment)
    assert done.returncode == 3
    assert "credentials" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_endpoint_that_is_down(tmp_path: Path) -> None:
    environment = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "not-to-be-shown",
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    done = tfaudit("live", "aws", cwd=tmp_path, environment=environment)
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "not-to-be-shown" not in done.stdout + done.stderr


def test_no_cluster(tmp_path: Path) -> None:
    done = tfaudit("live", "kubernetes", cwd=tmp_path)
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["scan", "--fail-on", "never"], ["policies", "list"]])
def test_a_full_disk_behind_standard_output_is_told_and_is_no_success(
    tree: Path, arguments: list[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tfaudit", *arguments],
            cwd=tree,
            env=UNCACHED,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("tfaudit: standard output")
    assert done.stderr.count("\n") == 1


def test_a_reader_that_goes_away_does_not_change_the_exit_code_of_the_gate(tree: Path) -> None:
    (tree / "faulty.tf").write_text(SOUND.replace("30", "0"))
    command = f"{sys.executable} -m tfaudit scan; echo $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | head -c 1"],
        cwd=tree,
        env=UNCACHED,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.strip() == "1"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_are_not_mixed_up_with_files_and_pipes(tree: Path, closed: str) -> None:
    command = f"{sys.executable} -m tfaudit scan --fail-on never -o json=report.json {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=tree, env=UNCACHED, check=False, timeout=60)
    assert done.returncode == 0
    assert json.loads((tree / "report.json").read_text())["summary"]["complete"]
