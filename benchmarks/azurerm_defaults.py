"""`python -m benchmarks.azurerm_defaults 4.50.0 DOCS`: our defaults beside what azurerm's own documentation says.

DOCS is the folder `website/docs/r` of a checkout of the provider at that version. For each argument whose page says
"Defaults to `x`", and which an example of ours or a bare resource of its type leaves out, `x` is written down: what the
services make of the resource must stay as it was, since the provider does just that. What changes is printed, with
what we say of the resource as it is. Of arguments inside of blocks only those of blocks that are there are tried.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec.structs import replace

from benchmarks.beside import Beside, told
from tests.guards.mutants import all_examples, words
from tests.guards.test_paths_exist import SCHEMA
from tfaudit.data import folder
from tfaudit.model.resources import Place, Resource
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.services.registry import Registry

EXAMPLES = Path(__file__).parent.parent / "tests" / "policies"
MOST = 8
"""Bodies that are tried for each type: they differ in what they state."""

_ARGUMENT = re.compile(r"^\s*[*-]\s*`(?P<name>\w+)`\s*-\s*(?P<says>.*)$")
_BLOCK = re.compile(
    r"^\s*(?:(?:A|An|The|Each|One)\s+)?(?:or more\s+)?`(?P<name>\w+)`[^.]*?\b(?:supports?|contains?|exports?)\b",
    re.IGNORECASE,
)
_DEFAULT = re.compile(
    r"\b(?:defaults? (?:to|is|value is|value of)|the default value is|default is)\s+`(?P<value>[^`]+)`"
    r"(?P<rest>[^.]*)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^\s*(?:when|if|for|unless|in case|or|otherwise|and)\b", re.IGNORECASE)

Body = tuple[str, list[Resource], int]
"""Where a body comes from, all resources that stand there, and which of them is meant."""

Documented = dict[tuple[str, str], tuple[str, bool]]
"""Block ("" for none) and argument, to its default and whether that is said to hold under a condition."""


def documented(page: Path) -> Documented:
    """Return the defaults that the documentation of one resource type states."""
    found: Documented = {}
    block = ""
    for line in page.read_text("utf-8", "replace").splitlines():
        if line.startswith("## Attribute"):
            break
        argument = _ARGUMENT.match(line)
        if argument is None:
            opened = _BLOCK.match(line)
            block = opened["name"] if opened else "" if line.startswith("## ") else block
            continue
        if said := _DEFAULT.search(argument["says"]):
            found[block, argument["name"]] = said["value"].strip('".'), bool(_CONDITION.match(said["rest"]))
    return found


def typed(text: str) -> Any:
    """Return a default as code would state it."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    return [] if text == "[]" else text


def bodies(version: str) -> dict[str, list[Body]]:
    """Return, by type, what examples declare, a bare resource, and one with each of its blocks, empty."""
    context = {"provider_version": f"= {version}"}
    found: dict[str, list[Body]] = defaultdict(list)
    seen: dict[str, set[str]] = defaultdict(set)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for type_ in sorted({type_ for _, type_, _ in Registry().reading("terraform")}):
        if type_.startswith("azurerm_"):
            body = {"name": "bare"}
            bare = Resource(type_, f"{type_}.bare", body, Place("bare"), "code", "terraform", context=context)
            found[type_].append(("bare", [bare], 0))
            blocks = {path.rpartition(".")[0] for path in schema.get(type_, ())} - {""}
            for block in sorted(blocks):
                inner: Any = {}
                for step in reversed(block.split(".")):
                    inner = {step: [inner]}
                found[type_].append((f"bare with {block}", [replace(bare, body={**body, **inner})], 0))
    with TemporaryDirectory() as work:
        policies = PolicySet(read_folder(folder("policies")))
        for policy, file, declared in all_examples(policies, EXAMPLES, Path(work)):
            together = [replace(each, context={**each.context, **context}) for each in declared]
            for index, each in enumerate(together):
                shape = repr(sorted(each.body))
                known = seen[each.type]
                new = each.type in found and each.dialect == "terraform" and shape not in known
                if new and len(known) < MOST:
                    known.add(shape)
                    found[each.type].append((f"{policy.id}/{file.name}", together, index))
    return found


def variants(body: Any, block: str, name: str, value: Any) -> Iterator[Any]:
    """Yield `body` with `value` for an argument that it leaves out, once for each of its blocks that lacks it."""
    if not block:
        if name not in body:
            yield {**body, name: value}
        return
    for path in _blocks(body, block):
        changed = deepcopy(dict(body))
        inner: Any = changed
        for step in path:
            inner = inner[step]
        if name not in inner:
            inner[name] = value
            yield changed


def _blocks(value: Any, block: str, base: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        path = (*base, step)
        if block in path and isinstance(inner, dict) and path[-1 if step == block else -2] == block:
            yield path
        yield from _blocks(inner, block, path)


class Compared(Beside):
    """What the documentation of one version says beside what we say, filled by `compare`."""

    def __init__(self, version: str, pages: Path) -> None:
        """Take the version of azurerm, and the folder of its pages."""
        super().__init__()
        self.version, self.pages = version, pages
        self.stated = self.tried = 0

    def compare(self) -> None:
        """Try every default of every page; `rows` are the differences, each with the source that we name."""
        for type_, declared in sorted(bodies(self.version).items()):
            page = self.pages / f"{type_.removeprefix('azurerm_')}.html.markdown"
            if not page.exists():
                continue
            for _, resources, index in declared:
                self.note(type_, resources, resources[index].address)
            read = set(words(type_))
            for (block, name), (text, conditional) in documented(page).items():
                if name in read:
                    where = f"{type_} {block}.{name}" if block else f"{type_} {name}"
                    self._stated(where, text, conditional, block, name, declared)

    def _stated(  # noqa: PLR0913 - what a page says of one argument
        self, where: str, text: str, conditional: bool, block: str, name: str, declared: list[Body]
    ) -> None:
        self.stated += 1
        tried = False
        says = f"{text}{' (conditional)' if conditional else ''}"
        for example, resources, index in declared:
            before = told(resources)
            for body in variants(resources[index].body, block, name, typed(text)):
                tried = True
                changed = [
                    replace(each, body=body) if number == index else each
                    for number, each in enumerate(resources)
                ]
                self.put(where, says, before, told(changed), example)
        self.tried += tried


def main() -> int:
    """Print each difference once for each argument and setting, and the defaults that no page confirms."""
    parser = argparse.ArgumentParser(prog="benchmarks.azurerm_defaults")
    parser.add_argument("version", help="of azurerm, 4.50.0")
    parser.add_argument("pages", type=Path, help="its website/docs/r")
    parser.add_argument("--unconfirmed", action="store_true", help="print these as well, to be read by hand")
    arguments = parser.parse_args()
    found = Compared(arguments.version, arguments.pages)
    found.compare()
    for line in found.lines(arguments.unconfirmed):
        print(line)
    print(
        f"{found.stated} defaults of arguments that are read, {found.tried} tried, {len(found.rows)} differ"
    )
    print(f"{found.counted()} by a page")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
