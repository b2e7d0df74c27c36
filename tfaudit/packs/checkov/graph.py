"""Runs checkov's graph checks on a root, inside of a worker: its own solvers, over a graph of our resources.

The edges are the references that our evaluation has found, with those that a name or an equal expression makes. An
answer that another value, or a connection which may be there, would change is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from functools import partial
from itertools import chain
from typing import Any

from tfaudit.packs.checkov.alike import Written, by_name, called, may_name
from tfaudit.packs.checkov.blocks import ERROR, FAIL, PASS, UNKNOWN, Row
from tfaudit.packs.checkov.marks import Leave, Mark, Names, fill, marks, possible, seen
from tfaudit.packs.checkov.words import _WORD

NUMBER = "tfaudit_number_"
"""Where a vertex holds the number of its block."""

_CONNECTED = "connected_node"
_TRIED: tuple[Any, ...] = (Leave, True, False, "another text")
_ADDRESS = re.compile(r"\b(?:data\.)?[a-z][a-z0-9]*+_\w++\.[\w-]+")


class Graphs:
    """The graph checks, parsed as their types are met."""

    def __init__(self, raw: list[dict[str, Any]], chosen: frozenset[str]) -> None:
        """Take the checks as the index holds them, and the ids that are wanted."""
        self._raw = [each for each in raw if each["id"] in chosen]
        self._parsed: dict[str, Any] = {}
        self._errors: list[tuple[int, str]] = []

    def wanted(self, root: Root) -> list[dict[str, Any]]:
        """Return the checks that speak of one of the types of resources."""
        return [
            each
            for each in self._raw
            if each["framework"] == root.FRAMEWORK and not root.types.isdisjoint(each["types"])
        ]

    def judge(self, root: Root) -> Iterator[Row]:
        """Yield how each check comes out for each block that it speaks of."""
        for raw in self.wanted(root):
            check = self._check(raw)
            first = self._run(check, root.graph())
            changed: set[int] = set()
            for other in root.others(raw):
                stated = self._run(check, other)
                changed |= {number for number, outcome in first.items() if stated.get(number) != outcome}
            # Of a pattern, what stands before its star.
            named = (key.partition("/*")[0] for key in check.get_evaluated_keys())
            keys = tuple(sorted({key for key in named if key not in ("", "resource_type")}))[:8]
            for number, outcome in sorted(first.items()):
                if outcome.startswith(ERROR):
                    says = outcome.partition(" ")[2]
                    # What an error says may be what the check looked at.
                    says = says.partition(":")[0] if root.secret else says
                    yield number, check.id, ERROR, (), says, "", ""
                elif outcome == UNKNOWN or number in changed:
                    yield number, check.id, UNKNOWN, *root.reason(number, raw)
                else:
                    yield number, check.id, outcome, keys, "", "", ""

    def _check(self, raw: dict[str, Any]) -> Any:
        found = self._parsed.get(raw["id"])
        if found is None:
            from checkov.common.checks_infra.checks_parser import GraphCheckParser
            from checkov.common.checks_infra.resources_types import resources_types

            _in_one_thread(self._errors)
            _with_tables_kept()
            provider = str((raw["raw"].get("scope") or {}).get("provider", "")).lower()
            found = GraphCheckParser().parse_raw_check(
                raw["raw"], resources_types=resources_types.get(provider), check_path=""
            )
            self._parsed[raw["id"]] = found
        return found

    def _run(self, check: Any, graph: Any) -> dict[int, str]:
        """Return the outcomes by the blocks' numbers."""
        self._errors.clear()
        found: dict[int, str] = {}
        try:
            passed, failed, unknown = check.run(graph)
        except Exception as error:  # noqa: BLE001 - a check's crash is a verdict of its own
            says = f"{ERROR} {type(error).__name__}: {str(error)[:200]}"
            types = set(check.resource_types)
            return {node[NUMBER]: says for _, node in graph.nodes() if node["resource_type"] in types}
        finally:
            for _, node in graph.nodes():
                node.pop(_CONNECTED, None)
        for outcome, vertices in ((PASS, passed), (UNKNOWN, unknown), (FAIL, failed)):
            for vertex in vertices:
                if found.get(vertex[NUMBER]) != FAIL:
                    found[vertex[NUMBER]] = outcome
        for number, says in self._errors:
            found[number] = f"{ERROR} {says}"
        return found


