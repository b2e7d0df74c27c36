"""Only what a change brings counts: `--since`, `--baseline` and `diff`, over everything that merely moves."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit

KEY = 'resource "aws_kms_key" "{name}" {{\n  enable_key_rotation = {rotation}\n}}\n'
POLICY = ("--policy", "key-rotation")
POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - {name: web, image: web}\n"
)


def key(name: str, rotation: str = "false") -> str:
    return KEY.format(name=name, rotation=rotation)


def git(repository: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=repository, check=True, capture_output=True)


def write(repository: Path, files: dict[str, str | None]) -> None:
    for name, text in files.items():
        path = repository / name
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A root with a weak key on `main`, and a branch `work` that is checked out."""
    tree = tmp_path / "tree"
    tree.mkdir()
    git(tree, "init", "-q", "-b", "main")
    write(tree, {"root/main.tf": key("old"), "manifests/web.yaml": POD})
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", "one")
    git(tree, "checkout", "-q", "-b", "work")
    return tree


def scan(
    repository: Path, *arguments: str | Path, policy: tuple[str, ...] = POLICY
) -> tuple[int, dict[str, Any]]:
    done = tfaudit("scan", *policy, *arguments, "-o", "json", cwd=repository)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def changes(report: dict[str, Any]) -> dict[str, str]:
    return {
        each["asset"]["address"]: each["change"] for each in report["verdicts"] if each["outcome"] == "fail"
    }


def test_a_new_finding_fails_the_run_and_an_old_one_does_not(repository: Path) -> None:
    code, report = scan(repository, "--since", "main")
    assert (code, changes(report)) == (0, {"aws_kms_key.old": "unchanged"})
    write(repository, {"root/more.tf": key("new")})
    code, report = scan(repository, "--since", "main")
    assert code == 1
    assert changes(report) == {"aws_kms_key.old": "unchanged", "aws_kms_key.new": "new"}
    assert report["run"]["compared"]["new"] == report["run"]["compared"]["unchanged"] == 1
    assert scan(repository)[0] == 1


def test_what_is_mended_is_told_as_fixed(repository: Path) -> None:
    write(repository, {"root/main.tf": key("old", "true")})
    code, report = scan(repository, "--since", "main")
    assert code == 0
    (fixed,) = report["run"]["compared"]["fixed"]
    assert (fixed["policy"], fixed["address"], fixed["place"]) == (
        "key-rotation",
        "aws_kms_key.old",
        "root/main.tf:2:3",
    )


@pytest.mark.parametrize(
    "files",
    [
        {"root/main.tf": "# a line\n\n\n" + key("old")},
        {"root/main.tf": key("old").replace("  enable", "\t\t  enable").replace(" = ", "=")},
        {"root/main.tf": None, "root/keys.tf": key("old")},
        {"root/main.tf": None, "elsewhere/deep/main.tf": key("old")},
        {
            "root/main.tf": 'module "keys" { source = "../keys" }\n'
            "moved {\n  from = aws_kms_key.old\n  to   = module.keys.aws_kms_key.main\n}\n",
            "keys/main.tf": key("main"),
        },
        {"root/main.tf": key("named") + "moved {\n  from = aws_kms_key.old\n  to = aws_kms_key.named\n}\n"},
        {
            "root/main.tf": key("named").replace("{\n", "{\n  count = 1\n", 1)
            + "moved {\n  from = aws_kms_key.old\n  to = aws_kms_key.then[0]\n}\n"
            "moved {\n  from = aws_kms_key.then\n  to = aws_kms_key.named\n}\n"
        },
        {"root/main.tf": 'variable "rotated" { default = false }\n' + key("old", "var.rotated")},
    ],
    ids=["lines", "indented", "file", "folder", "module", "named", "twice", "variable"],
)
@pytest.mark.parametrize("committed", [False, True])
def test_what_merely_moves_brings_nothing_new(
    repository: Path, files: dict[str, str | None], committed: bool
) -> None:
    write(repository, files)
    if committed:
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "two")
    code, report = scan(repository, "--since", "main")
    assert list(changes(report).values()) == ["unchanged"]
    assert report["run"]["compared"]["fixed"] == []
    assert code == 0


