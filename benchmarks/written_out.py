"""`python -m benchmarks.written_out FOLDER ...`: the pack beside checkov, where both are given what we evaluated.

It is written as plain Terraform: every instance a block of its own, every value as it came out. Then checkov has
nothing left to evaluate: no module, `count`, `for_each`, `dynamic`, variable or condition. Where it now says what the
pack says, its other answer came from how it had evaluated the code, and not from the check.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks import one_by_one
from benchmarks.checkov_agreement import documents, instances, printed
from tfaudit.model.resources import Limits, Reference, Resource, Unresolved
from tfaudit.sources.terraform.hcl import claims, read_tree
from tfaudit.sources.tree.files import InputFile, Tree, discover

_NAME = re.compile(r"[A-Za-z_][\w-]*")
_TRAVERSAL = re.compile(r"\b(?:data\.)?[a-z][a-z0-9]*+_\w++\.[\w-]+")
_SECONDS = 10.0
"""What checkov's parser may take for one expression: on quotes that do not close it goes back and forth for hours."""
_LONG = 20_000
"""Characters of a document that stays the text that it is: checkov's parser gives a file up that takes it too long."""
_ALL_INSTANCES = re.compile(r"\[[^\]]*\]$")


def scopes(folder: Path) -> dict[str, list[Resource]]:
    """Return the resources of every root below a folder, by its name; `SystemExit` where one cannot be read in time."""
    tree = Tree(folder.resolve(), Limits(parse_seconds=3600.0), calls=True)
    files = [each for each in discover(tree.root, tree.root, tree.limits) if isinstance(each, InputFile)]
    found: dict[str, list[Resource]] = {}
    for each in read_tree([file for file in files if claims(file)], tree):
        if isinstance(each, Resource):
            found.setdefault(each.scope.partition("#")[0], []).append(each)
    return found


