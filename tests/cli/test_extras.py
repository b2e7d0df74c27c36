"""What is not installed is reported in one sentence, with the extra that brings it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tfaudit.cli.main import EXTRAS

ROOT = Path(__file__).parents[2]
# Python as it is, but for one package that it does not find.
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {package!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
from tfaudit.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("package", "arguments"),
    [
        ("boto3", ("live", "aws", "--region", "eu-west-1")),
        ("kubernetes", ("live", "kubernetes")),
        ("pygit2", ("scan", "--since", "HEAD")),
    ],
)
def test_a_missing_extra_is_named(tmp_path: Path, package: str, arguments: tuple[str, ...]) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / "main.tf").write_text("")
    program = WITHOUT.format(package=package)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode in (2, 3)
    assert f"pip install 'tfaudit[{EXTRAS[package]}]'" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_every_extra_is_one_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    assert set(EXTRAS.values()) <= set(extras)
    (everything,) = extras["all"]
    assert {each for each in extras if each not in ("all", "dev")} == set(
        everything.removeprefix("tfaudit[").removesuffix("]").split(",")
    )
