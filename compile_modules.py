"""`python compile_modules.py FOLDER`: compile the busiest modules of tfaudit to machine code, by mypyc.

Reading Terraform and judging are plain functions over small types, and half of a large scan is Python finding its way
through them. mypyc translates them to C as they stand, by their types; that takes half a minute, once.
`tfaudit/compiled.py` loads what comes of it; docs/decisions/0007 says why, and what may be compiled.

FOLDER is complete in the end, or as it was.
"""

from __future__ import annotations

import ast
import os
import re
import runpy
import shutil
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
MODULES = (
    *(
        f"tfaudit.sources.terraform.hcl.{name}"
        for name in (
            "arithmetic",
            "bodies",
            "builder",
            "calls",
            "comments",
            "computed",
            "conditions",
            "evaluate",
            "frame",
            "instances",
            "loops",
            "mentions",
            "modules",
            "operators",
            "origins",
            "placeholders",
            "reader",
            "reads",
            "rendering",
            "root",
            "rows",
            "run",
            "scopes",
            "settling",
            "syntax",
            "templates",
            "values",
            "variables",
        )
    ),
    *(
        f"tfaudit.reading.{name}"
        for name in (
            "companions",
            "documented",
            "fact",
            "inventory",
            "settings",
            "spelling",
            "states",
            "view",
            "ways",
        )
    ),
    "tfaudit.documents",
    "tfaudit.policies.evaluate",
    "tfaudit.policies.remembered",
    "tfaudit.pipeline.elsewhere",
    "tfaudit.redaction",
    "tfaudit.reports.json_document",
    "tfaudit.services.registry",
    "tfaudit.sources.kubernetes.frames",
    "tfaudit.sources.kubernetes.shapes",
    "tfaudit.sources.text.document",
    "tfaudit.sources.text.secrets",
    "tfaudit.sources.text.yaml_documents",
    "tfaudit.sources.text.yaml_events",
    "tfaudit.sources.text.yaml_lines",
    *(
        f"tfaudit.sources.bicep.{name}"
        for name in (
            "cursor",
            "expressions",
            "given",
            "lines",
            "loading",
            "rows",
            "statements",
            "template",
            "tokens",
        )
    ),
    *(
        f"tfaudit.sources.arm.{name}"
        for name in (
            "api_versions",
            "emit",
            "evaluate",
            "expressions",
            "frames",
            "given",
            "handles",
            "ids",
            "instances",
            "lambdas",
            "loading",
            "names",
            "nesting",
            "parts",
            "places",
            "syntax",
            "template",
            "turns",
            "types",
            "values",
            "world",
        )
    ),
    *(
        f"tfaudit.sources.arm.functions.{name}"
        for name in ("collections", "logic", "networks", "numbers", "signature", "texts")
    ),
    "tfaudit.sources.text.suppressions",
)

_SETTINGS = """[mypy]
python_version = {version}
explicit_package_bases = true
ignore_missing_imports = true
"""
_FACTORY = re.compile(r"\bfield\(default_factory=(dict|list|set)\)")
_MADE = re.compile(r"\bfield\(default_factory=\w+")
_EMPTY = {"dict": "{}", "list": "[]", "set": "set()"}
_FUTURE = "from __future__ import annotations\n"
_IMPORTS = "from mypy_extensions import mypyc_attr\nfrom tfaudit.frozen import Frozen\n"


def main(folder: Path) -> None:
    """Fill `folder` with the compiled modules, and with what states of which sources they are."""
    compiled = runpy.run_path(str(ROOT / "tfaudit" / "compiled.py"))
    sources = {name: compiled["source_of"](name, ROOT / "tfaudit") for name in MODULES}
    digests = {name: compiled["digest"](source) for name, source in sources.items()}
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "tfaudit"
        shutil.copytree(ROOT / "tfaudit", copy, ignore=shutil.ignore_patterns("data", "__pycache__"))
        texts = {source.relative_to(ROOT): source.read_text("utf-8") for source in sources.values()}
        texts |= {path: own(text) for path, text in texts.items() if {"arm", "bicep"} & set(path.parts)}
        native = natives(one for text in texts.values() for one in classes(text))
        for path, text in texts.items():
            (Path(scratch) / path).write_text(prepared(text, native), "utf-8")
        made = _built(Path(scratch), map(str, texts), compiled["GROUP"])
        beside = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for file in made.rglob(f"*{compiled['SUFFIX']}"):
            name = ".".join((*file.relative_to(made).parts[:-1], file.name))
            shutil.copyfile(file, beside / name)
        (beside / compiled["STATED"]).write_bytes(compiled["stated"](digests))
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)