def test_another_resource_in_its_place_is_new(repository: Path) -> None:
    write(repository, {"root/main.tf": key("named")})
    code, report = scan(repository, "--since", "main")
    assert (code, changes(report)) == (1, {"aws_kms_key.named": "new"})
    assert len(report["run"]["compared"]["fixed"]) == 1


def test_a_copy_is_new_and_what_is_copied_is_not(repository: Path) -> None:
    write(repository, {"copy/main.tf": key("old")})
    _, report = scan(repository, "--since", "main")
    found = {
        each["asset"]["scope"]: each["change"] for each in report["verdicts"] if each["outcome"] == "fail"
    }
    assert found == {"root": "unchanged", "copy": "new"}


def test_what_main_brought_since_is_not_the_branch_s_doing(repository: Path) -> None:
    git(repository, "checkout", "-q", "main")
    write(repository, {"root/main.tf": key("old", "true")})
    git(repository, "commit", "-q", "-a", "-m", "mended on main")
    git(repository, "checkout", "-q", "work")
    code, report = scan(repository, "--since", "main")
    assert (code, changes(report)) == (0, {"aws_kms_key.old": "unchanged"})
    assert "parted from main" in report["run"]["compared"]["against"]


def test_a_waiver_that_is_taken_away_brings_its_finding(repository: Path) -> None:
    write(repository, {"root/main.tf": "# tfaudit:ignore key-rotation it is a test\n" + key("old")})
    git(repository, "commit", "-q", "-a", "-m", "waived")
    git(repository, "branch", "-q", "waived")
    write(repository, {"root/main.tf": key("old")})
    code, report = scan(repository, "--since", "waived")
    assert (code, changes(report)) == (1, {"aws_kms_key.old": "new"})


def test_what_is_newly_unknown_is_told_and_counts_where_it_is_asked_for(repository: Path) -> None:
    write(repository, {"root/more.tf": 'variable "later" {}\n' + key("later", "var.later")})
    code, report = scan(repository, "--since", "main")
    assert code == 0
    (unknown,) = [each for each in report["verdicts"] if each["outcome"] == "unknown"]
    assert unknown["change"] == "new"
    assert scan(repository, "--since", "main", "--max-unknown", "0")[0] == 1
    assert scan(repository, "--since", "main", "--unknown-on", "low")[0] == 1
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "later")
    assert scan(repository, "--since", "work", "--max-unknown", "0", "--unknown-on", "low")[0] == 0


def test_two_commits_are_compared_without_the_work_tree(repository: Path) -> None:
    write(repository, {"root/more.tf": key("new")})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    write(repository, {"root/more.tf": None, "root/main.tf": "not { terraform"})
    code, report = scan(repository, "--since", "main..work")
    assert (code, changes(report)) == (1, {"aws_kms_key.old": "unchanged", "aws_kms_key.new": "new"})
    assert report["unread"] == []


def test_files_of_a_hook_are_compared(repository: Path) -> None:
    write(repository, {"root/more.tf": key("new")})
    assert scan(repository, "--since", "HEAD", "root/main.tf")[0] == 0
    code, report = scan(repository, "--since", "HEAD", "root/more.tf")
    assert (code, changes(report)) == (1, {"aws_kms_key.new": "new"})
    assert report["run"]["compared"]["fixed"] == []


def test_a_finding_that_is_no_longer_read_is_not_fixed(repository: Path) -> None:
    write(repository, {"root/main.tf": key("old")[:-2] + "{{{"})
    code, report = scan(repository, "--since", "main")
    assert code == 3
    assert report["run"]["compared"]["fixed"] == []
    write(repository, {"root/main.tf": key("old")})
    for options in (["manifests"], ["--exclude", "root/"]):
        assert scan(repository, "--since", "main", *options, policy=())[1]["run"]["compared"]["fixed"] == []


def test_what_could_not_be_read_then_counts_as_new_and_is_told(repository: Path) -> None:
    write(repository, {"root/main.tf": key("old")[:-2] + "{{{"})
    git(repository, "commit", "-q", "-a", "-m", "broken")
    git(repository, "branch", "-q", "broken")
    write(repository, {"root/main.tf": key("old")})
    code, report = scan(repository, "--since", "broken")
    assert (code, changes(report)) == (1, {"aws_kms_key.old": "new"})
    assert any("could not be read" in each for each in report["run"]["notes"])


