"""Runs checkov's Python checks on the blocks of a root, inside of a worker: what each says, and what it rests on.

A check that looked at a value that is not known has no answer: by the keys that it says it evaluated, or because
another value there would have changed its answer. The values tried are those that its own code speaks of, and some
that any check may.
"""

from __future__ import annotations

import hashlib
import importlib
import marshal
import re
from collections.abc import Iterator
from functools import partial
from typing import Any, TypeAlias

from tfaudit.packs.checkov.marks import Leave, Mark, Names, around, fill, marks, possible, seen, text
from tfaudit.packs.checkov.registries import registry
from tfaudit.packs.checkov.words import Words
from tfaudit.pipes import EQUAL
from tfaudit.redaction import REDACTED

PASS, FAIL, UNKNOWN, NONE, ERROR = "pass", "fail", "unknown", "not_applicable", "error"
Row: TypeAlias = tuple[int, str, str, tuple[str, ...], str, str, str]
"""A block's number, a check's id, the outcome, the keys that decided, and of an unknown its text, reason and remedy."""

_Open: TypeAlias = tuple[Any, str, tuple[str, ...]]
"""A check, what it says, and the keys that it looked at."""
_TRIED: tuple[Any, ...] = (Leave, True, False, "", "*", 0, [])
_TRIED_SECRETS = (
    "AKIA" + "Z" * 16,
    "Z" * 40,
    "-----BEGIN RSA PRIVATE KEY-----",
    "00000000-0000-0000-0000-000000000000",
)
"""What one that was taken out may have looked like: keys of AWS, a private key, an identifier."""
_TEXTS = (
    "id",
    "arn",
    "name",
    "json",
    "self_link",
    "key",
    "url",
    "uri",
    "dns_name",
    "address",
    "endpoint",
    "invoke",
)
_COUNTED = re.compile(r"how many \S+ blocks there are is not known")
_LINES = ("__start_line__", "__end_line__")
_RESULTS = {"PASSED": PASS, "FAILED": FAIL}