def natives(found: Iterable[ast.ClassDef]) -> set[str]:
    """Return the names of the classes that have no bases but one another: mypyc makes them its own."""
    left = list(found)
    names: set[str] = set()
    while more := {one.name for one in left if one.name not in names and bases(one) <= names}:
        names |= more
    return names


def prepared(text: str, native: set[str]) -> str:
    """Return the text of a module as mypyc takes it: the same, but for what classes that are made by others need.

    Such a class (msgspec's, or a kind of list, but none of `native`'s) stays one of Python's (`native_class=False`).
    Its annotations become texts, as they are at run time, for mypyc would look up what only type checkers import; and
    an empty default is written as such, since mypyc holds `field(...)` against the type of the attribute. msgspec
    copies it all the same: jcristharif.com/msgspec/structs.html#default-values. mypyc drops what is said beside the
    bases, as `frozen=True` is, so that is inherited.
    """
    plain = {*native, "Protocol", "Exception"}
    others = [one for one in classes(text) if one.bases and not bases(one) & plain]
    if not others:
        return text
    lines = text.split("\n")
    noted = (each.annotation for one in others for each in one.body if isinstance(each, ast.AnnAssign))
    for note in noted:
        if isinstance(note, ast.Constant):
            continue
        first, last = note.lineno - 1, (note.end_lineno or note.lineno) - 1
        lines[first] = _quoted(lines[first : last + 1], note)
        lines[first + 1 : last + 1] = [""] * (last - first)
    for one in sorted(others, key=lambda each: -each.lineno):
        lines[one.lineno - 1] = _inheriting(one, lines[one.lineno - 1])
        first = min((each.lineno for each in one.decorator_list), default=one.lineno) - 1
        lines[first] = f"{' ' * one.col_offset}@mypyc_attr(native_class=False)\n{lines[first]}"
    written = _FACTORY.sub(lambda found: _EMPTY[found[1]], "\n".join(lines))
    if left := _MADE.search(written):
        raise ValueError(f"{left[0]}...) stands where mypyc expects what it makes")
    return written.replace(_FUTURE, f"{_FUTURE}{_IMPORTS}", 1)


def classes(text: str) -> list[ast.ClassDef]:
    """Return the classes of a module."""
    return [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.ClassDef)]


def bases(one: ast.ClassDef) -> set[str]:
    """Return the names of what a class is derived from."""
    return {ast.unparse(base).partition("[")[0] for base in one.bases}


def _inheriting(one: ast.ClassDef, line: str) -> str:
    """Return the head of a class so that it inherits what it says beside its bases; `ValueError` where it cannot."""
    said = [ast.unparse(each) for each in one.keywords]
    if said not in ([], ["frozen=True"]) or (said and ")" not in line):
        raise ValueError(f"class {one.name}: {', '.join(said)} would be lost")
    return line.replace("(Struct, frozen=True)", "(Frozen, frozen=True)")


def _quoted(lines: list[str], note: ast.expr) -> str:
    """Return the one line that an annotation comes to, as a text, with what stands before and behind it."""
    # Offsets are those of UTF-8.
    before = lines[0].encode()[: note.col_offset].decode()
    behind = lines[-1].encode()[note.end_col_offset or 0 :].decode()
    return f"{before}{ast.unparse(note)!r}{behind}"


def _built(scratch: Path, modules: Iterable[str], group: str) -> Path:
    """Have mypyc translate `modules` of the copy in `scratch`, and setuptools compile them; return where it lies."""
    from mypyc.build import mypycify
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    class OnAllCores(build_ext):  # type: ignore[misc]
        """Compiles the files of an extension side by side: one for each module takes half as long as one for all."""

        def build_extension(self, ext: Extension) -> None:
            def objects(source: str) -> list[str]:
                found: list[str] = self.compiler.compile(
                    [source],
                    output_dir=self.build_temp,
                    include_dirs=ext.include_dirs,
                    extra_postargs=ext.extra_compile_args,
                )
                return found

            with ThreadPoolExecutor(os.cpu_count()) as pool:
                ext.extra_objects = [each for found in pool.map(objects, ext.sources) for each in found]
            ext.sources = []
            super().build_extension(ext)

    settings = scratch / "mypy.ini"
    settings.write_text(_SETTINGS.format(version=f"{sys.version_info.major}.{sys.version_info.minor}"))
    os.chdir(scratch)
    options = ["--config-file", str(settings), "--cache-dir", str(scratch / "types"), *modules]
    extensions = mypycify(
        options, debug_level="0", multi_file=True, group_name=group, target_dir=str(scratch / "c")
    )
    command: Any = OnAllCores(Distribution({"name": "tfaudit", "ext_modules": extensions}))
    command.build_lib, command.build_temp = str(scratch / "made"), str(scratch / "objects")
    command.ensure_finalized()
    command.run()
    return Path(command.build_lib)


