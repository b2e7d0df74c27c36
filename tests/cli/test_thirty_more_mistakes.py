"""Thirty more mistakes of a newcomer, about files that are not to be lost, lists, maps, waivers and messages.

As in `test_sixty_mistakes`: one sentence that says what to do, the right exit code, and nothing half written.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit

KEY = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'
WAIVER = "waivers: [{{policy: key-rotation, asset: aws_kms_key.k, owner: me, {}}}]\n"
FILES: dict[str, str | bytes] = {
    "main.tf": KEY,
    "plan.json": '{"format_version": "1.2"}',
    "values.tfvars": 'region = "eu"\n',
    "manifest.yaml": "kind: Namespace\napiVersion: v1\nmetadata: {name: a}\n",
    "wide/main.tf": KEY.encode("utf-16"),
    "twice/tfaudit.yaml": "gate: {fail_on: high}\ngate: {fail_on: low}\n",
    "inner/tfaudit.yaml": "policies:\n  only: [key-rotation]\n  only: [audit-log]\n",
    "leap/tfaudit.yaml": "profile: default\n" + WAIVER.format("reason: r, until: 2027-02-30"),
    "empty/tfaudit.yaml": WAIVER.format('reason: ""'),
    "words/tfaudit.yaml": "exclude: everything\n",
    "level/tfaudit.yaml": "severities: {key-rotation: urgent}\n",
    "list/tfaudit.yaml": "- a\n",
    "count/tfaudit.yaml": "timeout: soon\n",
    "over/tfaudit.yaml": "timeout: 1000000\n",
    "switch/tfaudit.yaml": "gate: {soft_fail: perhaps}\n",
    "comma/tfaudit.yaml": "frameworks: ['soc2,gdpr']\n",
    "folder/tfaudit.yaml/x": "",
    "kept/plan.json": '{"format_version": "1.2", "terraform_version": "1.9.0", "resource_changes": []}',
    "kept/half.json": '{"format_version": "1.2", "terraform_version": "1.9.0", "resource_ch',
    "kept/terraform.tfstate": '{"version": 4}',
}
for _name in (
    "twice",
    "inner",
    "leap",
    "empty",
    "words",
    "level",
    "list",
    "count",
    "switch",
    "comma",
    "folder",
):
    FILES[f"{_name}/main.tf"] = KEY

TO = "notify found.json --state s"
MISTAKES: list[tuple[str, int, str]] = [
    # What would be lost
    ("scan main.tf -o sarif=main.tf", 2, "not written over"),
    ("scan -o json=main.tf", 2, "not written over"),
    ("scan plan.json -o json=plan.json", 2, "not written over"),
    ("scan kept -o json=kept/plan.json", 2, "not written over"),
    ("scan main.tf -o sarif=kept/half.json", 2, "not written over"),
    ("scan kept -o json=kept/terraform.tfstate", 2, "not written over"),
    ("scan -o text=manifest.yaml", 2, "not written over"),
    ("scan --var-file values.tfvars -o json=values.tfvars", 2, "not written over"),
    ("scan --config level/tfaudit.yaml -o json=level/tfaudit.yaml", 2, "'medium' or 'low' is wanted here"),
    ("scan -o sarif=same -o json=./same", 2, "cannot share a file"),
    ("baseline write --file main.tf", 2, "not written over"),
    # Several in one word, as other scanners take them
    ("scan --policy key-rotation,backup-retention", 2, "give each by itself"),
    ("scan --framework soc2,gdpr", 2, "give each by itself"),
    ("scan -o sarif,json", 2, "give each by itself"),
    ("scan comma", 2, "give each by itself"),
    # Configuration
    ("scan twice", 2, 'tfaudit.yaml:2: "gate" stands here twice'),
    ("scan inner", 2, 'tfaudit.yaml:3: "only" stands here twice'),
    ("scan leap", 2, 'tfaudit.yaml:2: "2027-02-30" is not what its form'),
    ("scan empty", 2, "waivers.0.reason: it is empty"),
    ("scan words", 2, "exclude: a list is wanted here"),
    ("scan level", 2, "severities.key-rotation: 'critical'"),
    ("config show list", 2, "a map of words and values"),
    ("scan count", 2, "timeout: a number"),
    ("scan over", 2, "timeout: 86400 or less is wanted here"),
    ("scan switch", 2, "gate.soft_fail: true or false is wanted here"),
    ("scan folder", 2, "no regular file"),
    # Code and values
    ("scan --var-file main.tf", 2, "it is code"),
    ("scan wide", 3, "save it as UTF-8"),
    # Waivers and findings
    ("waive CKV_AWS_7 main.tf --reason r --owner o --asset *", 2, "here it is key-rotation"),
    ("waive key-rotation main.tf --reason= --owner o --asset a", 2, "say why it does not count"),
    ("waive key-rotation main.tf --reason r --owner= --asset a", 2, "say who answers for it"),
    ("explain key-rotation main.tf", 2, "tfaudit policies show key-rotation"),
    ("explain unreadable main.tf", 2, "no fingerprint"),
    ("policies show key-rotation audit-log", 2, '"audit-log" is one word too many'),
    # Messages
    (f"{TO} --webhook hooks.example.org", 2, "https:// only"),
    (f"{TO} --webhook ftp://hooks.example.org/x", 2, "https:// only"),
    (f"{TO} --slack http://[::1/x", 2, "cannot be read"),
    (f"{TO} --email team", 2, "no e-mail address"),
    (f"{TO} --email a@b.example --smtp mail.example:99999", 2, "HOST:PORT"),
    (f"{TO} --days -1 --slack https://x.example", 2, "whole number"),
    ("notify found.json --state absent/s --slack https://x.example", 2, "no such folder"),
    ("notify found.json --state found.json --slack https://x.example", 2, "no file of what was sent"),
    (f"{TO} --slack http://127.0.0.1:1/x", 3, "nobody answers there"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("newcomer")
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = tfaudit("scan", "main.tf", "--policy", "key-rotation", "-o", "json=found.json", cwd=root)
    assert done.returncode == 1
    return root


@pytest.mark.parametrize(("line", "code", "says"), MISTAKES, ids=[line for line, _, _ in MISTAKES])
def test_a_mistake_is_answered(folder: Path, line: str, code: int, says: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = tfaudit(*line.split(), cwd=folder, stdin="")
    told = done.stdout + done.stderr
    assert done.returncode == code, told
    assert says in told
    assert "Traceback" not in told
    assert "this is a fault of tfaudit" not in told
    if code == 2:
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    after.pop(folder / "s", None)  # what was sent: nothing
    assert after == before


def test_an_earlier_report_is_replaced(folder: Path) -> None:
    for _ in range(2):
        done = tfaudit("scan", "main.tf", "-o", "json=again.json", "-o", "sarif=/dev/null", cwd=folder)
        assert done.returncode == 1, done.stderr
    assert json.loads((folder / "again.json").read_text())["verdicts"]
    (folder / "again.json").unlink()
