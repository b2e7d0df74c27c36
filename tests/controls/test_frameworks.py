"""A user's own framework is checked as ours are, and its links are evidence like any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit

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
        ("name: What Acme asks for\n", "", "name: Field required"),
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
