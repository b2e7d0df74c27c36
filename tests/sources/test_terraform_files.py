"""Files that expressions name: read inside the scanned tree, and what was read is part of what an answer comes from."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.caches import store
from tests.sources.terraform_expressions import is_unknown
from tests.sources.terraform_trees import read, write
from tfaudit.model.resources import Limits
from tfaudit.sources.terraform import hcl as terraform
from tfaudit.sources.tree.files import InputFile, Tree, discover

TREE: dict[str, str | bytes] = {
    "app/policies/read.json": '{"Action": "s3:GetObject"}',
    "app/policies/deep/er/all.json": '{"Action": "*"}',
    "app/policies/notes.txt": "plain",
    "app/settings.yaml": "size: 20\nencrypted: true\n",
    "app/template.tftpl": "%{ for name in names ~}\n- ${upper(name)} ${prefix}\n%{ endfor ~}\n",
    "app/object.tftpl": "${jsonencode({ Action = action })}",
    "app/empty.txt": "",
    "app/bytes.bin": b"\xff\xfe\x00",
    "app/nested.tftpl": '${templatefile("template.tftpl", {})}',
    "shared/common.txt": "shared",
    ".git/config": "url = https://token@host/",
}


def evaluated(root: Path, *expressions: str, folder: str = "app", also: str = "") -> list[Any]:
    lines = [f"  e{at} = {each}\n" for at, each in enumerate(expressions)]
    code = 'resource "aws_x" "x" {\n' + "".join(lines) + "}\n" + also
    body = read(root, {**TREE, f"{folder}/main.tf".lstrip("/"): code}).body("aws_x.x")
    return [body[f"e{at}"] for at in range(len(expressions))]


def test_files_of_the_tree_are_read_relative_to_the_root(tmp_path: Path) -> None:
    found = evaluated(
        tmp_path,
        'jsondecode(file("policies/read.json")).Action',
        'yamldecode(file("${path.module}/settings.yaml")).size',
        'file("${path.root}/../shared/common.txt")',
        'file("${path.cwd}/policies/notes.txt")',
        'filebase64("policies/notes.txt")',
        'filemd5("bytes.bin")',
        'filebase64sha256("policies/notes.txt") == base64sha256("plain")',
        '[fileexists("policies/read.json"), fileexists("policies/absent.json")]',
        'fileset("${path.module}/policies", "**/*.json")',
        'fileset(".", "polic*/{read,notes}.*")',
        'fileset(path.module, "policies/[!a]*")',
        'try(file("absent.txt"), "none")',
    )
    assert found[:6] == [
        "s3:GetObject",
        20,
        "shared",
        "plain",
        "cGxhaW4=",
        hashlib.md5(b"\xff\xfe\0").hexdigest(),  # noqa: S324
    ]
    assert found[6:10] == [
        True,
        [True, False],
        ["deep/er/all.json", "read.json"],
        ["policies/notes.txt", "policies/read.json"],
    ]
    assert found[11] == "none"


def test_templates_are_rendered_with_what_they_are_given(tmp_path: Path) -> None:
    found = evaluated(
        tmp_path,
        'templatefile("template.tftpl", { names = ["a", "b"], prefix = "!" })',
        'jsondecode(templatefile("object.tftpl", { action = "*" })).Action',
        'jsondecode(templatefile("object.tftpl", { action = var.unknown })).Action',
        "templatestring(local.text, { x = 1 })",
        'can(templatefile("nested.tftpl", {}))',
        'can(templatefile("object.tftpl", {}))',
        "data.template_file.old.rendered",
        '[templatefile("policies/notes.txt", {}), templatefile("empty.txt", {})]',
        "[data.local_file.notes.content, data.local_file.notes.content_sha1]",
        also="""
variable "unknown" {}
locals { text = "<$${x}>" }
data "template_file" "old" {
  template = file("${path.module}/template.tftpl")
  vars     = { prefix = 1, names = "x" }
}
data "local_file" "notes" { filename = "${path.module}/policies/notes.txt" }
""",
    )
    assert found[:2] == ["- A !\n- B !\n", "*"]
    assert is_unknown(found[2])
    assert found[3:6] == ["<1>", False, False]
    assert is_unknown(found[6])  # a text is no list to go through
    assert found[7] == ["plain", ""]
    assert found[8] == ["plain", hashlib.sha1(b"plain").hexdigest()]  # noqa: S324


def test_a_file_that_apply_writes_is_not_what_stands_there(tmp_path: Path) -> None:
    code = """
