"""Standard output gets every byte, however slowly it is read and however Python buffers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

KEY = 'resource "aws_db_instance" "d{number}" {{\n  identifier = "d{number}"\n}}\n'


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_slow_reader_gets_the_whole_report(tmp_path: Path, unbuffered: str) -> None:
    (tmp_path / "main.tf").write_text("".join(KEY.format(number=number) for number in range(30)))
    variables = {**os.environ, "TFAUDIT_CACHE": "", "PYTHONUNBUFFERED": unbuffered}
    command = [sys.executable, "-m", "tfaudit", "scan", ".", "-o", "json"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as scan:
        assert scan.stdout is not None
        data = b""
        # The pipe is full for longer than the clock of a scan takes to tick.
        while part := os.read(scan.stdout.fileno(), 60_000):
            data += part
            time.sleep(0.6)
    assert len(data) > 150_000
    assert json.loads(data)["summary"]["complete"] is True
