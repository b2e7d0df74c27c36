"""Formats are found by their files, imported when asked for, and written whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tfaudit.errors import UsageError
from tfaudit.reports.output import replacing, wants_colour
from tfaudit.reports.registry import Formats


def test_names() -> None:
    assert {"text", "json", "sarif", "junit", "markdown", "html"} <= set(Formats().names)


def test_an_unknown_format_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match='unknown output format "jsno"; did you mean "json"'):
        Formats().write("jsno")


def test_a_plug_in_folder_adds_a_format(tmp_path: Path) -> None:
    (tmp_path / "lines.py").write_text(
        'FORMAT = "lines"\n\n\ndef write(result, out, options):\n    out.write("a line")\n'
    )
    module = Formats([tmp_path]).write("lines").__module__
    assert module.startswith("tfaudit_plugin_") and module.endswith("_lines")  # noqa: PT018


@pytest.mark.parametrize("format_", ["text", "json", "junit", "markdown"])
def test_a_piped_report_loads_nothing_heavy(format_: str) -> None:
    code = (
        "import io, sys\n"
        "from tfaudit.reports.registry import Formats\n"
        "from tfaudit.model.result import ScanResult\n"
        "result = ScanResult('1', (), 'default', (), [], [], '', '', '')\n"
        f"Formats().write({format_!r})(result, io.StringIO())\n"
        "print(*sorted({'rich', 'jinja2', 'sarif_om', 'attr', 'pydantic', 'tempfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_report_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as out:
            out.write("half of a rep")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_takes_the_place_of_the_old_one_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text("old")
    path.chmod(0o640)
    with replacing(path) as out:
        out.write("new caf\udce9\n")
    assert path.read_text() == "new caf\\udce9\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="name a file"), replacing(tmp_path):
        pass
    with pytest.raises(UsageError, match="cannot be written"), replacing(tmp_path / "no" / "x.json"):
        pass


def test_a_reader_that_goes_away_ends_the_writing_in_silence() -> None:
    code = (
        "from tfaudit.reports.output import standard_output\n"
        "with standard_output() as out:\n"
        "    for _ in range(100_000): out.write('a line of a long report\\n')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        writer.stdout.close()
        assert writer.stderr is not None
        assert writer.stderr.read() == ""
        assert writer.wait() == 0


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_the_users_choice(environment: dict[str, str], wanted: bool) -> None:
    assert wants_colour(Terminal(), environment) is wanted  # type: ignore[arg-type]
