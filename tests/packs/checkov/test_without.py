"""Without the pack nothing of it is loaded, and with it nothing of checkov is loaded in tfaudit's own process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CODE = 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\n'
RUN = """
import sys
from tfaudit.cli.main import run
run(sys.argv[1:])
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def loaded(tree: Path, *arguments: str) -> set[str]:
    (tree / "main.tf").write_text(CODE)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "scan", str(tree), "--no-cache", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stderr.split())


def test_a_scan_without_the_pack_loads_nothing_of_it(tmp_path: Path) -> None:
    assert not [
        name
        for name in loaded(tmp_path)
        if name.startswith(("tfaudit.packs", "tfaudit.pipeline.packs", "checkov"))
    ]


def test_a_scan_with_the_pack_loads_checkov_in_workers_alone(tmp_path: Path) -> None:
    names = loaded(tmp_path, "--pack", "checkov", "--pack-format", "terraform")
    assert "tfaudit.packs.checkov.scanning" in names
    assert not [name for name in names if name.partition(".")[0] in ("checkov", "networkx", "cloudsplaining")]