class Root:
    """The blocks of one root as graphs: as checkov would see them, and with other values for what is not known."""

    FRAMEWORK = "terraform"

    def __init__(self, blocks: list[dict[str, Any]], tree: str = "") -> None:
        """Take the blocks as they were sent, with their secrets, and the folder that their files are below."""
        self.blocks = blocks
        self._written = Written(tree)
        self.secret = any(block["secrets"] for block in blocks)
        self._seen = partial(_as_seen, _own_names(blocks))
        self._graphs: dict[str, Any] = {}
        self._numbers: dict[str, list[int]] = {}
        for number, block in enumerate(blocks):
            self._numbers.setdefault(_type(block), []).append(number)
        self.types = set(self._numbers)
        self._marks = [list(marks(block["conf"])) for block in blocks]
        self._open = [any(mark[0] in "?$" for _, mark in found) for found in self._marks]
        self._open_paths: dict[str, list[tuple[int, Names]]] = {}
        self._vertices: list[dict[str, Any]] = []
        self._edges = self.connections()

    def connections(self) -> list[tuple[int, int, str]]:
        """Return what refers to what."""
        return list(_edges(self.blocks, self._marks, self._written))

    def graph(self) -> Any:
        """Return the graph as checkov would see it."""
        if "" not in self._graphs:
            self._graphs[""] = self.built(self._seen, self._edges)
        return self._graphs[""]

    def others(self, raw: dict[str, Any]) -> Iterator[Any]:
        """Yield the graphs in which what is not known, and bears on a check, is something else."""
        # In the order of the blocks, whatever their types.
        open_ = sorted(chain.from_iterable(self._open_of(type_) for type_ in raw["types"]), key=_first)
        if any(not raw["words"].isdisjoint(path) for _, path in open_):
            for tried in _TRIED:
                yield self._with(tried)
        possible: dict[tuple[int, int, str], None] = {}
        if raw["connects"] and open_:
            ends = sorted(each for type_ in raw["types"] for each in self._numbers.get(type_, ()))
            named: dict[str, list[int]] = {}
            for number, path in open_:
                key = path[-1] if path else ""
                if key not in named:
                    named[key] = [other for other in ends if may_name(key, self.blocks[other])]
                possible.update(((number, other, ""), None) for other in named[key] if other != number)
        if possible:
            yield self.built(self._seen, [*self._edges, *possible])

    def _open_of(self, type_: str) -> list[tuple[int, Names]]:
        """Return the paths of what is not known in the blocks of a type, each with the block's number."""
        found = self._open_paths.get(type_)
        if found is None:
            found = self._open_paths[type_] = [
                (number, path)
                for number in self._numbers.get(type_, ())
                for path, mark in self._marks[number]
                if mark[0] in "?$"
            ]
        return found

    def _with(self, tried: Any) -> Any:
        name = repr(tried)
        if name not in self._graphs:
            self._graphs[name] = self.built(
                lambda path, mark: _as(mark, tried) if _takes(mark, tried) else self._seen(path, mark),
                self._edges,
            )
        return self._graphs[name]

    def reason(self, number: int, raw: dict[str, Any]) -> tuple[tuple[str, ...], str, str, str]:
        """Return the keys, text, reason and remedy of what is not known about a block."""
        own = self._marks[number]
        spoken = [each for each in own if not raw["words"].isdisjoint(each[0])]
        around = [
            each
            for other, found in enumerate(self._marks)
            if _type(self.blocks[other]) in raw["types"]
            for each in found
            if each[1][0] in "?$"
        ]
        for path, mark in (*spoken, *around, *own):
            keys = ("/".join(path),) if (path, mark) in own else ()
            return keys, mark[1], mark[2], mark[3]
        return (
            (),
            "",
            "checkov takes a value of it for a reference, and leaves it open",
            "look at it yourself",
        )

    def built(self, give: Callable[[Names, Mark], Any], edges: Iterable[tuple[int, int, str]]) -> Any:
        """Return the graph with these edges, and with what `give` returns for what is not known."""
        from rustworkx import PyDiGraph

        if not self._vertices:
            self._vertices = [_vertex(number, block, self._seen) for number, block in enumerate(self.blocks)]
        graph = PyDiGraph()
        vertices = list(self._vertices)
        if give is not self._seen:
            # A vertex is the same in every graph but for what is not known; none is run beside another.
            for number in (each for each, is_open in enumerate(self._open) if is_open):
                vertices[number] = _vertex(number, self.blocks[number], give)
        graph.add_nodes_from(list(enumerate(vertices)))
        graph.add_edges_from(
            [(one, other, {"label": label, "source": one, "target": other}) for one, other, label in edges]
        )
        return graph


def _first(each: tuple[int, Names]) -> int:
    return each[0]


def _vertex(number: int, block: dict[str, Any], give: Callable[[Names, Mark], Any]) -> dict[str, Any]:
    """Return a block as checkov's graph holds it; its own class makes the flat attributes."""
    from checkov.terraform.graph_builder.graph_components.blocks import TerraformBlock

    kind, type_, name = block["kind"], block["type"], block["name"]
    conf = fill(block["conf"], give)
    full = f"{type_}.{name}" if kind in ("resource", "data") else name
    config = {type_: {name: conf}} if kind in ("resource", "data") else {name: conf}
    made = TerraformBlock(full, config, block["file"], kind, dict(conf), full, "Terraform")
    vertex: dict[str, Any] = made.get_attribute_dict(add_hash=False)
    vertex["resource_type"] = _type(block)
    vertex[NUMBER] = number
    return vertex


