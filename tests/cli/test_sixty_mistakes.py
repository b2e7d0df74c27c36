"""Sixty mistakes of a newcomer: each is answered by one sentence that says what to do, with the right exit code.

No answer is a traceback, none is silence, and nothing is half written.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import tfaudit

KEY = 'resource "aws_kms_key" "k" {\n  enable_key_rotation = false\n}\n'
FILES: dict[str, str | bytes] = {
    "main.tf": KEY,
    "empty/.keep": "",
    "notes.txt": "nothing of infrastructure",
    "void.yaml": "",
    "broken.tf.d/main.tf": "resource aws_kms_key {{{",
    "broken.yaml": "a: [1, 2",
    "list.yaml": "- a\n- b\n",
    "plan.bin": b"PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00tfplan" + b"\0" * 40,
    "messages.json": '{"@level":"info","@message":"Terraform 1.11","terraform":"1.11"}\n',
    "state.tfstate": '{"version": 4, "terraform_version": "1.11.4", "lineage": "x", "resources": []}',
    "report.json": "{}",
    "binary.yaml": b"\x00\x01\x02" * 100,
    "huge.conf": "x",
    "typo/tfaudit.yaml": "gate: {fail_onn: high}",
    "type/tfaudit.yaml": "gate: {max_unknown: many}",
    "level/tfaudit.yaml": "gate: {fail_on: severe}",
    "tab/tfaudit.yaml": "gate:\n\tfail_on: high",
    "gone/tfaudit.yaml": "policies: {exclude: [key-rotationn]}",
    "reason/tfaudit.yaml": "waivers: [{policy: key-rotation, asset: '*', owner: me}]",
    "day/tfaudit.yaml": "waivers: [{policy: key-rotation, asset: '*', owner: me, reason: r, until: soon}]",
    "param/tfaudit.yaml": "parameters: {backup-retention: {day: 3}}",
    "both/tfaudit.yaml": "",
    "both/tfaudit.yml": "",
    "circle/tfaudit.yaml": "extends: tfaudit.yaml",
    "two/tfaudit.yaml": "compare: {since: main, baseline: b.json}",
}
for _name in ("typo", "type", "level", "tab", "gone", "reason", "day", "param", "both", "circle", "two"):
    FILES[f"{_name}/main.tf"] = KEY

MISTAKES: list[tuple[str, int, str]] = [
    # What is asked for
    ("", 2, "usage: tfaudit"),
    ("scna", 2, 'did you mean "scan"'),
    ("scan --fail-om high", 2, "--fail-om"),
    ("scan --fail-on severe", 2, "invalid choice"),
    ("scan --fail-on", 2, "expected one argument"),
    ("scan --max-unknown many", 2, "whole number"),
    ("scan --max-unknown -1", 2, "--max-unknown"),
    ("scan --unknown-on always", 2, "invalid choice"),
    ("scan --severity urgent", 2, "invalid choice"),
    ("scan --group-by color", 2, "invalid choice"),
    ("scan --limit all", 2, "whole number"),
    ("scan --timeout 0", 2, "number of seconds over 0"),
    ("scan --policy key-rotatio", 2, 'did you mean "key-rotation"'),
    ("scan --policy CKV_AWS_7", 2, "here it is key-rotation"),
    ("scan --skip-policy CKV_AWS_7", 2, "here it is key-rotation"),
    ("scan --framework soc22", 2, 'did you mean "soc2"'),
    ("scan --profile defualt", 2, "unknown profile"),
    ("scan --config missing.yaml", 2, "no such configuration file"),
    ("scan --config main.tf --no-config", 2, "not allowed with"),
    ("scan --policies absent", 2, "no such folder"),
    ("scan --plugins absent", 2, "no such folder"),
    ("scan --var region", 2, "NAME=VALUE"),
    ("scan --var-file absent.tfvars", 2, "no such file of variables"),
    ("scan --since HEAD", 2, "--baseline FILE"),
    ("scan --since main --baseline b.json", 2, "not allowed with"),
    ("scan --baseline absent.json", 2, "tfaudit baseline write"),
    ("scan --baseline report.json", 2, "baseline"),
    # Where it goes
    ("scan -o jsn", 2, 'did you mean "json"'),
    ("scan -o sarif -o json", 2, "standard output"),
    ("scan -o bundle", 2, "needs a file"),
    ("scan -o json=absent/a.json", 2, "no such folder"),
    ("scan -o json=empty", 2, "a folder"),
    ("scan --key absent.pem -o bundle=b.zip", 2, "key cannot be read"),
    # What is scanned
    ("scan absent", 2, "no such file or folder"),
    ("scan main.tff", 2, "no such file or folder"),
    ("scan empty", 3, "nothing was judged"),
    ("scan notes.txt", 3, "nothing in it is of a form that is read"),
    ("scan void.yaml", 3, "it is empty"),
    ("scan broken.tf.d", 3, "not valid HCL"),
    ("scan broken.yaml", 3, "broken.yaml"),
    ("scan list.yaml", 3, "nothing in it is of a form that is read"),
    ("scan plan.bin", 3, "terraform show -json plan.bin"),
    ("scan messages.json", 3, "terraform plan -out"),
    ("scan state.tfstate", 3, "terraform show -json"),
    ("scan binary.yaml", 3, "not text"),
    ("scan -", 2, "standard input is empty"),
    ("scan - main.tf", 2, "by itself"),
    ("scan /dev/null", 2, "neither a file nor a folder"),
    ("scan https://github.com/a/b", 2, "clone or fetch it first"),
    # How it is called elsewhere
    ("main.tf", 2, "tfaudit scan main.tf"),
    (".", 2, "tfaudit scan ."),
    ("check main.tf", 2, "tfaudit scan PATH"),
    ("fs .", 2, "tfaudit scan PATH"),
    ("help", 2, "tfaudit --help"),
    ("version", 2, "tfaudit --version"),
    ("scan --version", 2, "tfaudit --version"),
    ("scan --format json", 2, "-o FORMAT"),
    ("scan --output-file-path out", 2, "-o FORMAT"),
    ("scan -d empty", 2, "the path by itself"),
    ("scan --directory=empty", 2, "the path by itself"),
    ("scan --check CKV_AWS_7", 2, "--policy ID"),
    ("scan --skip-check CKV_AWS_7", 2, "--skip-policy ID"),
    ("scan --skip-dirs vendor", 2, "--exclude PATTERN"),
    ("scan --tf-vars a.tfvars", 2, "--var-file FILE"),
    ("scan --exit-code 1", 2, "--fail-on SEVERITY"),
    ("scan --no-color", 2, "NO_COLOR=1"),
    ("scan --verbose", 2, "--all"),
    ("scan --framework SOC2", 2, 'did you mean "soc2"'),
    ("scan --skip-policy key-rotatio", 2, "--skip-policy: unknown policy"),
    ("scan -o sarif=", 2, "no file is named"),
    ("scan --terraform nothing", 2, "no such program"),
    ("baseline write -o json=b.json", 2, "--file names where"),
    ("baseline write --baseline b.json", 2, "without --since and --baseline"),
    # How it is configured
    ("scan typo", 2, 'did you mean "fail_on"'),
    ("scan type", 2, "gate.max_unknown"),
    ("scan level", 2, "gate.fail_on"),
    ("scan tab", 2, "not YAML"),
    ("scan gone", 2, 'did you mean "key-rotation"'),
    ("scan reason", 2, "reason"),
    ("scan day", 2, "until"),
    ("scan param", 2, 'did you mean "days"'),
    ("scan both", 2, "remove tfaudit.yml"),
    ("scan circle", 2, "extends this file itself"),
    ("scan two", 2, "compared with one thing"),
    # The other commands
    ("init typo", 2, "there already"),
    ("config show absent", 2, "no such file or folder"),
    ("policies show key-rotatio", 2, 'did you mean "key-rotation"'),
    ("controls show A1.22", 2, "unknown control"),
    ("explain 12", 2, "too short"),
    ("explain 0123456789ab main.tf", 2, "no finding here"),
    ("waive key-rotation main.tf --owner me", 2, "--reason"),
    ("waive key-rotation main.tf --owner me --reason r", 2, "--asset"),
    ("waive key-rotation main.tf --owner me --reason r --asset *", 2, "--broad"),
    ("waive key-rotation main.tf --owner me --reason r --asset other", 2, "cover nothing"),
    ("waive key-rotation main.tf --owner me --reason r --asset aws_kms_key.k --until tomorrow", 2, "2027-01-31"),
    ("waive key-rotation main.tf --owner me --reason r --asset aws_kms_key.k --until 2020-01-01", 2, "is over"),
    ("diff report.json absent.json", 2, "report.json"),
    ("completion fish", 2, "invalid choice"),
    ("schema polcy", 2, "unknown schema"),
    ("live kubernetes --kubeconfig absent.yaml", 3, "absent.yaml"),
    ("notify report.json --state s", 2, "no JSON report"),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("newcomer")
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def test_there_are_sixty() -> None:
    assert len(MISTAKES) >= 60
    assert len({line for line, _, _ in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize(("line", "code", "says"), MISTAKES, ids=[line for line, _, _ in MISTAKES])
def test_a_mistake_is_answered(folder: Path, line: str, code: int, says: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = tfaudit(*line.split(), cwd=folder, stdin="")
    told = done.stdout + done.stderr
    assert done.returncode == code, told
    assert says in told
    assert "Traceback" not in told
    assert "this is a fault of tfaudit" not in told
    if code == 2 and line:
        assert done.stdout == "" or line.startswith("waive")
        assert len(done.stderr.strip().splitlines()) == 1
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize("arguments", [["scan", ""], ["scan", "--since", ""], ["scan", "--baseline", ""]])
def test_a_variable_of_a_pipeline_that_is_not_set_is_no_answer(folder: Path, arguments: list[str]) -> None:
    done = tfaudit(*arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert '""' in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_severities_are_taken_in_capitals(folder: Path) -> None:
    done = tfaudit("scan", "main.tf", "--fail-on", "HIGH", "--severity", "Low", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_waiver_is_written_beside_what_stands_there(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(KEY)
    (tmp_path / "tfaudit.yaml").write_text(
        "# ours\ngate: {fail_on: high}  # for now\nwaivers:\n  - {policy: x-y, asset: a, reason: r, owner: o}\n"
    )
    line = [
        "waive",
        "key-rotation",
        "main.tf",
        "--asset",
        "aws_kms_key.*",
        "--reason",
        "it signs",
        "--owner",
        "team",
    ]
    shown = tfaudit(*line, "--until", "2099-01-31", "--dry-run", cwd=tmp_path)
    assert (shown.returncode, shown.stdout.splitlines()[0]) == (0, "covers 1 finding and 0 unknown")
    assert "2099" not in (tmp_path / "tfaudit.yaml").read_text()
    done = tfaudit(
        *line, "--until", "2099-01-31", "--approver", "head", "--root", ".", "--plane", "code", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "tfaudit.yaml").read_text()
    assert text.startswith("# ours\ngate: {fail_on: high}  # for now\n")
    assert "x-y" in text
    scan = tfaudit("scan", "--policy", "key-rotation", "-o", "json", cwd=tmp_path)
    (verdict,) = json.loads(scan.stdout)["verdicts"]
    assert verdict["outcome"] == "waived"
    assert (verdict["waiver"]["owner"], verdict["waiver"]["until"]) == ("team", "2099-01-31")


@pytest.mark.parametrize(
    ("scope", "outcome"),
    [
        ("root: a", "waived"),
        ("root: b", "fail"),
        ("path: 'a/*'", "waived"),
        ("path: 'b/*'", "fail"),
        ("plane: code", "waived"),
        ("plane: live", "fail"),
    ],
)
def test_a_waiver_holds_within_its_scope_alone(tmp_path: Path, scope: str, outcome: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/main.tf").write_text(KEY)
    (tmp_path / "tfaudit.yaml").write_text(
        f"waivers: [{{policy: key-rotation, asset: '*', reason: r, owner: o, {scope}}}]"
    )
    done = tfaudit("scan", "--policy", "key-rotation", "-o", "json", cwd=tmp_path)
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert verdict["outcome"] == outcome
    if outcome == "fail":
        assert any("meets no asset" in note for note in json.loads(done.stdout)["run"]["notes"])


def test_one_finding_is_waived_by_its_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(KEY + KEY.replace('"k"', '"other"'))
    found = json.loads(tfaudit("scan", "--policy", "key-rotation", "-o", "json", cwd=tmp_path).stdout)[
        "verdicts"
    ]
    done = tfaudit(
        "waive", found[0]["fingerprint"][:12], "--reason", "it signs", "--owner", "team", "--until", "2099-01-31",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    after = json.loads(tfaudit("scan", "--policy", "key-rotation", "-o", "json", cwd=tmp_path).stdout)[
        "verdicts"
    ]
    assert {each["asset"]["address"]: each["outcome"] for each in after} == {
        found[0]["asset"]["address"]: "waived",
        found[1]["asset"]["address"]: "fail",
    }
