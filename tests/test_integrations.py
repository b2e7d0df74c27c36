"""What is given to platforms is of their form, and grants what tfaudit itself says that it reads."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.commands import tfaudit
from tests.servers.terraform import quiet
from tfaudit.cli.main import whole_parser
from tfaudit.reports.registry import Formats

ROOT = Path(__file__).parents[1]
INTEGRATIONS = ROOT / "integrations"
FILES = {
    "vendor.github-actions": ROOT / "action.yml",
    "vendor.gitlab-ci": INTEGRATIONS / "gitlab/tfaudit.gitlab-ci.yml",
    "vendor.azure-pipelines": INTEGRATIONS / "azure-pipelines/tfaudit.yml",
}
SHOWN = [*FILES.values(), INTEGRATIONS / "jenkins/Jenkinsfile", ROOT / ".pre-commit-hooks.yaml"]


@pytest.mark.parametrize("schema", FILES)
def test_valid_by_the_platform_s_own_schema(schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(FILES[schema])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_workflow_that_is_shown_is_one(actionlint_program: Path, tmp_path: Path) -> None:
    """The workflow of docs/platforms.md, with the action as it stands here, by the linter of GitHub's workflows."""
    shown = re.search(r"## GitHub\n\n```yaml\n(.*?)```", (ROOT / "docs/platforms.md").read_text(), re.DOTALL)
    assert shown
    (tmp_path / ".git").mkdir()  # without, actions of the repository itself are not looked at
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "tfaudit.yml").write_text(shown[1].replace("<owner>/tfaudit@v0", "./"))
    shutil.copy(ROOT / "action.yml", tmp_path)
    command = [str(actionlint_program), "-shellcheck=", "-pyflakes=", str(folder / "tfaudit.yml")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_modules_are_terraform(terraform_program: Path, tmp_path: Path) -> None:
    command = [str(terraform_program), "fmt", "-check", "-recursive", str(INTEGRATIONS / "terraform")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=quiet(tmp_path))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_options_and_formats_that_are_used_exist(path: Path) -> None:
    text = path.read_text()
    (scan,) = (
        action.choices["scan"] for action in whole_parser()._actions if isinstance(action.choices, dict)
    )
    known = {option for action in scan._actions for option in action.option_strings}
    calls = re.findall(r"tfaudit\"? scan\b((?:[^\n]|\\\n)*)", text)
    assert calls
    for call in calls:
        for option in re.findall(r"(?<![\w-])--[a-z][\w-]*", call):
            assert option in known, option
        for format_ in re.findall(r"-o \"?([a-z-]+)", call):
            assert format_ in Formats().names, format_


def test_scripts_of_the_action_are_bash(tmp_path: Path) -> None:
    for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]:
        if "run" in step:
            # Inputs reach a script as variables alone: as text of it they would be run.
            assert "${{" not in step["run"]
            done = subprocess.run(
                ["bash", "-n"], input=step["run"], text=True, capture_output=True, check=False
            )
            assert done.returncode == 0, done.stderr