_OWN = """
Access Applied Array Body Call Choice Closed Copy Declaration Declares Env Found Frame Function Given Imported Instance
Lambda Line Literal Located Loop Made Member Name Nested Object Parameter Parsed Placed Plain Repeated Source Stated
Statement Template Text Tokens Type Variable
"""
OWN = frozenset(_OWN.split())
"""The structs of ARM and Bicep that become mypyc's own classes: one of msgspec's has to be asked for each attribute."""


def own(text: str) -> str:
    """Return the text of a module with its structs of `OWN` as plain classes that are made in the same way.

    They have no more of a struct than its attributes, and what is frozen its equality: `msgspec.structs` takes none.
    Constants are final, which spares mypyc to look each up by its name.
    """
    found = [each for each in classes(text) if each.name in OWN and bases(each) == {"Struct"}]
    lines = text.split("\n")
    for one in sorted(found, key=lambda each: -each.lineno):
        fields = [each for each in one.body if isinstance(each, ast.AnnAssign)]
        lines[one.end_lineno : one.end_lineno] = _made_of(one, fields, frozen=bool(one.keywords))
        for each in fields:
            first, last = each.lineno - 1, each.end_lineno or each.lineno
            lines[first:last] = [f"    {ast.unparse(each.target)}: {ast.unparse(each.annotation)}"] + [""] * (
                last - first - 1
            )
        lines[one.lineno - 1] = f"class {one.name}:"
    return _with_final("\n".join(lines))


def _is_constant(name: str) -> bool:
    return name.isupper() and len(name) > 1  # one letter is a variable of types


def _with_final(text: str) -> str:
    """Return the text of a module with what it calls in capital letters declared to be final."""
    lines = text.split("\n")
    for each in ast.parse(text).body:
        at = each.lineno - 1
        if (
            isinstance(each, ast.Assign)
            and isinstance(name := each.targets[0], ast.Name)
            and _is_constant(name.id)
        ):
            lines[at] = lines[at].replace(f"{name.id} =", f"{name.id}: Final =", 1)
        elif (
            isinstance(each, ast.AnnAssign)
            and isinstance(each.target, ast.Name)
            and _is_constant(each.target.id)
        ):
            note = ast.unparse(each.annotation)
            lines[at] = lines[at].replace(f": {note} =", f": Final[{note}] =", 1)
    return "\n".join(lines).replace(_FUTURE, f"{_FUTURE}from typing import Final\n", 1)


def _made_of(one: ast.ClassDef, fields: list[ast.AnnAssign], *, frozen: bool) -> list[str]:
    """Return the lines of the methods by which a struct is made, and told from another."""
    head, body = ["self"], []
    for each in fields:
        name, note, default = ast.unparse(each.target), ast.unparse(each.annotation), each.value
        if default is None:
            head.append(f"{name}: {note}")
            body.append(f"self.{name} = {name}")
        elif made := _FACTORY.fullmatch(ast.unparse(default)):
            head.append(f"{name}: {note} | None = None")
            body.append(f"self.{name} = {_EMPTY[made[1]]} if {name} is None else {name}")
        else:
            head.append(f"{name}: {note} = {ast.unparse(default)}")
            body.append(f"self.{name} = {name}")
    lines = [f"    def __init__({', '.join(head)}) -> None:", *(f"        {each}" for each in body)]
    if not frozen:
        return lines
    mine, theirs = (
        f"({', '.join(f'{of}.{ast.unparse(each.target)}' for each in fields)},)" for of in ("self", "other")
    )
    return [
        *lines,
        "    def __eq__(self, other: object) -> bool:",
        f"        return isinstance(other, {one.name}) and {mine} == {theirs}",
        "    def __hash__(self) -> int:",
        f"        return hash({mine})",
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
