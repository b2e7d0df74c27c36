"""The terminal's report shows the exact place, stays plain when piped, and says what it leaves out."""

from __future__ import annotations

import io
import re
from pathlib import Path

from msgspec.structs import replace

from tests.reports.conftest import Written
from tests.reports.runs import live_run, run, tree
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.reports.options import ReportOptions, View
from tfaudit.reports.registry import Formats

SECRET = """
apiVersion: v1
kind: Secret
metadata:
  namespace: prod
  name: orders
data:
  word: Y29ycmVjdC1ob3JzZQ==
stringData:
  plain: correct-horse
"""
SECRET_POLICY = """
id: secret-elsewhere
title: Secrets do not stand in code
family: least_privilege
severity: high
kinds: [secret]
require: {inline: false}
why: Whoever reads the code reads the secret.
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_marks_the_attribute(written: Written) -> None:
    lines = written("text").splitlines()
    at = next(index for index, line in enumerate(lines) if "backup_retention_period = 1" in line)
    assert lines[at + 1].endswith("|   ^^^^^^^^^^^^^^^^^^^^^^^^^^^")


def test_a_secret_beside_the_place_is_not_quoted(written: Written) -> None:
    assert "password                = (redacted)" in written("text")


def test_colour_only_on_a_terminal_that_wants_it(result: ScanResult) -> None:
    coloured, plain = Terminal(), Terminal()
    write = Formats().write("text")
    write(result, coloured)
    write(result, plain, ReportOptions(environment={"NO_COLOR": "1"}))
    assert "\x1b[" in coloured.getvalue()
    assert "\x1b" not in plain.getvalue()


def test_many_findings_are_counted_and_shown_when_asked_for(written: Written, tmp_path: Path) -> None:
    blocks = (f'resource "aws_db_instance" "db{n}" {{\n  engine = "postgres"\n}}\n' for n in range(60))
    many = run(tree(tmp_path, main="".join(blocks)))
    short, full = written("text", many), written("text", many, show_all=True)
    assert "20 more findings not shown: --all shows them" in short
    assert "not shown" not in full
    assert full.count("-->") == 60


def test_a_file_outside_the_tree_is_not_quoted(result: ScanResult, written: Written, tmp_path: Path) -> None:
    (tmp_path / "main.tf").symlink_to("/etc/passwd")
    assert "root:" not in written("text", replace(result, root=str(tmp_path)))


def test_what_runs_is_told_by_its_address_and_call(written: Written) -> None:
    text = written("text", live_run())
    assert text.startswith("arn:aws:rds:eu-west-1:123456789012:db:orders\n")
    assert "at rds.describe_db_instances eu-west-1 BackupRetentionPeriod" in text


def test_a_kubernetes_secret_beside_the_place_is_not_quoted(written: Written, tmp_path: Path) -> None:
    code, policies = tmp_path / "code", tmp_path / "policies"
    code.mkdir()
    policies.mkdir()
    (code / "secret.yaml").write_text(SECRET)
    (policies / "policy.yaml").write_text(SECRET_POLICY)
    found = run(code, policies)
    assert found.count(Outcome.FAIL) == 1
    for format_ in Formats().names:
        text = written(format_, found)
        assert "Y29ycmVjdC1ob3JzZQ" not in text
        assert "correct-horse" not in text


def test_a_file_that_is_gone_leaves_the_place(result: ScanResult, written: Written, tmp_path: Path) -> None:
    assert "at main.tf:7:3" in written("text", replace(result, root=str(tmp_path)))


def test_the_hint_comes_last(written: Written) -> None:
    assert written("text", hint="1: findings at or over high").endswith("1: findings at or over high\n")


def test_long_sentences_are_folded_and_source_is_cut_on_a_narrow_terminal(result: ScanResult) -> None:
    out = Terminal()
    Formats().write("text")(result, out, ReportOptions(environment={"COLUMNS": "80"}))
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    sentences = [line for line in plain.splitlines() if "fix  " not in line]
    assert max(len(line) for line in sentences) <= 80


def test_the_compact_form_is_findings_and_how_it_came_out(written: Written, result: ScanResult) -> None:
    text = written("text", view=View(compact=True))
    fails = [each for each in result.verdicts if each.outcome is Outcome.FAIL]
    assert all(any(each.fingerprint[:12] in line for line in text.splitlines()) for each in fails)
    assert "Severity" not in text
    assert "Controls of" not in text
    assert f"{len(fails)} findings" in text
    assert "Severity" in written("text", view=View(compact=True, summary=True))