def test_actions_of_others_are_pinned_by_commit_with_their_version() -> None:
    """A tag can be moved by whoever holds the repository; the id of a commit cannot."""
    files = [
        ROOT / "action.yml",
        ROOT / "docs/platforms.md",
        ROOT / "README.md",
        *INTEGRATIONS.rglob("*.yml"),
    ]
    used = [
        line.strip()
        for path in files
        for line in path.read_text().splitlines()
        if re.match(r"\s*(?:- )?uses:", line) and "<owner>/tfaudit@" not in line
    ]
    assert any("upload-sarif" in each for each in used)
    for each in used:
        assert re.search(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", each), each


def step(name: str) -> dict[str, str]:
    steps = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"]
    (found,) = [each for each in steps if each["name"] == name]
    script: dict[str, str] = found
    return script


def category(path: Path) -> str:
    """What code scanning keeps the alerts of a report apart by: what the file says goes before the upload's input."""
    (run,) = json.loads(path.read_text())["runs"]
    return str(run["automationDetails"]["id"])


def test_the_scan_of_the_action_gives_its_outputs(tmp_path: Path) -> None:
    """The step itself is run, with the files that a runner would give."""
    temporary, repository = tmp_path / "temp", tmp_path / "repository"
    (temporary / "tfaudit/bin").mkdir(parents=True)
    repository.mkdir()
    (repository / "main.tf").write_text('resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n')
    program = temporary / "tfaudit/bin/tfaudit"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m tfaudit "$@"\n')
    program.chmod(0o755)
    (temporary / "tfaudit/bin/python").symlink_to(sys.executable)
    environment = {
        "PATH": "/usr/bin:/bin", "RUNNER_TEMP": str(temporary), "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "SCANNED": ".", "SINCE": "", "CONFIG": "", "FAIL_ON": "",
        "ARGS": "--policy\nkey-rotation\n", "SARIF": "out.sarif", "CATEGORY": "", "HOME": str(tmp_path),
        "TFAUDIT_CACHE": "", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-e", "-c", step("Scan")["run"]],
        cwd=repository, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outputs = dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())
    assert (outputs["exit-code"], outputs["findings"], outputs["new"]) == ("1", "1", "")
    assert done.stdout.startswith("::warning file=main.tf,line=2")
    assert category(repository / "out.sarif") == "tfaudit/code/"
    environment["CATEGORY"] = "nightly"
    subprocess.run(["bash", "-e", "-c", step("Scan")["run"]], cwd=repository, env=environment, check=True)
    assert category(repository / "out.sarif") == "nightly/"
    assert (tmp_path / "summary").read_text().startswith("## tfaudit: 1 finding")


def test_the_cluster_role_is_the_access_that_a_scan_needs(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = INTEGRATIONS / "helm/tfaudit/templates/clusterrole.yaml"
    if request.config.getoption("--update-golden"):
        head = path.read_text().partition("rules:")[0]
        printed = tfaudit("permissions", "kubernetes", cwd=tmp_path).stdout
        path.write_text(head + printed[printed.index("rules:") :])
    text = path.read_text()
    rules = yaml.safe_load(text[text.index("rules:") :])["rules"]
    assert rules == yaml.safe_load(tfaudit("permissions", "kubernetes", cwd=tmp_path).stdout)["rules"]
    assert {verb for rule in rules for verb in rule["verbs"]} <= {"list", "get"}
    assert "secrets" not in {resource for rule in rules for resource in rule.get("resources", ())}


@pytest.mark.parametrize(("system", "file"), [("aws", "aws/policy.json"), ("azure", "azure/role.json")])
def test_the_roles_of_the_modules_are_the_access_that_a_scan_needs(
    tmp_path: Path, system: str, file: str, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        printed = tfaudit("permissions", system, cwd=tmp_path).stdout
        (INTEGRATIONS / "terraform" / file).write_text(printed)
    own = json.loads((INTEGRATIONS / "terraform" / file).read_text())
    assert own == json.loads(tfaudit("permissions", system, cwd=tmp_path).stdout)


@pytest.mark.parametrize("module", ["aws", "azure"])
def test_the_modules_stand_up_to_tfaudit_itself(tmp_path: Path, module: str) -> None:
    shutil.copytree(INTEGRATIONS / "terraform" / module, tmp_path / module)
    done = tfaudit("scan", module, "--allow-empty", "-o", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    fails = [
        (each["policy"], each["asset"]["address"]) for each in report["verdicts"] if each["outcome"] == "fail"
    ]
    assert fails == []
    assert report["unread"] == []


def test_the_image_is_small_in_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert sum(line.startswith("FROM ") for line in lines) == 2
    assert "USER 65532:65532" in lines
    assert not any(":latest" in line for line in lines)
