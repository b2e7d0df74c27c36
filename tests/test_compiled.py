"""Compiled modules say what the modules themselves say, and are used only as long as they are theirs."""

from __future__ import annotations

import ast
import json
import marshal
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import compile_modules
from tfaudit import compiled

ROOT = Path(__file__).parents[1]
MADE = (compiled.FOLDER / compiled.STATED).is_file()
needs_compiled = pytest.mark.skipif(
    not MADE, reason="nothing is compiled here: no mypy or no C compiler at installation"
)

USED = """
import sys
from pathlib import Path
from tfaudit import compiled
compiled.load(Path(sys.argv[1]))
from tfaudit.policies import evaluate
print(evaluate.__file__)
"""


def _module_used(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", USED, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    return Path(done.stdout.strip()).name


def _stating(folder: Path, content: bytes) -> Path:
    """Return a copy of what is compiled that states something else of its sources."""
    shutil.copytree(compiled.FOLDER, folder)
    (folder / compiled.STATED).write_bytes(content)
    return folder


@needs_compiled
def test_what_is_compiled_is_used() -> None:
    assert _module_used(compiled.FOLDER) == f"tfaudit.policies.evaluate{compiled.SUFFIX}"


@needs_compiled
def test_it_is_used_where_mypy_is_not_installed() -> None:
    hidden = """
import importlib.machinery as machinery
found = machinery.PathFinder.find_spec
machinery.PathFinder.find_spec = lambda name, *of: None if name == "mypy_extensions" else found(name, *of)
"""
    command = [
        sys.executable,
        "-c",
        f"{hidden}{USED}\nimport mypy_extensions\nprint(vars(mypy_extensions).keys())",
    ]
    done = subprocess.run(
        [*command, str(compiled.FOLDER)], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    module, beside = done.stdout.splitlines()
    assert module.endswith(compiled.SUFFIX)
    assert "TypedDict" not in beside


@needs_compiled
@pytest.mark.parametrize("edited", compile_modules.MODULES)
def test_one_edited_module_and_none_is_used(edited: str, tmp_path: Path) -> None:
    _, modules = marshal.loads((compiled.FOLDER / compiled.STATED).read_bytes())  # noqa: S302 - made here
    assert set(modules) == set(compile_modules.MODULES)
    content = compiled.stated({**modules, edited: bytes(32)})
    assert _module_used(_stating(tmp_path / "made", content)) == "evaluate.py"


@needs_compiled
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing of marshal's",
        marshal.dumps(None),
        marshal.dumps((".of-another-python", {})),
        marshal.dumps((1,)),
    ],
)
def test_what_states_something_else_is_not_used(content: bytes, tmp_path: Path) -> None:
    assert _module_used(_stating(tmp_path / "made", content)) == "evaluate.py"


def test_where_nothing_is_compiled_the_modules_are_used(tmp_path: Path) -> None:
    assert _module_used(tmp_path) == "evaluate.py"


def _report(target: Path, told: str, tmp_path: Path) -> Any:
    """Return the report of a scan, with or without compiled modules, but for what tells one run from another."""
    file = tmp_path / f"{told}.json"
    environment = {"TFAUDIT_CACHE": "", "TFAUDIT_COMPILED": told, "PATH": "", "HOME": str(tmp_path)}
    command = [
        sys.executable,
        "-m",
        "tfaudit",
        "scan",
        str(target),
        "--fail-on",
        "never",
        "-o",
        f"json={file}",
    ]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300, cwd=ROOT
    )
    assert done.returncode in (0, 3), done.stderr
    report = json.loads(file.read_text())
    for each in ("id", "started", "finished"):
        report["run"].pop(each)
    return report


@needs_compiled
@pytest.mark.parametrize("target", ["tests/policies", "tests/sources", "examples"])
def test_both_say_the_same(target: str, tmp_path: Path) -> None:
    """Of every example of every policy in every plane, among them all that are not known."""
    one, other = (_report(ROOT / target, told, tmp_path) for told in ("1", "0"))
    assert len(one["verdicts"]) > 100
    assert one == other


def test_no_compiled_module_asks_where_it_lies() -> None:
    """It lies elsewhere than its source."""
    for name in compile_modules.MODULES:
        assert "__file__" not in compiled.source_of(name).read_text("utf-8"), name


