"""Reads one root module with everything that it calls: files on disk in, rows and records of unread input out."""

from __future__ import annotations

import json
import marshal
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count as counting
from typing import Any, TypeAlias

from msgspec import Struct, field

from tfaudit.model.digests import digest
from tfaudit.model.resources import Limits, Unresolved
from tfaudit.sources.terraform.hcl.bodies import Beside, rows
from tfaudit.sources.terraform.hcl.comments import Comments
from tfaudit.sources.terraform.hcl.evaluate import KINDS
from tfaudit.sources.terraform.hcl.frame import Exhausted
from tfaudit.sources.terraform.hcl.module_places import places
from tfaudit.sources.terraform.hcl.modules import Module
from tfaudit.sources.terraform.hcl.origins import Entry, Given, Origins
from tfaudit.sources.terraform.hcl.reader import Reader
from tfaudit.sources.terraform.hcl.reads import Read, Reads
from tfaudit.sources.terraform.hcl.rows import Row, packed
from tfaudit.sources.terraform.hcl.run import Run
from tfaudit.sources.terraform.hcl.scopes import Scope
from tfaudit.sources.terraform.hcl.syntax import Block, Fault, Text
from tfaudit.sources.terraform.hcl.values import literal
from tfaudit.sources.text.encoding import encoding, lone_returns
from tfaudit.sources.text.secrets import Masks
from tfaudit.sources.tree import inside

Record: TypeAlias = tuple[Any, ...]
"""What could not be read: origin, line, column, because, settle_with; and the source of an absent module, if it is one.

One without `settle_with` is a note, which a reader has to know of and which is no gap.
"""

Job: TypeAlias = dict[str, Any]
"""What a worker needs to know of a root; `roots.job` makes it."""

STEPS = 3_000_000
ROUNDS = 100_000
"""How often the loops of a root may go round: the largest public roots need 15,000."""
_ENDING = re.compile(r"\.(?:tf|tofu)(?:\.json)?$")
# Attributes by whose literal value others name a resource.
_NAMED_BY = ("bucket", "name", "identifier", "cluster_identifier", "id", "arn")
_KEPT_BYTES = 400_000
"""Of how many bytes the trees are kept for files that are equal: they take twenty times as much memory."""
_PARSED_AHEAD = 100_000
_MEND = "mend it there"


class Answer(Struct):
    """What a root holds: its rows, what could not be read, the blocks that make nothing, and which files were read.

    Blocks are known by their addresses; `reads` are the files that expressions name. `origins` are the entries that the
    rows' uses number, `files` the SHA-256 of each file of the code, by its name.
    """

    rows: list[Row] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    origins: list[Entry] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def data(self) -> tuple[Any, bytes]:
        """Return it as a worker sends it: what was read, and the rest as data of its own, with rows that are packed."""
        rows, origins = [*map(packed, self.rows)], marshal.dumps(self.origins)
        return self.reads, marshal.dumps((rows, self.records, self.empty, origins, self.files))


