"""A user's own framework is checked as ours are, and its links are evidence like any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit
from tfaudit import data
from tfaudit.controls.load import read
from tfaudit.errors import PolicyError

OWN = """
framework: acme
name: What Acme asks for
version: 3
controls:
  - {id: A1, title: Databases are encrypted}
  - {id: A2, title: Backups reach back a month}
links:
  A1:
    database-encrypted: {partial: Databases are encrypted at rest.}
  A2:
    backup-retention: {partial: Backups reach back, floor: {days: 30}}
"""
CODE = """
resource "aws_db_instance" "orders" {
  identifier              = "orders"
  storage_encrypted       = true
  backup_retention_period = 35
}
"""


def written(folder: Path, text: str = OWN) -> Path:
    (folder / "own").mkdir()
    (folder / "own/acme.yaml").write_text(text)
    (folder / "main.tf").write_text(CODE)
    return folder / "own"


def test_links_of_its_own_are_evidence(tmp_path: Path) -> None:
    own = written(tmp_path)
    done = tfaudit(
        "scan",
        ".",
        "--controls",
        own,
        "--framework",
        "acme",
        "-o",
        "json",
        "--fail-on",
        "never",
        cwd=tmp_path,
    )
    report = json.loads(done.stdout)
    assert {each["control"]: each["status"] for each in report["controls"]} == {
        "A1": "no exceptions seen",
        "A2": "not seen",
    }
    (short,) = [each["short"] for row in report["controls"] for each in row["evidence"] if "short" in each]
    assert short == "days is 7 and the control asks for 30 days"


def test_a_configuration_may_name_its_folder(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "tfaudit.yaml").write_text("framework_folders: [own]\nframeworks: [acme]\n")
    done = tfaudit("scan", ".", "--fail-on", "never", cwd=tmp_path)
    assert "What Acme asks for" in done.stdout
    assert "it adds frameworks from own" in done.stdout


@pytest.mark.parametrize(
    ("of", "by", "says"),
    [
        ("database-encrypted:", "database-encripted:", 'did you mean "database-encrypted"'),
        ("  A2:\n", "  A3:\n", 'there is no control "A3"'),
        ("{partial: Databases", "{partly: Databases", 'did you mean "partial"'),
        ("framework: acme", "framework: other", "call the file so"),
        ("  - {id: A2,", "  - {id: A1, title: Again}\n  - {id: A2,", "stands twice"),
        ("name: What Acme asks for\n", "", "name: it is missing"),
    ],
)
def test_what_is_wrong_with_it_is_told(tmp_path: Path, of: str, by: str, says: str) -> None:
    assert of in OWN
    own = written(tmp_path, OWN.replace(of, by, 1))
    done = tfaudit("scan", ".", "--controls", own, "--framework", "acme", cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert "acme" in done.stderr
    assert "Traceback" not in done.stderr


def test_lint_looks_at_it_too(tmp_path: Path) -> None:
    own = written(tmp_path, OWN.replace("Databases are encrypted at rest.", "It is."))
    done = tfaudit("controls", "lint", "--controls", own, cwd=tmp_path)
    assert done.returncode == 2
    assert 'acme A1: "It is." leans on a sentence before it' in done.stdout


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("version: 2026-01-01", "version: a text is wanted here, in quotes"),
        ("version: ''", ""),
        ("", "version: it is missing"),
    ],
)
def test_what_is_wanted_is_told_without_the_forms_of_it(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "acme.yaml").write_text(
        f"framework: acme\nname: Acme\n{written}\ncontrols: [{{id: A1, title: Databases}}]\n"
    )
    if not says:
        assert read([tmp_path])
        return
    with pytest.raises(PolicyError, match=says):
        read([tmp_path])


def test_no_framework_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "soc2.yaml").write_text(
        "framework: soc2\nname: Ours\nversion: '1'\ncontrols: [{id: CC6.1, title: Databases}]\n"
    )
    with pytest.raises(PolicyError, match=r"the framework soc2 stands in .* already"):
        read([data.folder("controls"), tmp_path])
