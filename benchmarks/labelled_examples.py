"""`python -m benchmarks.labelled_examples CHECKOV`: our policies beside the examples that checkov tests its checks by.

CHECKOV is a folder with checkov's sources. Each test of a check of Azure that a policy of ours names in `same_as` holds
examples that are to pass and to fail: files in a folder of their own, blocks of Terraform in the test itself, or
bodies of resources. All are written out, each by itself, and judged by both, as `benchmarks.same_as_agreement` does;
only what the test is about counts. What checkov says of them is what its tests assert.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.same_as_agreement import FORMATS, Pair, claims, compared, show, table, types

_TESTS = {
    "arm": ("tests/arm/checks/resource",),
    "bicep": ("tests/bicep/checks/resource/azure",),
    "terraform": ("tests/terraform/checks/resource/azure",),
}
_SOURCES = {"arm": "checkov/arm/checks/resource", "terraform": "checkov/terraform/checks/resource/azure"}
_GRAPH = ("tests/terraform/graph/checks/resources", "checkov/terraform/checks/graph_checks/azure")
_ID = re.compile(r"\bid\s*=\s*['\"](CKV2?_AZURE_\d+)['\"]")
_IMPORT = re.compile(r"from checkov\.(\w+)\.checks\.resource\.(?:azure\.)?(\w+) import check")
_EXAMPLE = re.compile(r"(example_\w+)")


def written(repository: Path, framework: str, check_ids: set[str], to: Path) -> int:
    """Write the examples of a format out as `to`/check/name/...; return how many."""
    count = 0
    for folder in _TESTS[framework]:
        for test in sorted((repository / folder).glob("test_*.py")):
            text = test.read_text("utf-8")
            check = _check(repository, text)
            if check not in check_ids:
                continue
            for name in dict.fromkeys(_EXAMPLE.findall(text)):
                if (test.parent / name).is_dir():
                    shutil.copytree(
                        test.parent / name, to / check / f"{framework}-{name}", dirs_exist_ok=True
                    )
                    count += 1
            if framework == "terraform":
                for name, content, ending in inline(text, _types(repository, text)):
                    there = to / check / f"{test.stem}-{name}"
                    there.mkdir(parents=True, exist_ok=True)
                    (there / f"main.{ending}").write_text(content, "utf-8")
                    count += 1
    return count + (_of_graphs(repository, check_ids, to) if framework == "terraform" else 0)


def _check(repository: Path, test: str) -> str:
    imported = _IMPORT.search(test)
    if imported is None:
        return ""
    framework, name = imported.groups()
    folder = _SOURCES.get(framework, f"checkov/{framework}/checks/resource/azure")
    source = repository / folder / f"{name}.py"
    found = _ID.search(source.read_text("utf-8")) if source.exists() else None
    return found[1] if found else ""


def _types(repository: Path, test: str) -> list[str]:
    imported = _IMPORT.search(test)
    assert imported is not None
    source = repository / _SOURCES["terraform"] / f"{imported[2]}.py"
    return re.findall(r"['\"](azurerm_\w+)['\"]", source.read_text("utf-8")) if source.exists() else []


def _of_graphs(repository: Path, check_ids: set[str], to: Path) -> int:
    count = 0
    for source in sorted((repository / _GRAPH[1]).glob("*.yaml")):
        check = yaml.safe_load(source.read_text("utf-8"))["metadata"]["id"]
        example = repository / _GRAPH[0] / source.stem
        if check in check_ids and example.is_dir():
            shutil.copytree(example, to / check / f"graph-{source.stem}", dirs_exist_ok=True)
            count += 1
    return count


def inline(test: str, of_types: list[str]) -> Iterator[tuple[str, str, str]]:
    """Yield the examples in a test's own text: name, content and ending, "tf" or "tf.json"."""
    for function in ast.walk(ast.parse(test)):
        if not isinstance(function, ast.FunctionDef) or not function.name.startswith("test"):
            continue
        for number, node in enumerate(ast.walk(function)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and 'resource "' in node.value:
                yield f"{function.name}-{number}", node.value, "tf"
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and of_types:
                try:
                    body = ast.literal_eval(node.value)
                except ValueError:
                    continue
                resource = {"resource": {of_types[0]: {"example": _unwrapped(body)}}}
                yield f"{function.name}-{number}", json.dumps(resource, indent=1), "tf.json"


def _unwrapped(value: Any) -> Any:
    """Return a body without the lists that checkov's parser puts around everything."""
    if isinstance(value, dict):
        return {name: _unwrapped(each) for name, each in value.items()}
    if isinstance(value, list):
        return _unwrapped(value[0]) if len(value) == 1 else [_unwrapped(each) for each in value]
    return value


def main() -> int:
    """Write the examples out, compare, and print the table and the classes."""
    parser = argparse.ArgumentParser(prog="benchmarks.labelled_examples")
    parser.add_argument("repository", type=Path)
    parser.add_argument("--examples", type=int, default=0)
    parser.add_argument("--write", type=Path, help="where the examples are written, and left")
    parser.add_argument("--save", type=Path, help="write all pairs as JSON")
    arguments = parser.parse_args()
    claimed = claims()
    pairs: list[Pair] = []
    with tempfile.TemporaryDirectory() as scratch:
        for framework in FORMATS:
            top = (arguments.write or Path(scratch)) / framework
            shutil.rmtree(top, ignore_errors=True)
            top.mkdir(parents=True)
            count = written(arguments.repository, framework, set(claimed), top)
            print(f"{framework}: {count} examples")
            pairs += [
                pair
                for pair in compared(top, framework, claimed, types(framework))
                if pair.place.split("/")[1] == pair.check
            ]
    print(table(pairs))
    show(pairs, arguments.examples)
    if arguments.save:
        arguments.save.write_text(
            json.dumps([each._asdict() | {"class": each.class_} for each in pairs], indent=1)
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
