from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("policies", "controls", "reports", "schemas")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout without asking any index."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", ROOT, "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder)
    [built] = folder.glob("tfaudit-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tfaudit installed from its wheel, away from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", wheel, "--no-deps", "--no-index", "--target", folder)
    return folder


def pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def tfaudit(*arguments: str, found_in: Path, cwd: Path) -> str:
    """What `python -m tfaudit` prints where Python finds the package in `found_in`."""
    done = subprocess.run(
        [sys.executable, "-m", "tfaudit", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(found_in)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_wheel_carries_every_file_of(folder: str, wheel: Path) -> None:
    in_checkout = {
        f"tfaudit/data/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    with ZipFile(wheel) as archive:
        in_wheel = {name for name in archive.namelist() if name.startswith(f"tfaudit/data/{folder}/")}

    assert in_checkout
    assert in_wheel == in_checkout


def test_the_wheel_says_that_it_is_typed(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        assert "tfaudit/py.typed" in archive.namelist()


@pytest.mark.parametrize("command", ["policies", "controls"])
def test_an_installed_tfaudit_lists_what_a_checkout_lists(
    command: str, installed: Path, tmp_path: Path
) -> None:
    from_wheel = tfaudit(command, "list", found_in=installed, cwd=tmp_path)

    assert from_wheel
    assert from_wheel == tfaudit(command, "list", found_in=ROOT, cwd=tmp_path)