class Blocks:
    """The checks of blocks, loaded as their types are met."""

    def __init__(
        self, modules: dict[str, dict[str, list[str]]], chosen: frozenset[str], *, memory: bool = True
    ) -> None:
        """Take the modules by kind and type, and the ids that are wanted.

        With `memory`, a block that is equal to one before gets its verdicts: roots of one repository are much alike.
        """
        self._modules = modules
        self._chosen = chosen
        self._checks: dict[tuple[str, str], list[Any]] = {}
        self._words: dict[str, Words] = {}
        self._judged: dict[bytes, list[Row]] | None = {} if memory else None

    def judge(self, blocks: list[dict[str, Any]], graph: Any) -> Iterator[Row]:
        """Yield how each check of each block's type comes out; `graph` is that of the root."""
        for number, block in enumerate(blocks):
            checks = self._of(block["kind"], block["type"])
            if not checks:
                continue
            key = self._key(block) if self._judged is not None and graph is None else b""
            if not key or self._judged is None:
                yield from self._block(number, block, checks, graph)
                continue
            rows = self._judged.get(key)
            if rows is None:
                rows = self._judged[key] = list(self._block(number, block, checks, graph))
            for row in rows:
                yield number, *row[1:]

    def _key(self, block: dict[str, Any]) -> bytes:
        """Return what tells a block by all that a check is given but its file and lines, and b"" for what cannot be."""
        conf = {name: value for name, value in block["conf"].items() if name not in _LINES}
        stated = (block["kind"], block["type"], block["name"], block["nulls"], block["secrets"], conf)
        try:
            return hashlib.blake2b(marshal.dumps(stated, EQUAL), digest_size=20).digest()
        except ValueError:
            return b""

    def _of(self, kind: str, type_: str) -> list[Any]:
        found = self._checks.get((kind, type_))
        if found is None:
            for name in self._modules.get(kind, {}).get(type_, ()):
                importlib.import_module(name)
            known = registry(kind).get_checks(type_)
            found = sorted((each for each in known if each.id in self._chosen), key=lambda each: each.id)
            self._checks[kind, type_] = found
        return found

    def _block(self, number: int, block: dict[str, Any], checks: list[Any], graph: Any) -> Iterator[Row]:
        conf = block["conf"]
        found = dict(marks(conf))
        first = fill(conf, seen) if found else conf
        kept = marshal.dumps(first, EQUAL)
        _forget()
        open_: list[_Open] = []
        for check in checks:
            check.graph = graph
            outcome, keys, says = self._run(check, block, marshal.loads(kept))  # noqa: S302 - our own bytes
            if not found:
                outcome, keys = self._without(check, block, kept, outcome, keys)
                yield number, check.id, outcome, keys, says, "", ""
            elif (named := self._named(check, keys, found)) is not None:
                yield number, check.id, UNKNOWN, ("/".join(named[0]),), *named[1][1:4]
            else:
                open_.append((check, outcome, keys))
        changed = self._changed(block, found, kept, open_)
        for check, outcome, keys in open_:
            other = changed.get(check.id)
            if other is None:
                yield number, check.id, *self._without(check, block, kept, outcome, keys), "", "", ""
            else:
                yield number, check.id, UNKNOWN, ("/".join(other[0]),), *other[1][1:4]

    def _run(self, check: Any, block: dict[str, Any], conf: Any) -> tuple[str, tuple[str, ...], str]:
        """Return a check's outcome with the keys that it says it evaluated; of a crash, what it was."""
        try:
            result = check.run(block["file"], conf, block["name"], block["type"], {})
        except RecursionError:
            return ERROR, (), "RecursionError"
        except Exception as error:  # noqa: BLE001 - a check's crash is a verdict of its own
            # What an error says may be what the check looked at.
            more = "" if block["secrets"] else f": {str(error)[:200]}"
            return ERROR, (), f"{type(error).__name__}{more}"
        outcome = _RESULTS.get(getattr(result["result"], "name", ""), NONE)
        keys = result.get("evaluated_keys") or ()
        return outcome, tuple(each for each in keys if isinstance(each, str))[:8], ""

    def _without(
        self, check: Any, block: dict[str, Any], kept: bytes, outcome: str, keys: tuple[str, ...]
    ) -> tuple[str, tuple[str, ...]]:
        """Return what a check that has nothing to say makes of arguments of a plan that are null.

        Checkov gives it those as they stand, and it passes a resource for what that does not have. Its pass is taken,
        for nothing that is there can be wrong; that it fails is not, for it fails on nothing.
        """
        if outcome != NONE or not block["nulls"]:
            return outcome, keys
        _forget()
        conf = {**marshal.loads(kept), **{name: [None] for name in block["nulls"]}}  # noqa: S302 - our own bytes
        other, named, _ = self._run(check, block, conf)
        return (PASS, named) if other == PASS else (outcome, keys)

    def _of_check(self, check: Any) -> Words:
        words = self._words.get(check.id)
        if words is None:
            words = self._words[check.id] = Words(check)
        return words

    def _named(
        self, check: Any, keys: tuple[str, ...], found: dict[Names, Mark]
    ) -> tuple[Names, Mark] | None:
        """Return the unknown value that stands at one of the keys, or above it.

        A text of which some is known is not one for a check that compares it as a whole: it is tried.
        """
        for key in keys:
            names = tuple(step for step in key.split("/") if step and not step.strip("[]").isdecimal())
            for path, mark in found.items():
                if mark[0] not in "?$" or names[: len(path)] != path:
                    continue
                if mark[0] == "?" or not around(mark[1]) or not self._of_check(check).compares:
                    return path, mark
        # What stands in blocks of which it is not known how many there are cannot be tried.
        words = self._of_check(check)
        blocks = (each for each in found.items() if each[1][0] == "?" and _COUNTED.match(each[1][2]))
        return next((each for each in blocks if words.names(each[0][-1])), None)

    def _relevant(self, check: Any, found: dict[Names, Mark]) -> dict[Names, Mark]:
        words = self._of_check(check)
        return {path: mark for path, mark in found.items() if words.speak_of(path)}

    def _changed(
        self, block: dict[str, Any], found: dict[Names, Mark], kept: bytes, open_: list[_Open]
    ) -> dict[str, tuple[Names, Mark]]:
        """Return by check the value on which its answer depends; none for one that answers the same for all tried.

        Checks that may look at the same values are tried together: what some of them make of a policy is then made
        once, and not for each of them.
        """
        changed: dict[str, tuple[Names, Mark]] = {}
        alike: dict[tuple[Names, ...], list[_Open]] = {}
        for each in open_:
            relevant = self._relevant(each[0], found)
            if each[1] == ERROR:  # what it cannot do without a value says nothing of the resource
                changed[each[0].id] = next(iter((relevant or found).items()))
            elif relevant:
                alike.setdefault(tuple(relevant), []).append(each)
        for paths, group in alike.items():
            relevant = {path: found[path] for path in paths}
            seen = {kept}
            for tried, checks in self._trials([each[0] for each in group], relevant):
                left = [each for each in group if each[0].id in checks and each[0].id not in changed]
                if not left:
                    continue
                given = fill(block["conf"], partial(self._given, relevant=relevant, tried=tried))
                conf = marshal.dumps(given, EQUAL)
                if conf in seen and len(checks) == len(group):
                    continue
                seen.add(conf)
                _forget()
                for check, outcome, _ in left:
                    other = self._run(check, block, marshal.loads(conf))[0]  # noqa: S302 - our own bytes
                    # That it has nothing to say without a value is no reason against its pass.
                    if other not in (ERROR, outcome) and (outcome, other) != (PASS, NONE):
                        changed[check.id] = self._one(check, block, relevant, tried, outcome)
                        _forget()
        return changed

    def _trials(self, checks: list[Any], relevant: dict[Names, Mark]) -> Iterator[tuple[Any, set[str]]]:
        """Yield the values to try, each with the ids of the checks to try it on."""
        all_ = {each.id for each in checks}
        if any(mark[0] in "?$" for mark in relevant.values()):
            yield from ((each, all_) for each in _TRIED)
            own: dict[tuple[type, Any], set[str]] = {}
            for check in checks:
                for value in self._words[check.id].values:
                    own.setdefault((type(value), value), set()).add(check.id)
            yield from ((value, ids) for (_, value), ids in own.items())
            if any(REDACTED in mark[1] for mark in relevant.values()):
                yield from ((each, all_) for each in _TRIED_SECRETS)
        elif any(not _is_text(mark[1]) for mark in relevant.values()):
            yield from ((each, all_) for each in (True, False))

    def _given(self, path: Names, mark: Mark, relevant: dict[Names, Mark], tried: Any) -> Any:
        if path not in relevant:
            return text(mark)
        if mark[0] == "@" and (not isinstance(tried, bool) or _is_text(mark[1])):
            return text(mark)  # there is a value, and what is known of it is whose it is
        if mark[0] == "$":
            return possible(mark[1], tried) if isinstance(tried, str) else mark[1]
        return list(tried) if isinstance(tried, list) else tried

    def _one(
        self, check: Any, block: dict[str, Any], relevant: dict[Names, Mark], tried: Any, before: str
    ) -> tuple[Names, Mark]:
        """Return the first value that changes the answer by itself; where none does, the first of all."""
        for path, mark in relevant.items():
            _forget()
            conf = fill(block["conf"], partial(self._given, relevant={path: mark}, tried=tried))
            if self._run(check, block, conf)[0] not in (before, ERROR, NONE):
                return path, mark
        return next(iter(relevant.items()))


def _is_text(reference: str) -> bool:
    """Whether an attribute that only apply tells is a text by its name."""
    return reference.rpartition(".")[2].endswith(_TEXTS)


def _forget() -> None:
    """Empty what checkov keeps by a resource's path alone: another body, or root, would get the answer of this one."""
    import sys

    scanner = sys.modules.get("checkov.terraform.checks.utils.base_cloudsplaining_iam_scanner")
    if scanner is not None:
        scanner.BaseTerraformCloudsplainingIAMScanner.policy_document_cache.clear()