class RootReader:
    """Reads roots one after another; modules that several of them call are parsed once."""

    def __init__(self, limits: Limits) -> None:
        """Hold the parser and the bounds."""
        self._limits = limits
        self._reader = Reader(limits.depth)
        self._modules: dict[tuple[str, ...], tuple[Module, list[Record]]] = {}
        self._digests: dict[str, str] = {}
        self._comments = Comments(self._reader)
        # Environments are often copies of one another: equal files are parsed once.
        self._parses: dict[tuple[bool, bytes], tuple[Text, list[Block], list[Fault]]] = {}
        self._parsed_bytes = 0

    def read(self, job: Job) -> Answer:
        """Return what a root holds."""
        try:
            return self._read(job)
        finally:
            self._forget(job["files"].get(job["folder"], ()))

    def _read(self, job: Job) -> Answer:
        records: list[Record] = []
        digests: dict[str, str] = {}
        seen: set[str] = set()

        def load(folder: str) -> Module | None:
            files = job["files"].get(folder)
            if not files:
                return None
            module, faults = self._module(job, folder, tuple(files))
            if folder not in seen:
                seen.add(folder)
                records.extend(faults)
                digests.update((name, self._digests[name]) for name in files if name in self._digests)
            return module

        module = load(job["folder"])
        if module is None:
            return Answer(records=records, files=digests)
        reads = Reads(job["tree"], job["folder"])
        variables, given = self._variables(job, records)
        self._comments.workspace = job["workspace"]
        run = Run(load, variables, job["workspace"], STEPS, ROUNDS, reads, self._reader, KINDS, places(job))
        origins = Origins(given)
        found = self._rows(Scope(run, module), Beside(self._comments, origins, job["calls"]), job, records)
        for missing in run.missing.values():
            place = _place(missing.call)
            records.append((*place, missing.because, missing.settle_with, missing.source))
        records += [(*_place(call), note, "", source) for call, note, source in run.notes.values()]
        found = [_given(_with_calls(row, run), run) for row in found]
        entries = origins.table()
        masks = Masks(run.secrets, run.marked)
        if masks:
            found = [(row[0], masks.over(row[1]), masks.over(row[2]), *row[3:]) for row in found]
            entries = [(name, masks.over(value), *rest) for name, value, *rest in entries]
            records = [(*record[:3], *map(masks.over, record[3:5]), *record[5:]) for record in records]
        return Answer(found, records, run.empty, reads.done(), entries, digests)

    def _forget(self, files: Sequence[str]) -> None:
        """Drop the module of the root that has been read: those that others call as well are seldom among the roots."""
        if self._modules.pop(tuple(files), None) is not None:
            self._comments.forget(files)

    def parse_ahead(self, files: dict[str, list[str]], go_on: Callable[[], bool]) -> None:
        """Parse files of Terraform's syntax, by the folders that they lie in, as long as there is nothing else to do.

        It is forgotten what is wrong with one: whoever reads it says so. Large ones wait until they are asked for.
        """
        for folder, names in files.items():
            for name in names:
                if not go_on() or self._parsed_bytes > _KEPT_BYTES - _PARSED_AHEAD:
                    return
                with suppress(OSError, RecursionError):
                    self._parsed(Text(name, inside.walked(folder, name, _PARSED_AHEAD)))

    def types(self) -> set[str]:
        """Return the types of the resources and data sources in what has been parsed and is still held."""
        parsed = (block for _, blocks, _ in self._parses.values() for block in blocks)
        return {block.labels[0] for block in parsed if block.type in ("resource", "data") and block.labels}

    def _rows(self, scope: Scope, beside: Beside, job: Job, records: list[Record]) -> list[Row]:
        found: list[Row] = []
        try:
            found.extend(rows(scope, beside))
        except Exhausted:
            because = "its expressions take too long to evaluate, so some of its resources are left out"
            records.append((job["folder"] or ".", 0, 0, because, "scan the plan"))
        return found

    def _module(self, job: Job, folder: str, files: tuple[str, ...]) -> tuple[Module, list[Record]]:
        held = self._modules.get(files)
        if held is None:
            blocks: list[Block] = []
            overrides: list[Block] = []
            records: list[Record] = []
            for name in files:
                top = self._file(job, name, records)
                stem = _ENDING.sub("", name.rpartition("/")[2])
                (overrides if stem == "override" or stem.endswith("_override") else blocks).extend(top)
            _override(blocks, overrides)
            module = Module(folder, blocks)
            for block in module.nameless:
                line, column = block.text.position(block.start)
                because = f"a {block.type} block without its labels is not evaluated"
                records.append((block.text.origin, line, column, because, _MEND))
            held = self._modules[files] = (module, records)
        return held

    def _file(self, job: Job, name: str, records: list[Record]) -> list[Block]:
        try:
            data = inside.walked(job["tree"], name, job["file_bytes"])
        except OSError as error:
            records.append((name, 0, 0, f"it cannot be read: {error.strerror}", "give read access to it"))
            return []
        self._digests[name] = digest(data)
        written, _ = encoding(data)
        if written != "utf-8":
            because = f"it is {written.upper()}, which Terraform does not read"
            records.append((name, 1, 0, because, "save it as UTF-8"))
            return []
        if b"\0" in data:
            records.append((name, 0, 0, "it is not text", "exclude it in tfaudit.yaml"))
            return []
        if lone_returns(data):
            # For Terraform such a line goes on: what follows a comment there is comment.
            because = "a line ends with a carriage return alone, which ends no line for Terraform"
            records.append((name, 0, 0, because, "save it with line feeds"))
        if data.startswith(b"\xef\xbb\xbf"):
            data = b"   " + data[3:]
        text = Text(name, data)
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            line, column = text.position(error.start)
            records.append((name, line, column, "it is not UTF-8 text", "save it as UTF-8"))
        blocks, faults = self._parsed(text)
        for fault in faults:
            line, column = text.position(fault.offset)
            records.append((name, line, column, fault.because, _MEND))
        return blocks

    def _parsed(self, text: Text) -> tuple[list[Block], list[Fault]]:
        is_json = text.origin.endswith(".json")
        held = self._parses.pop((is_json, text.data), None)
        if held is not None:
            self._parses[is_json, text.data] = held  # now the last to go
            text.share(held[0])
            return [block.of(text) for block in held[1]], held[2]
        if is_json:
            from tfaudit.sources.terraform.hcl.json_syntax import read_json

            top, faults = read_json(text, self._reader, self._limits)
        else:
            top, faults = self._reader.read(text)
        self._parses[is_json, text.data] = (text, top.blocks, faults)
        self._parsed_bytes += len(text.data)
        while self._parsed_bytes > _KEPT_BYTES and len(self._parses) > 1:
            oldest = next(iter(self._parses))
            del self._parses[oldest]
            self._parsed_bytes -= len(oldest[1])
        return [block.of(text) for block in top.blocks], faults

    def _variables(self, job: Job, records: list[Record]) -> tuple[dict[str, Any], dict[str, Given]]:
        """Return the values given from outside, later ones over earlier ones, as `terraform plan` takes them.

        Beside them, where each of them is given.
        """
        found: dict[str, Any] = {}
        given: dict[str, Given] = {}
        for name, data, because in job["variable_files"]:
            if because:
                records.append((name, 0, 0, because, "mend the path, or leave the file out"))
            elif name.endswith(".json"):
                values = _values_in_json(name, data, records)
                found.update(values)
                given.update({key: Given(name, data=data) for key in values})
            else:
                self._values(Text(name, data), records, found, given)
        for key, written in job["variables"]:
            found[key] = self._given(written)
            given[key] = Given(job["stated_in"].get(key, "--var"))
        return found, given

    def _values(
        self, text: Text, records: list[Record], found: dict[str, Any], given: dict[str, Given]
    ) -> None:
        """Add the values in a file; of one that is not understood no word is quoted: it may be any file at all."""
        top, faults = self._reader.read(text)
        lines = dict.fromkeys(text.position(fault.offset) for fault in faults)
        records.extend((text.origin, *place, "it is no file of values", _MEND) for place in lines)
        for key, (start, value) in top.attributes.items():
            found[key] = literal(value)
            given[key] = Given(text.origin, (text, start, value))

    def _given(self, written: str) -> Any:
        """Return a `-var` value: a collection where it is written as one, else the text itself."""
        if written.lstrip()[:1] in ("[", "{"):
            expression = self._reader.expression("-var", written)
            if expression[0] in ("list", "object"):
                value = literal(expression)
                return value if not isinstance(value, Unresolved) else written
        return written


