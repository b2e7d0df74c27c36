"""However a scan ends, it ends in order: out of time, interrupted, ended from outside, or by a fault of tfaudit's."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit

WEAK = 'resource "aws_kms_key" "data" {\n  description         = "data"\n  enable_key_rotation = false\n}\n'
# Files called *.slow, with a pattern that does not come back.
SOURCE = """
import re
from tfaudit.model.resources import Place, Resource
def claims(file):
    return file.name.endswith(".slow")
def read(file, limits):
    re.match("(a+)+$", "a" * 60 + "b")
    yield Resource("slow", file.name, {}, Place(file.name), "config", "terraform")
"""
SERVICE = """
import re
READS = ("aws_kms_alias",)
KINDS = ("encryption_key",)
def assets(view):
    re.match("(a+)+$", "a" * 60 + "b")
    yield view
"""
NOT_A_RESOURCE = """
def claims(file):
    return file.name.endswith(".odd")
def read(file, limits):
    yield "hidden words of the input"
"""
REPORT = """
FORMAT = "broken"
def write(result, out, options):
    out.write({}["hidden words of the input"])
"""


def lay(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def reported(done: subprocess.CompletedProcess[str], code: int) -> dict[str, Any]:
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert not report["summary"]["complete"]
    return report


def test_a_pattern_that_does_not_come_back_ends_with_the_time_of_the_scan(tmp_path: Path) -> None:
    tree = lay(tmp_path / "tree", {"main.tf": WEAK, "a.slow": "", "b.slow": ""})
    ours = lay(tmp_path / "ours", {"sources/slow.py": SOURCE})
    options = ("--plugins", ours, "--timeout", "10", "-o", "json")
    report = reported(tfaudit("scan", tree, "--fail-on", "never", *options, cwd=tmp_path), 3)
    assert "fail" in {each["outcome"] for each in report["verdicts"] if each["policy"] == "key-rotation"}
    because = {each["place"]["origin"]: each["because"] for each in report["unread"]}
    assert (
        because["a.slow"]
        == because["b.slow"]
        == "it was not read within the 10 seconds that the scan may take"
    )
    reported(tfaudit("scan", tree, *options, cwd=tmp_path), 1)


def test_assets_that_are_not_judged_in_time_are_reported(tmp_path: Path) -> None:
    tree = lay(tmp_path / "tree", {"main.tf": WEAK + 'resource "aws_kms_alias" "a" {}\n'})
    ours = lay(tmp_path / "ours", {"services/slow.py": SERVICE})
    done = tfaudit("scan", tree, "--plugins", ours, "--timeout", "8", "-o", "json", cwd=tmp_path)
    report = reported(done, 1)
    gaps = [each["because"] for each in report["unread"]]
    assert gaps == ["up to 1 resources were not judged within the 8 seconds that the scan may take"]
    assert {each["asset"]["address"] for each in report["verdicts"]} == {"aws_kms_key.data"}


@pytest.mark.parametrize("text", ["0", "-1", "soon", "nan", "inf"])
def test_a_time_that_is_none_is_wrong_usage(tmp_path: Path, text: str) -> None:
    done = tfaudit("scan", "--timeout", text, cwd=tmp_path)
    assert done.returncode == 2
    assert text in done.stderr


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in found]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_scan_says_so_and_leaves_no_worker_behind(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    # The one that does not come back is read first, while the workers wait.
    tree = lay(tmp_path / "tree", {"main.tf": WEAK, "a.slow": ""})
    ours = lay(tmp_path / "ours", {"sources/slow.py": "RANK = 1\n" + SOURCE})
    variables = {**os.environ, "TFAUDIT_CACHE": ""}
    command = [sys.executable, "-m", "tfaudit", "scan", str(tree), "--plugins", str(ours)]
    scan = subprocess.Popen(command, cwd=tmp_path, env=variables, stderr=subprocess.PIPE, text=True)
    try:
        workers: list[int] = []
        for _ in range(200):
            workers = children(scan.pid)
            if workers:
                break
            time.sleep(0.05)
        assert workers
        time.sleep(3)  # until the scan waits for them
        workers = children(scan.pid)
        scan.send_signal(number)
        _, said = scan.communicate(timeout=30)
    finally:
        scan.kill()
    assert said == "tfaudit: interrupted; nothing was written\n"
    assert scan.returncode == code
    assert [each for each in workers if alive(each)] == []


def test_a_fault_of_tfaudit_is_one_sentence_without_words_of_the_input(tmp_path: Path) -> None:
    tree = lay(tmp_path / "tree", {"a.odd": ""})
    ours = lay(tmp_path / "ours", {"sources/odd.py": NOT_A_RESOURCE})
    done = tfaudit("scan", tree, "--plugins", ours, cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("tfaudit failed: AttributeError in tfaudit/")
    assert "please report it" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hidden" not in done.stderr
    done = tfaudit("scan", tree, "--plugins", ours, cwd=tmp_path, environment={"TFAUDIT_DEBUG": "1"})
    assert done.returncode == 4
    assert "Traceback" in done.stderr


def test_a_report_of_a_plug_in_that_fails_names_its_file_and_line(tmp_path: Path) -> None:
    tree = lay(tmp_path / "tree", {"main.tf": WEAK})
    ours = lay(tmp_path / "ours", {"reports/broken.py": REPORT})
    done = tfaudit("scan", tree, "--plugins", ours, "-o", "broken", cwd=tmp_path)
    assert done.returncode == 4
    assert f"KeyError in {ours}/reports/broken.py:4; this is a fault of that plug-in" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