resource "local_file" "out" {
  filename = "policies/notes.txt"
  content  = "new"
}
data "local_file" "notes" { filename = "policies/notes.txt" }
"""
    assert is_unknown(evaluated(tmp_path, "data.local_file.notes.content", also=code)[0])


@pytest.mark.parametrize(
    "path",
    [
        "../outside.txt",
        "/etc/passwd",
        "~/.ssh/id_rsa",
        "link.txt",
        "folder/outside.txt",
        "../tree/.git/config",
        "/proc/self/environ",
        "/dev/zero",
        "fifo",
        "app",
    ],
)
def test_nothing_else_is_read(tmp_path: Path, path: str) -> None:
    root = tmp_path / "tree"
    write(tmp_path, {"outside.txt": "secret outside"})
    write(root, {**TREE, "app/x": ""})
    (root / "link.txt").symlink_to("../outside.txt")
    (root / "folder").symlink_to(tmp_path)
    os.mkfifo(root / "fifo")
    calls = [
        f'file("{path}")',
        f'filemd5("{path}")',
        f'templatefile("{path}", {{}})',
        f'fileexists("{path}")',
    ]
    calls += ['[for each in fileset("folder", "*") : each]', f'can(file("{path}"))']
    found = evaluated(root, *calls, folder="")
    assert all(map(is_unknown, found[:5])), found
    assert "secret" not in repr(found)
    if path != "app":
        assert is_unknown(found[5])  # whether it is there is not known either


def test_what_version_control_holds_is_not_listed(tmp_path: Path) -> None:
    asked = ("**", "{.git,x}/config", "*/config", "**/*.json")
    found = evaluated(tmp_path, *[f'fileset(".", "{each}")' for each in asked], folder="")
    assert all(map(is_unknown, found[:3]))
    assert found[3] == ["app/policies/deep/er/all.json", "app/policies/read.json"]


def scanned(root: Path, cache: Path) -> tuple[Any, Tree]:
    time.sleep(0.05)  # of files that may change while they are read, nothing is kept
    tree = Tree(root, Limits(), cache=store(cache))
    files = [each for each in discover(root, root, Limits()) if isinstance(each, InputFile)]
    found = list(terraform.read_tree([each for each in files if terraform.claims(each)], tree))
    return found[0], tree


def test_a_kept_answer_holds_while_what_it_read_is_unchanged(tmp_path: Path) -> None:
    root, cache = tmp_path / "tree", tmp_path / "cache"
    code = """
resource "aws_x" "x" {
  text   = try(file("a.txt"), "absent")
  set    = fileset(".", "*.json")
  exists = fileexists("b.txt")
}
"""
    write(root, {"main.tf": code})
    keys = []
    for step, expected in [
        ({}, ["absent", [], False]),
        ({"a.txt": "one"}, ["one", [], False]),
        ({"a.txt": "two"}, ["two", [], False]),
        ({"b.txt": ""}, ["two", [], True]),
        ({"c.json": ""}, ["two", ["c.json"], True]),
        ({}, ["two", ["c.json"], True]),
    ]:
        write(root, dict(step))
        time.sleep(0.1)  # what has just been changed is not kept
        found, tree = scanned(root, cache)
        assert list(found.body.values()) == expected
        keys.append(tree.keys["."])
        if "a.txt" in step:
            assert tree.read_files["a.txt"] == hashlib.sha256(str(step["a.txt"]).encode()).hexdigest()
    assert len(set(keys[:5])) == 5
    assert keys[4] == keys[5]


def test_a_gap_that_jsonencode_fills_is_one_value(tmp_path: Path) -> None:
    """Where a template leaves a place for a whole value, what stands around it is known all the same."""
    code = """
variable "extra" {}
resource "aws_sqs_queue" "q" {}
resource "aws_iam_policy" "encoded" {
  policy = templatefile("${path.module}/policy.json", { arns = jsonencode([aws_sqs_queue.q.arn, "*"]) })
}
resource "aws_iam_policy" "raw" {
  policy = templatefile("${path.module}/policy.json", { arns = var.extra })
}
"""
    policy = '{"Sid": "\\"", "Action": ["sqs:SendMessage"], "Resource": ${arns}}'
    found = read(tmp_path, {"main.tf": code, "policy.json": policy})
    encoded = found.body("aws_iam_policy.encoded")["policy"]
    assert encoded["Action"] == ["sqs:SendMessage"]
    assert encoded["Resource"][1] == "*"
    assert is_unknown(found.body("aws_iam_policy.raw")["policy"])
