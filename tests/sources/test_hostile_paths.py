"""What a stranger's tree names outside of itself stays unread, and each refusal is a gap or one sentence."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.sources.terraform_trees import read, write
from tfaudit.sources.tree import inside

SECRET = "gull-Wharfinger-4417"
DATABASE = """
variable "name" { default = "orders" }
resource "aws_db_instance" "d" {
  identifier        = var.name
  storage_encrypted = true
}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A work tree with a database, and beside it a file and a folder that do not belong to it."""
    top = tmp_path / "repository"
    write(top, {"main.tf": DATABASE})
    write(
        tmp_path,
        {
            "outside/secret.tfvars": f'name = "{SECRET}"\n',
            "outside/words.txt": f"{SECRET} = = =\n",
            "outside/module/main.tf": f'resource "aws_db_instance" "o" {{ identifier = "{SECRET}" }}\n',
            "outside/profile.yaml": f"name: {SECRET}\n{SECRET}: 1\n",
            "outside/policies/p.yaml": f"id: {SECRET}\n",
        },
    )
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    return top


def scanned(tree: Path, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Return exit code, JSON report ({} for none) and both outputs; the outside's words may stand in neither."""
    done = tfaudit("scan", *arguments, "-o", "json", cwd=tree)
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stdout + done.stderr
    return done.returncode, json.loads(done.stdout or "{}"), done.stdout + done.stderr


def gaps(report: dict[str, Any]) -> dict[str, str]:
    return {each["place"]["origin"]: each["because"] for each in report["unread"]}


@pytest.mark.parametrize(
    "written",
    [
        "../outside/secret.tfvars",
        "../outside/words.txt",
        "/proc/self/environ",
        "/dev/zero",
        "/dev/stdin",
        "linked.tfvars",
        "linked/secret.tfvars",
        "chain.tfvars",
        "pipe.tfvars",
        ".git/config",
        "folder",
        "not there.tfvars",
        "with\0nul.tfvars",
        "x" * 5000,
    ],
)
def test_a_variable_file_of_a_found_configuration_lies_in_the_tree(tree: Path, written: str) -> None:
    (tree / "linked.tfvars").symlink_to("../outside/secret.tfvars")
    (tree / "linked").symlink_to("../outside")
    (tree / "chain.tfvars").symlink_to("linked.tfvars")
    (tree / "folder").mkdir()
    os.mkfifo(tree / "pipe.tfvars")
    write(tree, {"tfaudit.yaml": json.dumps({"terraform": {"variable_files": [written]}})})
    code, report, _ = scanned(tree)
    assert (code, report["summary"]["complete"]) == (3, False) or code == 1
    assert "it is not read" in gaps(report)[written]


def test_a_variable_file_in_the_tree_is_read_from_anywhere_in_it(tree: Path) -> None:
    write(
        tree,
        {
            "settings/tfaudit.yaml": "terraform: {variable_files: [../values/live.tfvars]}",
            "values/live.tfvars": 'name = "ledger"',
            "settings/main.tf": DATABASE,
        },
    )
    _, report, _ = scanned(tree, "settings")
    assert {each["asset"]["name"] for each in report["verdicts"]} == {"ledger"}


def test_a_variable_file_that_a_person_names_may_lie_anywhere_and_be_a_pipe(tree: Path) -> None:
    path = tree.parent / "outside/given.tfvars"
    path.write_text('name = "ledger"')
    command = f'"$0" -m tfaudit scan --var-file {path} -o json; "$0" -m tfaudit scan --var-file <(cat {path}) -o json'
    done = subprocess.run(
        ["bash", "-c", command.replace("$0", sys.executable)],
        cwd=tree,
        env={**os.environ, "XDG_CACHE_HOME": str(tree.parent / "cache")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(done.stdout)
    second, _ = decoder.raw_decode(done.stdout[end:].lstrip())
    for report in (first, second):
        assert {each["asset"]["name"] for each in report["verdicts"]} == {"ledger"}


@pytest.mark.parametrize("given", ["/dev/zero", "linked.tfvars", "folder", "not there"])
def test_a_named_variable_file_that_cannot_be_one_ends_the_run(tree: Path, given: str) -> None:
    (tree / "linked.tfvars").symlink_to("../outside/secret.tfvars")
    (tree / "folder").mkdir()
    code, _, told = scanned(tree, "--var-file", given)
    assert code == 2
    assert given in told


def test_a_variable_file_that_is_none_is_not_quoted(tree: Path) -> None:
    code, report, _ = scanned(tree, "--var-file", "../outside/words.txt", "--fail-on", "never")
    assert code == 3
    assert gaps(report) == {"../outside/words.txt": "it is no file of values"}


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("profile: ../outside/profile.yaml", "../outside/profile.yaml"),
        ("profile: linked.yaml", "linked.yaml"),
        ("profile: pipe.yaml", "pipe.yaml"),
        ("policies: {folders: [../outside/policies]}", "../outside/policies"),
        ("policies: {folders: [linked]}", "linked"),
        ("policies: {folders: [own]}", "own"),
    ],
)
def test_profiles_and_policies_of_a_found_configuration_lie_in_the_tree(
    tree: Path, configuration: str, says: str
) -> None:
    (tree / "linked.yaml").symlink_to("../outside/profile.yaml")
    (tree / "linked").symlink_to("../outside/policies")
    (tree / "own").mkdir()
    (tree / "own/p.yaml").symlink_to("../../outside/policies/p.yaml")
    os.mkfifo(tree / "pipe.yaml")
    write(tree, {"tfaudit.yaml": configuration})
    code, _, told = scanned(tree)
    assert code == 2
    assert says in told