def test_ignored_files_of_then_are_those_of_now(repository: Path) -> None:
    write(repository, {"root/gen.tf": key("generated"), ".gitignore": "gen.tf\n"})
    git(repository, "add", "-A", "-f")
    git(repository, "commit", "-q", "-m", "tracked though ignored")
    code, report = scan(repository, "--since", "work")
    assert (code, set(changes(report).values())) == (0, {"unchanged"})


def test_a_baseline_does_the_same_without_history(repository: Path) -> None:
    done = tfaudit("baseline", "write", *POLICY, cwd=repository)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "wrote tfaudit-baseline.json: 1 findings, 0 unknown, 0 waived",
    )
    (repository / ".git").rename(repository.parent / "gone")
    write(repository, {"root/main.tf": "\n\n" + key("old"), "root/more.tf": key("new")})
    code, report = scan(repository, "--baseline", "tfaudit-baseline.json")
    assert (code, changes(report)) == (1, {"aws_kms_key.old": "unchanged", "aws_kms_key.new": "new"})
    write(repository, {"root/main.tf": None, "root/more.tf": None, "moved/here.tf": key("old")})
    assert scan(repository, "--baseline", "tfaudit-baseline.json")[0] == 0
    write(
        repository,
        {"moved/here.tf": key("old", "true"), "tfaudit.yaml": "compare: {baseline: tfaudit-baseline.json}"},
    )
    code, report = scan(repository)
    assert code == 0
    assert [each["address"] for each in report["run"]["compared"]["fixed"]] == ["aws_kms_key.old"]


