"""Reads the short YAML files that are tfaudit's or its user's own: policies, profiles, frameworks, configuration.

Scanned YAML is read by `tfaudit.sources.yaml_documents`, which bounds what hostile input can cost.
"""

from __future__ import annotations

import hashlib
import json
import marshal
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tfaudit.cache import Cache, Store
from tfaudit.errors import PolicyError

MAX_BYTES = 1_000_000
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
        if path.stat().st_size > MAX_BYTES:
            raise PolicyError(f"{path}: over 1 MB; such a file is short")
        return path.read_bytes()
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error


def _parse(text: bytes, path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - safe_load by its C twin
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise PolicyError(
            f"{path}{line}: not YAML: {getattr(error, 'problem', None) or error}; mend it"
        ) from error
    except RecursionError as error:
        raise PolicyError(f"{path}: nested too deeply") from error


def _parsed_at_installation() -> dict[str, Any]:
    """Return the documents that `hatch_build.py` has parsed, by the SHA-256 of their bytes; {} where there are none."""
    try:
        parsed = json.loads(_PARSED.read_bytes())
    except (OSError, ValueError):
        return {}
    return parsed if isinstance(parsed, dict) else {}


def read_all(
    paths: Sequence[Path], cache: Store | None = None, check: Callable[[Any, Path], None] | None = None
) -> list[tuple[Any, str]]:
    """Return what each of `paths` holds, and the SHA-256 of its bytes.

    Files that have not been parsed at installation are kept together in `cache`, by their bytes. `check` may raise for
    a document; what is in the cache has been checked.
    """
    texts = [_text(path) for path in paths]
    digests = [hashlib.sha256(text).hexdigest() for text in texts]
    parsed = _parsed_at_installation()
    kept = Cache(cache if check is not None or not parsed.keys() >= set(digests) else None, "documents")
    key = hashlib.sha256("\0".join(digests).encode()).hexdigest()
    content = kept.get(key)
    if content is not None:
        documents = marshal.loads(content)  # noqa: S302 - kept below, and sealed
        return list(zip(documents, digests, strict=True))
    documents = []
    for path, text, digest in zip(paths, texts, digests, strict=True):
        document = parsed[digest] if digest in parsed else _parse(text, path)
        if check is not None:
            check(document, path)
        documents.append(document)
    with suppress(ValueError):  # a date, say: it is parsed again next time
        kept.put(key, marshal.dumps(documents))
    return list(zip(documents, digests, strict=True))
