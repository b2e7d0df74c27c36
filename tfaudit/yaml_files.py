"""Reads the short YAML files that are tfaudit's or its user's own: policies, profiles, frameworks, configuration.

Scanned YAML is read by `tfaudit.sources.text.yaml_documents`. But a scanned tree brings files of these kinds as well,
so that what they hold has bounds, too: PyYAML's composer crashes on deep nesting, and aliases multiply.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from tfaudit.cache import Cache, Store
from tfaudit.errors import PolicyError

MAX_BYTES = 1_000_000
MAX_DEPTH = 100
MAX_VALUES = 200_000
# Making a number takes time that grows with the square of its length, and no one can mean such a one.
_LONG_NUMBER = re.compile(r"[-+0-9._:]{101,}")
_PARSED = Path(__file__).parent / "data" / "documents.json"


def read(path: Path) -> Any:
    """Return what the document in `path` holds.

    Raises `PolicyError`, which names the line, for one that is not YAML, over 1 MB or not readable.
    """
    return _parse(_text(path), path)


def parsed(text: bytes, origin: Path) -> Any:
    """Return what a document holds that has been read already; `origin` is how messages call it."""
    return _parse(text, origin)


def _text(path: Path) -> bytes:
    try:
        # Some hundred are read at each start: the layers of Python's own files take twice the time that this does.
        file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            size = min(os.fstat(file).st_size, MAX_BYTES)
            text = os.read(file, size + 1)
            while len(text) <= MAX_BYTES and (more := os.read(file, MAX_BYTES)):
                text += more
        finally:
            os.close(file)
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    if len(text) > MAX_BYTES:
        raise PolicyError(f"{path}: over 1 MB; such a file is short")
    return text


def _parse(text: bytes, path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _check_form(yaml.parse(text, Loader=loader), path)
        return yaml.load(text, Loader=loader)  # noqa: S506 - safe_load by its C twin
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise PolicyError(
            f"{path}{line}: not YAML: {getattr(error, 'problem', None) or error}; mend it"
        ) from error
    except (ValueError, LookupError, AttributeError) as error:  # a day that there is not, `!!bool perhaps`
        line, value = _impossible(text)
        raise PolicyError(
            f"{path}{line}: {value or 'a value'} is not what its form or tag says; mend or quote it"
        ) from error


def _impossible(text: bytes) -> tuple[str, str]:
    """Return where the first plain value stands that cannot be made, such as a day that there is not, and the value."""
    import yaml

    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.tag is None:
            try:
                yaml.safe_load(event.value)
            except yaml.YAMLError:
                continue  # a part of a plain text, which is none by itself
            except ValueError:
                mark: Any = event.start_mark
                return f":{mark.line + 1}", f'"{event.value}"'
    return "", ""


class _Keys:
    """The keys of one map so far; YAML allows none twice, and PyYAML takes the last without a word."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._key_is_next = True

    def again(self, value: str | None) -> bool:
        """Take the next thing in the map, a scalar's value or None, and say whether it is a key that was there."""
        is_key, self._key_is_next = self._key_is_next, not self._key_is_next
        if not is_key or value is None:
            return False
        known = value in self._seen
        self._seen.add(value)
        return known


def _each_key_once(events: Iterable[Any], path: Path) -> Iterator[Any]:
    """Yield the events of a document; `PolicyError` for a map that has one key twice."""
    import yaml

    maps: list[_Keys | None] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            maps.pop()
        elif isinstance(event, yaml.NodeEvent):
            value = event.value if isinstance(event, yaml.ScalarEvent) else None
            if maps and maps[-1] is not None and maps[-1].again(value):
                mark: Any = event.start_mark
                raise PolicyError(f'{path}:{mark.line + 1}: "{value}" stands here twice; take one out')
        if isinstance(event, yaml.CollectionStartEvent):
            maps.append(_Keys() if isinstance(event, yaml.MappingStartEvent) else None)
        yield event


def _check_form(events: Iterable[Any], path: Path) -> None:
    """Raise `PolicyError` for a document that is nested too deeply, says a word twice, or holds too much.

    Each alias counts in full.
    """
    import yaml

    total = 0
    extents: dict[str | None, int] = {}
    opened: list[tuple[str | None, int]] = []
    for event in _each_key_once(events, path):
        mark: Any = event.start_mark
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, total))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            extents[anchor] = total - before
        elif isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in opened):
                raise PolicyError(f"{path}:{mark.line + 1}: an anchor that holds itself; take it out")
            total += extents.get(event.anchor, 0)
        elif isinstance(event, yaml.ScalarEvent) and not event.style and _LONG_NUMBER.fullmatch(event.value):
            raise PolicyError(f"{path}:{mark.line + 1}: a number of more than 100 digits; quote it")
        total += 1
        if len(opened) > MAX_DEPTH:
            raise PolicyError(f"{path}:{mark.line + 1}: nested deeper than {MAX_DEPTH}; flatten it")
        if total > MAX_VALUES:
            raise PolicyError(
                f"{path}: with its aliases it holds over {MAX_VALUES:,} values; such a file is short"
            )


@cache
def _parsed_at_installation() -> dict[str, msgspec.Raw]:
    """Return the documents that `hatch_build.py` has parsed, by the SHA-256 of their bytes; {} where there are none.

    Each stays JSON until it is asked for: most commands need few of them, and nobody needs one twice.
    """
    try:
        return msgspec.json.decode(_PARSED.read_bytes(), type=dict[str, msgspec.Raw])
    except (OSError, msgspec.DecodeError):
        return {}


def read_all(
    paths: Sequence[Path], store: Store | None = None, check: Callable[[Any, Path], None] | None = None
) -> list[tuple[Any, str]]:
    """Return what each of `paths` holds, and the SHA-256 of its bytes.

    Files that have not been parsed at installation are kept together in `store`, by their bytes. `check` may raise for
    a document; what is in the cache has been checked.
    """
    texts = [_text(path) for path in paths]
    digests = [hashlib.sha256(text).hexdigest() for text in texts]
    parsed = _parsed_at_installation()
    if check is None and parsed.keys() >= set(digests):
        store = None
    kept = Cache(store, "documents")
    key = hashlib.sha256("\0".join(digests).encode()).hexdigest()
    content = kept.get(key)
    if content is not None:
        documents = marshal.loads(content)  # noqa: S302 - kept below, and sealed
        return list(zip(documents, digests, strict=True))
    documents = []
    for path, text, digest in zip(paths, texts, digests, strict=True):
        document = msgspec.json.decode(parsed[digest]) if digest in parsed else _parse(text, path)
        if check is not None:
            check(document, path)
        documents.append(document)
    if store is None:
        return list(zip(documents, digests, strict=True))
    with suppress(ValueError):  # a date, say: it is parsed again next time
        kept.put(key, marshal.dumps(documents))
        kept.trim()
    return list(zip(documents, digests, strict=True))