class WrittenOut:
    """The resources and sources of data of one root, each under a name that no other has."""

    def __init__(self, resources: Iterable[Resource], prefix: str = "r") -> None:
        """Take what was read; calls of modules and providers are left out. Names begin with `prefix`."""
        self._resources = [
            each for each in resources if each.type != "module" and not each.type.startswith("provider.")
        ]
        self.names: dict[str, Resource] = {}
        self._flat: dict[str, str] = {}
        for each in self._resources:
            head = "data." if each.type.startswith("data.") else ""
            type_ = each.type.removeprefix("data.")
            name = f"{type_}.{prefix}{len(self._flat)}_{re.sub(r'[^0-9A-Za-z]+', '_', each.address)[-60:]}"
            self.names[name] = each
            self._flat[each.address] = head + name
            self._flat.setdefault(_ALL_INSTANCES.sub("", each.address), head + name)

    def text(self) -> str:
        """Return it as Terraform."""
        return "\n".join(self._block(name, each) for name, each in self.names.items())

    def _block(self, name: str, resource: Resource) -> str:
        kind = "data" if resource.type.startswith("data.") else "resource"
        type_, _, label = name.partition(".")
        lines = [f'{kind} "{type_}" "{label}" {{', *self._body(resource.body, (), resource, "  "), "}"]
        return "\n".join(lines) + "\n"

    def _body(
        self, body: Mapping[str, Any], path: tuple[str | int, ...], of: Resource, indent: str
    ) -> Iterator[str]:
        is_block = getattr(of.locate, "is_block", lambda _: False)
        for name, value in body.items():
            at = (*path, name)
            if value is None or _NAME.fullmatch(name) is None:
                continue
            if isinstance(value, list) and any(isinstance(each, dict) for each in value) and is_block(at):
                for index, each in enumerate(value):
                    if isinstance(each, dict):
                        yield f"{indent}{name} {{"
                        yield from self._body(each, (*at, index), of, indent + "  ")
                        yield indent + "}"
            else:
                yield f"{indent}{name} = {self._value(value, of)}"

    def _value(self, value: Any, of: Resource) -> str:
        if isinstance(value, Reference):
            return self._reference(value)
        if isinstance(value, Unresolved):
            return self._expression(value.expression, of)
        if isinstance(value, dict):
            inner = ", ".join(f"{json.dumps(key)} = {self._value(each, of)}" for key, each in value.items())
            return "{" + inner + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self._value(each, of) for each in value) + "]"
        if isinstance(value, str):
            return self._text(value, of)
        return json.dumps(value)

    def _text(self, value: str, of: Resource) -> str:
        if value.lstrip()[:1] in ("{", "[") and len(value) < _LONG:
            try:
                document = json.loads(value)
            except ValueError:
                document = None
            if isinstance(document, (dict, list)):
                return f"jsonencode({self._value(document, of)})"
        return json.dumps(value, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")

    def _reference(self, value: Reference) -> str:
        name = self._flat.get(value.address)
        return f"{name or value.address}.{value.attribute or 'id'}"

    def _expression(self, text: str, of: Resource) -> str:
        """Return what is not known with the names of blocks as they are here; a variable nobody declares stays one."""
        module = of.address.rpartition(of.type)[0]

        def named(found: re.Match[str]) -> str:
            return self._flat.get(module + found.group(), found.group())

        text = _TRAVERSAL.sub(named, text.strip())
        if "${" in text.partition('"')[0]:  # a template, and not the call of a function on one
            text = f'"{text}"'
        return text if _is_expression(text) else "var.not_known"


@lru_cache(100_000)
def _is_expression(text: str) -> bool:
    """Whether checkov's parser takes it, in time; one that it does not would cost the whole file."""
    parser: Any = importlib.import_module("hcl2")
    before = signal.signal(signal.SIGALRM, _in_vain)
    signal.setitimer(signal.ITIMER_REAL, _SECONDS)
    try:
        parser.loads(f"a = {text}\n")
    except Exception:  # noqa: BLE001 - it is a grammar's, and says what it likes
        return False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return True


def _in_vain(*_: object) -> None:
    raise TimeoutError


def judged(
    roots: Mapping[str, list[Resource]], folder: Path, keep: Path | None = None, *, apart: bool = False
) -> Iterator[tuple[str, Resource, str, str]]:
    """Yield what checkov says of roots, written below a folder: root, our resource, check and outcome.

    Roots that checkov cannot parse are named on standard error, and have no answer. `keep` is as in `printed`. It is
    given all of them in one tree, or each by itself (`apart`).
    """
    written: dict[str, tuple[str, WrittenOut]] = {}
    for number, (name, resources) in enumerate(roots.items()):
        # No name stands in two roots: checkov has one graph for all.
        root = WrittenOut(resources, f"root{number}_r")
        place = folder / f"root{number}"
        place.mkdir(parents=True, exist_ok=True)
        (place / "main.tf").write_text(root.text())
        written[place.name] = (name, root)
    if apart:
        reports = [
            (place, report)
            for place in written
            for report in one_by_one.checkov(folder / place, ["terraform"])
        ]
    else:
        reports = [("", report) for report in documents(printed(folder, ["terraform"], keep))]
    for part, report in reports:
        results = report.get("results", {})
        for file in results.get("parsing_errors", ()):
            place_of = part or Path(file).parent.name
            print(f"not written out: {written[place_of][0]}: checkov cannot parse it", file=sys.stderr)
        for word, key in (("pass", "passed_checks"), ("fail", "failed_checks")):
            for record in results.get(key, ()):
                name, root = written[part or record["file_path"].strip("/").partition("/")[0]]
                resource = root.names.get(record["resource"].removeprefix("data."))
                if resource is not None:
                    yield name, resource, record["check_id"], word


def with_resources(folder: Path) -> dict[str, list[Resource]]:
    """Return the roots below a folder that have more than calls of modules."""
    return {
        name: found for name, found in scopes(folder).items() if any(each.type != "module" for each in found)
    }


def compared(folder: Path) -> dict[str, list[tuple[str, str, str]]]:
    """Return by class the pairs of the pack and of checkov over what we evaluated: root, address, check."""
    roots = with_resources(folder)
    other: dict[tuple[str, str, str], str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for root, resource, check, outcome in judged(roots, Path(scratch)):
            pair = (root, resource.address, check)
            other[pair] = "fail" if "fail" in (outcome, other.get(pair)) else outcome
    mine = {
        (root, address, check): outcome
        for root, address, check, outcome in instances(folder)
        if root in roots
    }
    found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for pair in sorted(other.keys()):
        own = mine.get(pair, "nothing")
        found["equal" if own == other[pair] else f"{own} here, {other[pair]} there"].append(pair)
    return found


def main() -> int:
    """Compare every folder, and print the classes."""
    parser = argparse.ArgumentParser(prog="benchmarks.written_out")
    parser.add_argument("folder", nargs="+", type=Path)
    for folder in parser.parse_args().folder:
        found = compared(folder)
        unknown = sum(len(pairs) for name, pairs in found.items() if name.startswith("unknown here"))
        decided = sum(map(len, found.values())) - unknown
        print(f"{folder.name}: {len(found['equal']):,} of {decided:,} equal, {unknown:,} unknown here")
        for name, pairs in sorted(found.items()):
            checks = Counter(check for _, _, check in pairs).most_common(6) if name != "equal" else ()
            print(f"  {len(pairs):>7,}  {name}  " + ", ".join(f"{check} {count}" for check, count in checks))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
