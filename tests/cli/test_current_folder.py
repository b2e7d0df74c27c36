"""`python -m tfaudit` runs nothing of the folder in which it is started: that folder is what is scanned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import tfaudit

MODULE = "with open({marks!r}, 'a') as marks:\n    marks.write(__name__ + '\\n')\n"
TELL = "import sys; print(*sys.modules, file=sys.stderr)\n"
SCAN = (
    "scan",
    ".",
    "--fail-on",
    "never",
    "-o",
    "text",
    "-o",
    "sarif=a.sarif",
    "-o",
    "html=a.html",
    "-o",
    "json=a.json",
)
ESTATE = {
    "main.tf": 'resource "aws_kms_key" "data" {\n  description = join("-", ["a", regex("[a-z]+", "b")])\n}\n',
    "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {}\n",
    "stack.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  K: {Type: 'AWS::KMS::Key'}\n",
    ".gitignore": "*.html\n",
    "tfaudit.yaml": "gate: {fail_on: never}\n",
}


def environment(folder: Path, *search: str) -> dict[str, str]:
    own = os.environ | {"XDG_CONFIG_HOME": str(folder / "settings"), "TFAUDIT_CACHE": str(folder / "cache")}
    return own | {"PYTHONPATH": os.pathsep.join((str(Path(tfaudit.__file__).parents[1]), *search))}


def run(*command: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    folder = tmp_path / "estate"
    folder.mkdir()
    for name, text in ESTATE.items():
        (folder / name).write_text(text)
    return folder


def loaded(text: str, tmp_path: Path, cwd: Path) -> set[str]:
    """Return the names of modules that are there once `python -m` has run a module with this text."""
    folder = tmp_path / "asked"
    folder.mkdir(exist_ok=True)
    (folder / "asking.py").write_text(f"{text}\n{TELL}")
    done = run("-P", "-m", "asking", cwd=cwd, **environment(tmp_path, str(folder)))
    return {each.partition(".")[0] for each in done.stderr.strip().splitlines()[-1].split()}


def lay_traps(estate: Path, marks: Path, tmp_path: Path) -> set[str]:
    """Put a module into the folder for each name that a scan imports; Python's own start is not in our hands."""
    names = loaded(f"from tfaudit.cli.main import run; run({list(SCAN)!r})", tmp_path, estate)
    names |= {"sitecustomize", "usercustomize", "re2", "tree_sitter", "tree_sitter_hcl", "pydantic", "rich"}
    names |= {"__future__"}
    names -= loaded("", tmp_path, estate) | {"tfaudit"}
    for name in names:
        (estate / f"{name}.py").write_text(MODULE.format(marks=str(marks)))
    return names


@pytest.mark.parametrize("arguments", [SCAN, ("--version",), ("policies", "list")])
def test_no_module_of_the_folder_is_imported(
    estate: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    marks = tmp_path / "marks"
    names = lay_traps(estate, marks, tmp_path)
    assert {"json", "typing", "yaml", "argparse", "dataclasses", "jinja2", "hashlib"} <= names
    done = run("-m", "tfaudit", *arguments, cwd=estate, **environment(tmp_path))
    assert done.returncode == 0, done.stderr
    assert not marks.exists(), marks.read_text()
    if arguments == SCAN:
        assert json.loads((estate / "a.json").read_text())["summary"]["complete"]


def test_nor_where_the_search_path_names_it(estate: Path, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    names = lay_traps(estate, marks, tmp_path)
    for each in ("sitecustomize", "usercustomize"):  # Python itself runs these before anything else
        (estate / f"{each}.py").unlink()
    starting = "import sys; sys.argv[0] = 'tfaudit'; from tfaudit.__main__ import main; main()"
    done = run("-P", "-c", starting, *SCAN, cwd=estate, **environment(tmp_path, "", "."))
    assert done.returncode == 0, done.stderr
    assert not marks.exists(), marks.read_text()
    assert names
