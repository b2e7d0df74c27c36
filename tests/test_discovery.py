"""What modules state of themselves: as parsed at installation, unless a module has been changed since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tfaudit import discovery, own_modules


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield the folder of a package with one module, `services/disk.py`, that was parsed at installation."""
    module = tmp_path / "services" / "disk.py"
    module.parent.mkdir()
    module.write_text('READS = ("aws_ebs_volume",)\n', "utf-8")
    stated = tmp_path / "modules.json"
    entry = {
        "sha256": "of-other-bytes",
        "size": module.stat().st_size,
        "values": {"READS": ["of installation"]},
    }
    stated.write_text(json.dumps({os.path.join("services", "disk.py"): entry}), "utf-8")  # noqa: PTH118
    monkeypatch.setattr(discovery, "_STATED", stated)
    monkeypatch.setattr(own_modules, "PACKAGE", str(tmp_path))
    monkeypatch.setattr(discovery, "_TOP", f"{tmp_path}{os.sep}")
    discovery._parsed_at_installation.cache_clear()
    yield tmp_path
    discovery._parsed_at_installation.cache_clear()


def _reads(package: Path) -> list[tuple[str, ...]]:
    own_modules.looked_at.cache_clear()
    return [each.texts("READS") for each in discovery.own(package / "services")]


def test_a_module_that_was_not_changed_is_not_read(package: Path) -> None:
    os.utime(package / "services" / "disk.py", (1, 1))
    assert _reads(package) == [("of installation",)]


def test_a_module_that_was_changed_later_is_read(package: Path) -> None:
    later = (package / "modules.json").stat().st_mtime + 10
    os.utime(package / "services" / "disk.py", (later, later))
    assert _reads(package) == [("aws_ebs_volume",)]


def test_a_module_of_another_size_is_read_whatever_its_time(package: Path) -> None:
    module = package / "services" / "disk.py"
    module.write_text('READS = ("aws_ebs_volume", "aws_ebs_snapshot")\n', "utf-8")
    os.utime(module, (1, 1))
    assert _reads(package) == [("aws_ebs_volume", "aws_ebs_snapshot")]


def test_a_module_that_is_new_is_read(package: Path) -> None:
    os.utime(package / "services" / "disk.py", (1, 1))
    (package / "services" / "extra.py").write_text('READS = ("aws_efs_file_system",)\n', "utf-8")
    assert _reads(package) == [("of installation",), ("aws_efs_file_system",)]


@pytest.mark.parametrize("broken", ["", "[]", '{"services/disk.py": 1}', "{"])
def test_without_what_was_parsed_every_module_is_read(package: Path, broken: str) -> None:
    (package / "modules.json").write_text(broken, "utf-8")
    os.utime(package / "services" / "disk.py", (1, 1))
    assert _reads(package) == [("aws_ebs_volume",)]
