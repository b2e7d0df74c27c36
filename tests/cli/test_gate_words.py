"""Each word of the gate, on the command line and in a configuration, and the closing line that says which decided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit, verdicts

FAIL = 'resource "aws_kms_key" "weak" {\n  enable_key_rotation = false\n}\n'
UNKNOWN = 'variable "later" {}\nresource "aws_kms_key" "later" {\n  enable_key_rotation = var.later\n}\n'
BROKEN = "resource {{{"
SOUND = 'resource "aws_kms_key" "sound" {\n  enable_key_rotation = true\n}\n'
POLICY = ("--policy", "key-rotation")


def last(folder: Path, *arguments: str, **files: str) -> tuple[int, str]:
    for name, text in files.items():
        (folder / f"{name}.tf").write_text(text)
    done = tfaudit("scan", *POLICY, *arguments, cwd=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout.splitlines()[-1]


OWN = "tfaudit.yaml"
NONE = "exit code 0: no finding is low or worse (the default)"
ONE = "exit code 1: 1 finding is low or worse (the default)"
GAPS = "exit code 3: the scan is incomplete, see what was not read; --allow-incomplete where that is right"


@pytest.mark.parametrize(
    ("text", "options", "configuration", "ends"),
    [
        (FAIL, [], "", (1, ONE)),
        (
            FAIL,
            ["--fail-on", "medium"],
            "",
            (1, "exit code 1: 1 finding is medium or worse (--fail-on medium)"),
        ),
        (
            FAIL,
            [],
            "gate: {fail_on: high}",
            (0, "exit code 0: no finding is high or worse (gate.fail_on of tfaudit.yaml)"),
        ),
        (
            FAIL,
            ["--fail-on", "low"],
            "gate: {fail_on: never}",
            (1, "exit code 1: 1 finding is low or worse (--fail-on low)"),
        ),
        (
            FAIL,
            [],
            "gate: {fail_on: never}",
            (0, "exit code 0: findings do not count (gate.fail_on of tfaudit.yaml)"),
        ),
        (SOUND, [], "", (0, NONE)),
        (UNKNOWN, [], "", (0, NONE)),
        (
            UNKNOWN,
            ["--unknown-on", "low"],
            "",
            (1, "exit code 1: 1 verdict of low or worse is unknown (--unknown-on low)"),
        ),
        (UNKNOWN, ["--unknown-on", "critical"], "", (0, NONE)),
        (
            UNKNOWN,
            [],
            "gate: {unknown_on: medium}",
            (1, f"exit code 1: 1 verdict of medium or worse is unknown (gate.unknown_on of {OWN})"),
        ),
        (
            UNKNOWN,
            ["--max-unknown", "0"],
            "",
            (1, "exit code 1: 1 verdict is unknown, more than 0 (--max-unknown 0)"),
        ),
        (UNKNOWN, ["--max-unknown", "1"], "gate: {max_unknown: 0}", (0, NONE)),
        (SOUND + BROKEN, [], "", (3, GAPS)),
        (
            SOUND + BROKEN,
            ["--allow-incomplete"],
            "",
            (0, f"{NONE}; the scan is incomplete (--allow-incomplete)"),
        ),
        (
            SOUND + BROKEN,
            [],
            "gate: {allow_incomplete: true}",
            (0, f"{NONE}; the scan is incomplete (gate.allow_incomplete of {OWN})"),
        ),
        (SOUND + BROKEN, ["--no-allow-incomplete"], "gate: {allow_incomplete: true}", (3, GAPS)),
        (FAIL + BROKEN, [], "", (1, f"{ONE}; the scan is incomplete as well, see what was not read")),
        ("", [], "", (3, "exit code 3: nothing was judged; --allow-empty where that is right")),
        ("", ["--allow-empty"], "", (0, "exit code 0: nothing was judged (--allow-empty)")),
        (
            "",
            [],
            "gate: {allow_empty: true}",
            (0, "exit code 0: nothing was judged (gate.allow_empty of tfaudit.yaml)"),
        ),
        (FAIL, ["--soft-fail"], "", (0, f"exit code 0 (--soft-fail); without it {ONE[10:]}")),
        (
            SOUND + BROKEN,
            [],
            "gate: {soft_fail: true}",
            (0, f"exit code 0 (gate.soft_fail of {OWN}); without it {GAPS[10:]}"),
        ),
        (FAIL, ["--no-soft-fail"], "gate: {soft_fail: true}", (1, ONE)),
        (FAIL, ["--no-config"], "gate: {fail_on: never}", (1, ONE)),
    ],
)
def test_the_closing_line_says_what_decided(
    tmp_path: Path, text: str, options: list[str], configuration: str, ends: tuple[int, str]
) -> None:
    if configuration:
        (tmp_path / "tfaudit.yaml").write_text(configuration)
    assert last(tmp_path, *options, main=text) == ends


def test_other_outputs_are_silent_where_all_is_well_and_say_why_where_not(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(SOUND)
    assert tfaudit("scan", *POLICY, "-o", "json", cwd=tmp_path).stderr == ""
    (tmp_path / "main.tf").write_text(FAIL)
    done = tfaudit("scan", *POLICY, "-o", "json", cwd=tmp_path)
    assert done.stderr == "tfaudit: exit code 1: 1 finding is low or worse (the default)\n"


def test_policies_are_left_out_by_name_and_severity_and_the_report_says_so(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        FAIL + 'resource "aws_db_instance" "d" {\n  publicly_accessible = true\n}\n'
    )

    def judged(*arguments: str) -> tuple[set[str], list[str]]:
        done = tfaudit("scan", *arguments, "-o", "json", cwd=tmp_path)
        return {each["policy"] for each in verdicts(done)}, json.loads(done.stdout)["run"]["notes"]

    every, _ = judged()
    assert {"key-rotation", "database-not-public"} <= every
    less, notes = judged("--skip-policy", "key-rotation")
    assert every - less == {"key-rotation"}
    assert "--skip-policy leaves out key-rotation" in notes
    worst, notes = judged("--severity", "critical")
    assert worst
    assert worst < every
    assert "key-rotation" not in worst
    assert "--severity leaves out policies below critical" in notes
    (tmp_path / "tfaudit.yaml").write_text("policies: {severity: critical}")
    configured, notes = judged()
    assert configured == worst
    assert any("leaves out policies below critical" in each for each in notes)
    assert judged("--severity", "low")[0] == every


def test_inline_waivers_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("# tfaudit:ignore key-rotation because\n" + FAIL)
    assert last(tmp_path)[0] == 0
    done = tfaudit("scan", *POLICY, "--no-inline-waivers", cwd=tmp_path)
    assert done.returncode == 1
    assert "1 comment waives nothing here: inline waivers are off" in done.stdout
    (tmp_path / "tfaudit.yaml").write_text("inline_waivers: false")
    assert last(tmp_path)[0] == 1
    assert last(tmp_path, "--inline-waivers")[0] == 0


def many(folder: Path, number: int) -> None:
    keys = (FAIL.replace("weak", f"weak{each}") for each in range(number))
    (folder / "main.tf").write_text("".join(keys))


def test_a_long_report_says_the_sum_first_and_last(tmp_path: Path) -> None:
    many(tmp_path, 30)
    lines = tfaudit("scan", *POLICY, cwd=tmp_path).stdout.splitlines()
    assert lines[0].startswith("30 findings, 0 unknown")
    assert lines[-2] == lines[0]
    many(tmp_path, 1)
    lines = tfaudit("scan", *POLICY, cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "main.tf"


def test_the_report_is_as_long_as_it_is_asked_to_be(tmp_path: Path) -> None:
    many(tmp_path, 5)
    text = tfaudit("scan", *POLICY, "--limit", "2", cwd=tmp_path).stdout
    assert (
        text.count("enable_key_rotation is") == text.count("--> main.tf") == 2
        or text.count("--> main.tf") == 2
    )
    assert "3 more findings not shown" in text
    assert tfaudit("scan", *POLICY, "--limit", "2", "--all", cwd=tmp_path).stdout.count("--> main.tf") == 5
    compact = tfaudit("scan", *POLICY, "--compact", cwd=tmp_path).stdout
    assert sum(line.startswith("main.tf:") for line in compact.splitlines()) == 5
    assert "-->" not in compact
    summary = tfaudit("scan", *POLICY, "--summary", cwd=tmp_path).stdout
    assert "main.tf" not in summary
    assert any(line.split() == ["5", "medium", "key-rotation"] for line in summary.splitlines())
    (tmp_path / "tfaudit.yaml").write_text("output: {compact: true, limit: 1}")
    configured = tfaudit("scan", *POLICY, cwd=tmp_path).stdout
    assert sum(line.startswith("main.tf:") for line in configured.splitlines()) == 1
    assert (
        tfaudit("scan", *POLICY, "--no-compact", "--limit", "5", cwd=tmp_path).stdout.count("--> main.tf")
        == 5
    )


@pytest.mark.parametrize(
    ("by", "titles"),
    [
        ("file", {"a.tf", "b.tf"}),
        ("asset", {"aws_kms_key.one", "aws_kms_key.two"}),
        ("policy", {"key-rotation: Encryption keys are rotated"}),
    ],
)
def test_findings_are_grouped(tmp_path: Path, by: str, titles: set[str]) -> None:
    (tmp_path / "a.tf").write_text(FAIL.replace("weak", "one"))
    (tmp_path / "b.tf").write_text(FAIL.replace("weak", "two"))
    text = tfaudit("scan", *POLICY, "--group-by", by, cwd=tmp_path).stdout
    heads = [
        line for line in text.splitlines() if line and not line.startswith((" ", "Severity", "Controls"))
    ]
    assert {each.partition(" are ")[0] for each in heads} & {each.partition(" are ")[0] for each in titles}
    for title in titles:
        assert any(each.startswith(title.partition(":")[0]) for each in heads)


def test_findings_stand_below_each_control_they_are_evidence_for(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(FAIL)
    lines = tfaudit("scan", *POLICY, "--group-by", "control", cwd=tmp_path).stdout.splitlines()
    heads = [
        line for line in lines if line.count(":") == 1 and not line.startswith(" ") and "exit" not in line
    ]
    assert len(heads) > 1
    assert all(each.partition(":")[0] in {"soc2", "iso27001", "gdpr", "pci_dss"} for each in heads)


def test_a_terminal_without_colours_is_folded_too() -> None:
    import io

    from tfaudit.reports.terminal import show

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    long = "word " * 40
    show([[("label", "    fix  "), ("", long)], [("", "  " + long)]], out, {"COLUMNS": "60"}, colour=False)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert "\x1b" not in out.getvalue()
    assert lines[1].startswith("         word")
    assert out.getvalue().split() == ["fix", *long.split(), *long.split()]


def test_a_finding_is_explained_by_the_beginning_of_its_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('variable "r" { default = false }\n' + FAIL.replace("false", "var.r"))
    text = tfaudit("scan", *POLICY, cwd=tmp_path).stdout
    (short,) = {word.rstrip("]") for word in text.split() if len(word) == 13 and word.endswith("]")}
    done = tfaudit("explain", short, cwd=tmp_path)
    assert done.returncode == 0
    for told in (
        "var.r = false",
        "main.tf:3:3",
        "required",
        "checkov: CKV_AWS_7",
        "tfaudit waive " + short,
        "soc2",
    ):
        assert told in done.stdout, told
    assert tfaudit("explain", "123", cwd=tmp_path).returncode == 2
    assert "no finding here" in tfaudit("explain", "0123456789ab", cwd=tmp_path).stderr


def test_policies_are_found_by_other_scanners_ids(tmp_path: Path) -> None:
    for id_ in ("CKV_AWS_7", "AVD-AWS-0065", "aws-0065"):
        done = tfaudit("policies", "show", id_, cwd=tmp_path)
        assert (done.returncode, "key-rotation: " in done.stdout) == (0, True), done.stderr
    done = tfaudit("scan", "--policy", "CKV_AWS_7", cwd=tmp_path)
    assert done.returncode == 2
    assert "key-rotation" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_shells_complete_every_command_and_its_options(tmp_path: Path, shell: str) -> None:
    done = tfaudit("completion", shell, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    options = (
        ("--unknown-on", "--since", "--dry-run") if shell != "tcsh" else ()
    )  # which knows commands alone
    for word in ("baseline", "kubernetes", *options):
        assert word in done.stdout


def test_every_rule_of_sarif_has_the_page_that_its_help_leads_to(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(FAIL)
    done = tfaudit("policies", "pages", "pages", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    run = json.loads(tfaudit("scan", "main.tf", "-o", "sarif", cwd=tmp_path).stdout)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len(rules) > 100
    for rule in rules:
        name = rule["helpUri"].rpartition("/policies/")[2]
        assert (tmp_path / "pages" / f"{name}.md").read_text().startswith("# ")