def test_a_json_report_is_a_baseline_and_diff_compares_two(repository: Path) -> None:
    tfaudit("scan", *POLICY, "-o", "json=a.json", cwd=repository)
    write(repository, {"root/more.tf": key("new"), "root/main.tf": "\n" + key("old")})
    assert scan(repository, "--baseline", "a.json")[0] == 1
    tfaudit("scan", *POLICY, "-o", "json=b.json", cwd=repository)
    done = tfaudit("diff", "a.json", "b.json", cwd=repository)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "1 new, 1 unchanged, 0 fixed; 0 newly unknown"
    assert "aws_kms_key.new" in done.stdout.splitlines()[0]
    back = tfaudit("diff", "b.json", "a.json", "--json", cwd=repository)
    assert back.returncode == 0
    assert [each["address"] for each in json.loads(back.stdout)["fixed"]] == ["aws_kms_key.new"]
    assert tfaudit("diff", "a.json", "b.json", "--fail-on", "critical", cwd=repository).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("scan", "--since", "nothing"), "no commit that this repository has"),
        (("scan", "--since", "HEAD", "--baseline", "a.json"), "not allowed with"),
        (("scan", "--baseline", "absent.json"), "tfaudit baseline write"),
        (("scan", "--baseline", "root/main.tf"), "no JSON"),
        (("scan", "--baseline", "other.json"), 'its schema is ""'),
        (("scan", "--baseline", "odd.json"), "has not the form"),
        (("scan", "-", "--since", "HEAD"), "by itself"),
        (("diff", "absent", "other.json"), "cannot be read"),
    ],
)
def test_wrong_use_is_one_sentence(repository: Path, arguments: tuple[str, ...], says: str) -> None:
    write(
        repository,
        {"other.json": "{}", "odd.json": '{"schema": "tfaudit/baseline/1", "findings": [{"policy": 1}]}'},
    )
    done = tfaudit(*arguments, cwd=repository, stdin="a: 1")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("ref", "says"),
    [
        ("HEAD:root", "names no commit but what is in one"),
        ("HEAD:root/main.tf", "names no commit but what is in one"),
        ("..", "it names nothing"),
        ("main~40", "no commit that this repository has"),
        ("main..nothing", '"nothing" is no commit that this repository has'),
    ],
)
def test_what_is_no_commit_is_answered(repository: Path, ref: str, says: str) -> None:
    done = tfaudit("scan", *POLICY, "--since", ref, cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_shallow_clone_and_an_empty_repository_say_what_they_are(repository: Path, tmp_path: Path) -> None:
    write(repository, {"root/more.tf": key("new")})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    git(repository, "clone", "-q", "--depth", "1", repository.as_uri(), str(tmp_path / "shallow"))
    done = tfaudit("scan", *POLICY, "--since", "HEAD~1", cwd=tmp_path / "shallow")
    assert done.returncode == 2
    assert "no commit that this shallow clone has; fetch it first" in done.stderr
    git(tmp_path / "shallow", "fetch", "-q", "--depth", "1", "origin", "main")
    _, report = scan(tmp_path / "shallow", "--since", "FETCH_HEAD")
    assert "as far as this shallow clone reaches" in report["run"]["compared"]["against"]
    assert changes(report) == {"aws_kms_key.old": "unchanged", "aws_kms_key.new": "new"}
    (tmp_path / "none").mkdir()
    git(tmp_path / "none", "init", "-q", "-b", "main")
    done = tfaudit("scan", "--since", "HEAD", cwd=tmp_path / "none")
    assert done.returncode == 2
    assert "holds no commit yet; --baseline FILE" in done.stderr


def test_since_without_a_repository_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(key("old"))
    done = tfaudit("scan", "--since", "HEAD", cwd=tmp_path)
    assert done.returncode == 2
    assert "--baseline FILE" in done.stderr


def test_what_was_found_then_is_remembered(repository: Path, tmp_path: Path) -> None:
    places = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    write(repository, {"root/more.tf": key("new")})
    reports = []
    for _ in range(2):
        done = tfaudit("scan", *POLICY, "--since", "main", "-o", "json", cwd=repository, environment=places)
        reports.append(json.loads(done.stdout))
    assert list((tmp_path / "cache/past").iterdir())
    assert changes(reports[0]) == changes(reports[1])
    assert reports[0]["run"]["compared"] == reports[1]["run"]["compared"]
    # Another question is not answered by what is remembered.
    done = tfaudit("scan", "--since", "main", "-o", "json", cwd=repository, environment=places)
    assert set(changes(json.loads(done.stdout)).values()) == {"new", "unchanged"}
    assert [each for each in json.loads(done.stdout)["verdicts"] if each.get("change") == "new"]


def with_submodule(repository: Path) -> Path:
    """Give the repository a submodule with a weak key, at `main` and `work` alike."""
    other = repository.parent / "other"
    other.mkdir()
    git(other, "init", "-q", "-b", "main")
    write(other, {"main.tf": key("theirs")})
    git(other, "add", "-A")
    git(other, "commit", "-q", "-m", "one")
    git(repository, "checkout", "-q", "main")
    git(
        repository,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(other),
        "vendor/keys",
    )
    git(repository, "commit", "-q", "-m", "a submodule")
    git(repository, "checkout", "-q", "-B", "work")
    return repository


def test_a_submodule_is_not_compared_and_a_note_says_so(repository: Path, tmp_path: Path) -> None:
    with_submodule(repository)
    cached = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    for _ in range(2):  # judged, then recalled
        done = tfaudit("scan", *POLICY, "--since", "main", "-o", "json", cwd=repository, environment=cached)
        report = json.loads(done.stdout)
        assert changes(report) == {"aws_kms_key.old": "unchanged", "aws_kms_key.theirs": "new"}
        (note,) = [each for each in report["run"]["notes"] if "submodule" in each]
        assert note.startswith("not compared with main")
        assert "the submodule vendor/keys" in note
    # Elsewhere it bears on nothing, and nothing is said.
    _, report = scan(repository, "--since", "main", "root")
    assert not any("submodule" in each for each in report["run"]["notes"])


def test_submodules_of_a_commit_are_not_judged_and_a_note_says_so(repository: Path) -> None:
    with_submodule(repository)
    _, report = scan(repository, "--since", "main..work")
    assert changes(report) == {"aws_kms_key.old": "unchanged"}
    (note,) = [each for each in report["run"]["notes"] if "submodule" in each]
    assert note.startswith("not judged: the submodules of work")
    assert "vendor/keys" in note


def test_the_way_from_zero_to_a_green_gate_is_as_written(tmp_path: Path) -> None:
    """docs/platforms.md, "From zero to a green gate": each of its commands, over the estate with planted faults."""
    root = Path(__file__).parents[2]
    shown = (root / "docs/platforms.md").read_text().partition("## From zero to a green gate")[2]
    lines = [line[2:].partition("  #")[0] for line in shown.splitlines() if line.startswith("$ ")]
    assert [line.split()[:3] for line in lines][:3] == [
        ["tfaudit", "init"],
        ["tfaudit", "scan", "--summary"],
        ["tfaudit", "baseline", "write"],
    ]
    tree = tmp_path / "tree"
    shutil.copytree(root / "examples/estate/faulty/terraform", tree)
    git(tree, "init", "-q", "-b", "main")
    environment = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    new = key("brought")
    fingerprint = ""
    for line in lines:
        arguments = [fingerprint if each == "0123456789ab" else each for each in shlex.split(line)[1:]]
        done = tfaudit(*arguments, cwd=tree, environment=environment)
        assert "Traceback" not in done.stderr
        if arguments[:2] == ["scan", "--summary"]:
            assert done.returncode == 1, done.stdout
            continue
        assert done.returncode == 0, (line, done.stdout[-500:], done.stderr)
        if "--baseline" in arguments:
            # The gate is green; then a change brings a fault, and it is red.
            write(tree, {"aws/brought.tf": new})
            gate = ("scan", "--baseline", "tfaudit-baseline.json", "--fail-on", "low", "-o", "json")
            red = tfaudit(*gate, cwd=tree, environment=environment)
            assert red.returncode == 1
            (brought,) = [
                each["fingerprint"][:12]
                for each in json.loads(red.stdout)["verdicts"]
                if each["outcome"] == "fail" and each["change"] == "new" and each["severity"] == "medium"
            ]
            fingerprint = brought
    waived = tfaudit(
        "scan", "--baseline", "tfaudit-baseline.json", "-o", "json", cwd=tree, environment=environment
    )
    (found,) = [
        each for each in json.loads(waived.stdout)["verdicts"] if each["fingerprint"].startswith(fingerprint)
    ]
    assert (found["outcome"], found["waiver"]["owner"]) == ("waived", "data team")


PROGRAM = """
import contextlib, io, sys
from tfaudit.cli.main import run
with contextlib.redirect_stdout(io.StringIO()):
    run(["scan", "."])
print(*sorted(name for name in sys.modules if name.startswith("tfaudit.services.aws.")))
"""


def test_services_are_loaded_for_what_has_changed_alone(tmp_path: Path) -> None:
    """Of roots that are what they were nothing is evaluated, and what they are judged by is not even loaded."""
    tree = tmp_path / "tree"
    for name, text in (("keys", key("old")), ("disks", 'resource "aws_ebs_volume" "d" {}\n')):
        (tree / name).mkdir(parents=True)
        (tree / name / "main.tf").write_text(text)
    places = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}

    def loaded() -> str:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=tree, capture_output=True, text=True, check=True,
            env={**os.environ, **places, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
        return done.stdout

    first = loaded()
    assert {".ebs", ".kms"} <= {name[name.rindex(".") :] for name in first.split()}
    assert loaded().split() == []
    (tree / "keys/main.tf").write_text(key("new"))
    again = loaded()
    assert ".kms" in again
    assert ".ebs" not in again


def test_an_earlier_state_is_judged_anew_by_plugins_that_may_have_changed(
    repository: Path, tmp_path: Path
) -> None:
    source = (
        "from tfaudit.model.resources import Place, Resource\n"
        "def claims(file):\n    return file.name.endswith('.weak')\n"
        "def read(file, limits):\n"
        "    at = Place(file.name, 1)\n"
        "    for name in {names}:\n"
        "        yield Resource('aws_kms_key', f'aws_kms_key.{{name}}', {{'enable_key_rotation': False}}, at, 'code',"
        " 'terraform', '.', lambda path: at)\n"
    )
    plugin = tmp_path / "plugins" / "sources" / "weak.py"
    write(tmp_path, {"plugins/sources/weak.py": source.format(names=["one"]), "tree/keys.weak": "x"})
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "two")
    environment = {"TFAUDIT_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path / "home")}
    command = ("scan", *POLICY, "--plugins", tmp_path / "plugins", "--since", "HEAD", "-o", "json", ".")
    for names in (["one"], ["one", "two"]):
        plugin.write_text(source.format(names=names))
        done = tfaudit(*command, cwd=repository, environment=environment)
        found = changes(json.loads(done.stdout))
        assert {f"aws_kms_key.{name}" for name in names} <= set(found), done.stderr
        assert set(found.values()) == {"unchanged"}, names