@pytest.mark.parametrize("target", ["../outside/profile.yaml", "/proc/self/environ", "/dev/zero", "nowhere"])
def test_a_configuration_that_is_a_link_out_of_the_tree_is_not_read(tree: Path, target: str) -> None:
    (tree / "tfaudit.yaml").symlink_to(target)
    code, _, told = scanned(tree)
    assert code == 2
    assert "tfaudit.yaml" in told


def test_a_configuration_that_is_no_file_is_not_waited_for(tree: Path) -> None:
    os.mkfifo(tree / "tfaudit.yaml")
    assert scanned(tree)[0] == 2


def test_a_configuration_outside_of_the_tree_that_a_person_names_may_name_what_it_likes(tree: Path) -> None:
    write(
        tree.parent,
        {
            "ci/tfaudit.yaml": "profile: own.yaml\nterraform: {variable_files: [live.tfvars]}",
            "ci/own.yaml": "name: own\nonly: [database-encrypted]",
            "ci/live.tfvars": 'name = "ledger"',
        },
    )
    code, report, _ = scanned(tree, "--config", "../ci/tfaudit.yaml")
    assert code == 0
    assert {(each["policy"], each["asset"]["name"]) for each in report["verdicts"]} == {
        ("database-encrypted", "ledger")
    }


@pytest.mark.parametrize("name", ["main.tf", "pod.yaml", "x.tofu", "terraform.tfvars", "template.json"])
def test_what_is_no_file_is_a_gap_and_not_opened(
    tree: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree / "part").mkdir()
    os.mkfifo(tree / "part" / name)
    monkeypatch.chdir(tree / "part")  # the whole path may be longer than a socket's may be
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"socket-{name}")
        _, report, _ = scanned(tree)
    assert gaps(report) == {
        f"part/{name}": "it is no regular file",
        f"part/socket-{name}": "it is no regular file",
    }


@pytest.mark.parametrize(
    ("name", "leads_to", "says"),
    [
        ("terraform.tfvars", "../outside/secret.tfvars", "leads out of the scanned tree"),
        ("other.tf", "../outside/module/main.tf", "leads out of the scanned tree"),
        ("other.tf", "/proc/self/environ", "leads out of the scanned tree"),
        ("other.tf", "/dev/zero", "leads out of the scanned tree"),
        ("pod.yaml", "/etc/passwd", "leads out of the scanned tree"),
        ("other.tf", "nowhere.tf", "leads to no file"),
        ("other.tf", "other.tf", "leads to no file"),
        ("other.tf", ".git/config", "belongs to version control"),
    ],
)
def test_links_of_the_tree_stay_in_it(tree: Path, name: str, leads_to: str, says: str) -> None:
    (tree / name).symlink_to(leads_to)
    _, report, _ = scanned(tree)
    assert says in gaps(report)[name]


def test_a_target_that_is_a_link_out_of_its_work_tree_is_refused(tree: Path) -> None:
    (tree / "infrastructure").symlink_to("../outside/module")
    (tree / "more.tf").symlink_to("../outside/module/main.tf")
    for target in ("infrastructure", "more.tf"):
        code, _, told = scanned(tree, target)
        assert (code, target in told) == (2, True)


@pytest.mark.parametrize(
    "source",
    [
        "../outside/module",
        "./linked",
        "./through/module",
        "{tree}/../outside/module",
        "./a/../../outside/module",
    ],
)
def test_a_module_source_out_of_the_tree_is_not_read(tree: Path, source: str) -> None:
    (tree / "linked").symlink_to("../outside/module")
    (tree / "through").symlink_to("../outside")
    write(tree, {"main.tf": f'module "m" {{ source = "{source.format(tree=tree)}" }}'})
    _, report, _ = scanned(tree)
    assert "main.tf" in gaps(report)
    assert report["verdicts"] == []