def test_no_compiled_module_asks_a_body_by_its_own_get() -> None:
    for name in compile_modules.MODULES:
        assert ".body.get(" not in compiled.source_of(name).read_text("utf-8"), name


def test_no_compiled_class_has_a_cached_property() -> None:
    """It is worked out at each look."""
    for name in compile_modules.MODULES:
        assert "@cached_property" not in compiled.source_of(name).read_text("utf-8"), name


def test_no_compiled_module_takes_values_that_may_be_veiled() -> None:
    taking = (
        "tfaudit.reading.values",
        "tfaudit.reading.lift",
        "tfaudit.policies.matchers",
        "tfaudit.services",
    )
    judging = {"tfaudit.services.registry"}  # it hands views to services, and gets assets
    found = {name for name in compile_modules.MODULES if name.startswith(taking)}
    assert found == judging


def test_no_class_that_stays_pythons_is_derived_from_a_compiled_one() -> None:
    """Python refuses that when the class is made."""
    compiled_files = {compiled.source_of(name) for name in compile_modules.MODULES}
    made = [one for file in compiled_files for one in compile_modules.classes(file.read_text("utf-8"))]
    native = compile_modules.natives(made)
    assert {"Frame", "View", "TemplateFrame"} <= native
    for file in set((ROOT / "tfaudit").rglob("*.py")) - compiled_files:
        for one in compile_modules.classes(file.read_text("utf-8")):
            assert not compile_modules.bases(one) & native, (file, one.name)


def test_a_class_that_msgspec_makes_stays_one_of_pythons() -> None:
    text = (
        "from __future__ import annotations\nfrom msgspec import Struct, field\n"
        "class Spot(Struct, frozen=True):\n    path: tuple[str, ...]\n"
        "    seen: dict[str, int] = field(default_factory=dict)\n"
        "class Own:\n    size: int = 0\n"
        "class Below(Own):\n    pass\n"
    )
    made = ast.parse(compile_modules.prepared(text, {"Own"}))
    heads = {
        each.name: ast.unparse(each).splitlines() for each in made.body if isinstance(each, ast.ClassDef)
    }
    assert heads["Spot"] == [
        "@mypyc_attr(native_class=False)",
        "class Spot(Frozen, frozen=True):",
        "    path: 'tuple[str, ...]'",
        "    seen: 'dict[str, int]' = {}",
    ]
    assert heads["Own"][0] == "class Own:"
    assert heads["Below"][0] == "class Below(Own):"


def test_structs_of_bicep_become_classes_of_mypycs_own() -> None:
    text = (
        "from __future__ import annotations\nfrom msgspec import Struct, field\nT = 1\n_MOST = 5\nKEPT: int = 6\n"
        "class Line(Struct, frozen=True):\n    kinds: list[str]\n    many: int = 0\n"
        "    seen: list[int] = field(default_factory=list)\n    def own(self) -> int:\n        return self.many\n"
        "class Other(Struct):\n    size: int\n"
    )
    made = compile_modules.own(text)
    here: dict[str, Any] = {}
    exec(made, here)  # noqa: S102 - made here
    line = here["Line"](["a"], seen=[1])
    assert (line.kinds, line.many, line.seen, line.own()) == (["a"], 0, [1], 0)
    assert here["Line"](["a"], 0).seen == []
    assert line == here["Line"](["a"], 0, [1]) != here["Line"](["b"], 0, [1])
    assert "class Line:" in made
    assert "class Other(Struct):" in made
    assert "T = 1" in made
    assert "_MOST: Final = 5" in made
    assert "KEPT: Final[int] = 6" in made


def test_what_a_class_would_lose_is_refused() -> None:
    with pytest.raises(ValueError, match="class Named: kw_only=True would be lost"):
        compile_modules.prepared("class Named(Struct, kw_only=True):\n    size: int\n", set())


def test_a_default_that_is_made_is_refused() -> None:
    text = "class Run(Struct):\n    places: Places = field(default_factory=Places)\n"
    with pytest.raises(ValueError, match="default_factory=Places"):
        compile_modules.prepared(text, set())