def _type(block: dict[str, Any]) -> str:
    kind = block["kind"]
    if kind in ("resource", "kubernetes"):
        return str(block["type"])
    return "module" if kind == "module" else f"{kind}.{block['type']}"


def _edges(
    blocks: list[dict[str, Any]], found: list[list[tuple[Names, Mark]]], written: Written
) -> Iterator[tuple[int, int, str]]:
    """Yield what refers to what: origin, target, attribute."""
    at = _by_address(blocks)
    names = by_name(blocks)
    for number, block in enumerate(blocks):
        seen = {number}
        referred = _referred(found[number], at, block["module"])
        for other, label in chain(referred, called(block, blocks, names, written)):
            if other not in seen:
                seen.add(other)
                yield number, other, label


def _by_address(blocks: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Return the numbers of the blocks by address; all instances of a block also by that of the whole."""
    at: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        for address in dict.fromkeys((block["address"], _without_index(block["address"]))):
            at.setdefault(address, []).append(number)
    return at


def _as_seen(names: Mapping[str, str], path: Names, mark: Mark) -> Any:
    """Return what checkov would see: of a block's name that is written down, the name; some checks compare it."""
    address, _, attribute = mark[1].rpartition(".") if mark[0] == "@" else ("", "", "")
    known = names.get(address) if attribute == "name" else None
    return seen(path, mark) if known is None else known


def _own_names(blocks: list[dict[str, Any]]) -> dict[str, str]:
    """Return the names that blocks state of themselves as a text, by address; an object of Kubernetes has no list."""
    stated = ((block, block["conf"].get("name")) for block in blocks)
    texts = ((block, name[0]) for block, name in stated if isinstance(name, list) and name)
    return {block["address"]: text for block, text in texts if isinstance(text, str)}


def _referred(
    found: list[tuple[Names, Mark]], at: dict[str, list[int]], module: str
) -> Iterator[tuple[int, str]]:
    """Yield what marks refer to: wholly, or in the names of an expression, which hold in its module."""
    for path, mark in found:
        if mark[0] in "?$":
            for name in _ADDRESS.findall(mark[1]):
                for other in at.get(f"{module}.{name}" if module else name, ()):
                    yield other, ".".join(path)
        if mark[0] == "@":
            address = mark[1]
            while address and address not in at:
                address = address.rpartition(".")[0]
            for other in at.get(address, ()):
                yield other, ".".join(path)


def _takes(mark: Mark, tried: Any) -> bool:
    """Whether a mark may have a value that is tried: a text of which a part is not known is a text."""
    return mark[0] == "?" or (mark[0] == "$" and isinstance(tried, str))


def _as(mark: Mark, tried: Any) -> Any:
    """Return a value that is tried in place of a mark; of a text of which a part is not known, that part."""
    return possible(mark[1], tried) if mark[0] == "$" else tried


def _without_index(address: str) -> str:
    head, sign, _ = address.rpartition("[")
    return head if sign and address.endswith("]") else address


def words(definition: Any) -> set[str]:
    """Return the attributes that the definition of a graph check speaks of."""
    if isinstance(definition, dict):
        own = definition.get("attribute")
        found = set(_WORD.findall(own)) if isinstance(own, str) else set()
        return found.union(*(words(each) for each in definition.values()))
    if isinstance(definition, list):
        return set().union(*(words(each) for each in definition))
    return set()


def _with_tables_kept() -> None:
    """Let the tables of a grammar be made once: the parser of paths in JSON makes them anew for each path."""
    import ply.yacc

    made: dict[Any, Any] = {}
    make = getattr(ply.yacc, "tfaudit_made_", ply.yacc.yacc)

    def kept(*given: Any, **named: Any) -> Any:
        key = (type(named.get("module")), named.get("start"))
        if key not in made:
            made[key] = make(*given, **named)
        return made[key]

    setattr(ply.yacc, "tfaudit_made_", make)  # noqa: B010 - somebody else's module
    setattr(ply.yacc, "yacc", kept)  # noqa: B010


def _in_one_thread(errors: list[tuple[int, str]]) -> None:
    """Let solvers run in this thread, in order; what one raises about a block is reported rather than lost."""
    from checkov.common.checks_infra.solvers.attribute_solvers import base_attribute_solver

    class Serial:
        def submit(self, function: Callable[..., Any], *given: Any) -> Future[Any]:
            done: Future[Any] = Future()
            try:
                done.set_result(function(*given))
            except Exception as error:  # noqa: BLE001 - see above
                errors.append((given[0][NUMBER], f"{type(error).__name__}: {str(error)[:200]}"))
                done.set_result(None)
            return done

    setattr(base_attribute_solver, "ThreadPoolExecutor", Serial)  # noqa: B010 - somebody else's module