HARMLESS = 'resource "aws_db_instance" "d" { storage_encrypted = true }'


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"Dir": "../outside/module"}, "is not in .terraform/modules"),
        ({"Dir": "/etc"}, "is not in .terraform/modules"),
        ({"Dir": "harmless"}, "is not in .terraform/modules"),
        ({"Dir": "."}, "is not in .terraform/modules"),
        ({"Dir": ".terraform/modules/../../harmless"}, "is not in .terraform/modules"),
        ({"Dir": ".terraform/modules/link"}, "is not in .terraform/modules"),
        ({"Dir": ".terraform/modules/empty"}, "no Terraform file lies in"),
        ({"Dir": ".terraform/modules/with\0nul"}, "is not in .terraform/modules"),
        ({"Source": "registry.terraform.io/a/other/aws"}, "is another source or version"),
        ({"Version": "4.9.9"}, "is another source or version"),
        ({"Version": ""}, "is another source or version"),
        ({}, ""),
    ],
)
def test_a_manifest_is_believed_as_far_as_what_lies_there(
    tmp_path: Path, entry: dict[str, str], says: str
) -> None:
    write(
        tmp_path,
        {
            "harmless/main.tf": HARMLESS,
            "harmless/providers.tf": 'terraform {\n  backend "s3" {}\n}\n',
            ".terraform/modules/db/main.tf": HARMLESS,
            ".terraform/modules/empty/README.md": "",
        },
    )
    (tmp_path / ".terraform/modules/link").symlink_to("../../harmless")
    sound = {
        "Key": "db",
        "Source": "registry.terraform.io/a/db/aws",
        "Version": "5.1.2",
        "Dir": ".terraform/modules/db",
    }
    manifest = {"Modules": [{"Key": "", "Source": "", "Dir": "."}, sound | entry]}
    write(tmp_path, {".terraform/modules/modules.json": json.dumps(manifest)})
    reading = read(tmp_path, 'module "db" {\n  source  = "a/db/aws"\n  version = "~> 5.0"\n}\n')
    found = "module.db.aws_db_instance.d" in reading.resources
    assert found is not bool(says)
    assert says in "".join(each.because for each in reading.unread)
    assert bool(reading.unread) is bool(says)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"Modules": 1}',
        '{"Modules": [1]}',
        '{"Modules": [{"Key": {}, "Dir": []}]}',
        "[" * 90_000,
    ],
)
def test_a_manifest_that_is_none_says_nothing(tmp_path: Path, content: str) -> None:
    write(tmp_path, {".terraform/modules/modules.json": content})
    reading = read(tmp_path, 'module "db" { source = "a/db/aws" }')
    assert [each.because for each in reading.unread] == [
        'module "db" comes from "a/db/aws" and is not on disk'
    ]


def test_names_that_no_terminal_shows_are_names(tree: Path) -> None:
    write(tree, {"a\nb/main.tf": HARMLESS, "c\x1b[2J.tf": DATABASE.replace('"d"', '"e"')})
    (tree / os.fsdecode(b"\xff.tf")).write_text(DATABASE.replace('"d"', '"f"'))
    code, _, _ = scanned(tree)
    assert code in (0, 1)


@pytest.mark.parametrize("tells", ["the system", "nobody"])
def test_a_folder_that_has_become_a_link_since_the_walk_is_not_followed(
    tmp_path: Path, tells: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tells == "nobody":  # where a descriptor is, not every system tells
        readlink = os.readlink

        def refusing(path: Any, **further: Any) -> Any:
            if str(path).startswith("/proc/self/fd/"):
                raise OSError(path)
            return readlink(path, **further)

        monkeypatch.setattr(os, "readlink", refusing)
    outside, root = tmp_path / "outside", tmp_path / "root"
    for folder in (outside, root / "kept", root / ".git"):
        folder.mkdir(parents=True)
        (folder / "main.tf").write_text("# of " + folder.name)
    for name, target in (("out", outside), ("within", root / "kept"), ("private", root / ".git")):
        (root / name).symlink_to(target)
    alias = tmp_path / "alias"
    alias.symlink_to(root)
    for top in (str(root), str(alias)):
        assert inside.walked(top, "kept/main.tf", 100) == b"# of kept"
        assert inside.walked(top, "within/main.tf", 100) == b"# of kept"
        for name in ("out/main.tf", "private/main.tf"):
            with pytest.raises(inside.NotInside):
                inside.walked(top, name, 100)
            with pytest.raises(inside.NotInside):
                inside.walked_stream(top, name)
        with inside.listed(top, "kept") as found:
            assert [each.name for each in found] == ["main.tf"]
        with inside.listed(top, "") as found:
            assert [each.name for each in found] == [".git", "kept", "out", "private", "within"]
        with pytest.raises(OSError, match=r"."), inside.listed(top, "out"):
            pass