def _values_in_json(name: str, data: bytes, records: list[Record]) -> dict[str, Any]:
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        records.append((name, line, 0, "it is no JSON", _MEND))
        return {}
    if not isinstance(given, dict):
        records.append((name, 0, 0, "it is no JSON object of values", _MEND))
        return {}
    return given


def _place(call: Block) -> tuple[str, int, int]:
    return (call.text.origin, *call.text.position(call.start))


def _with_calls(row: Row, run: Run) -> Row:
    """Add to the row of a module's resource where the calls stand that make it, the innermost first, NUL between them.

    `called_in` are their files, each once; `called_at` are their places, `file:line:column`.
    """
    target = run.targets.get(row[1])
    calls = list(target[0].calls()) if target else []
    if not calls:
        return row
    called_in = dict.fromkeys(call.text.origin for call in calls)
    called_at = (":".join(map(str, _place(call))) for call in calls)
    context = {**row[5], "called_in": "\0".join(called_in), "called_at": "\0".join(called_at)}
    return (*row[:5], context, *row[6:])


def _given(row: Row, run: Run) -> Row:
    """Add to the row of a resource that a module gets which is not there, that it may set it (`given_to`).

    A second line says what settles that.
    """
    if not run.given:
        return row
    names = [value for name in _NAMED_BY if isinstance(value := row[2].get(name), str) and value]
    for each in (row[1], row[1].rpartition("[")[0], *names):
        if each and each in run.given:
            because = f"{run.given[each]}, which is not there, is given it and may set it"
            context = {**row[5], "given_to": f"{because}\nrun terraform init first, or scan the plan"}
            return (*row[:5], context, *row[6:])
    return row


def _override(blocks: list[Block], overrides: list[Block]) -> None:
    """Merge the blocks of override files into those they name, attribute by attribute, block type by block type."""
    named = {(block.type, block.labels): block for block in reversed(blocks)}
    serial = counting()
    for override in overrides:
        target = named.get((override.type, override.labels))
        if target is None or override.type in ("locals", "terraform"):
            blocks.insert(next(serial), override)
            continue
        target.attributes.update(override.attributes)
        replaced = {block.type for block in override.blocks}
        target.blocks = [block for block in target.blocks if block.type not in replaced] + override.blocks
