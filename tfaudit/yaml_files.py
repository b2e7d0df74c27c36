"""Reads the short YAML files that are tfaudit's or its user's own: policies, profiles, frameworks, configuration.

Scanned YAML is read by `tfaudit.sources.yaml_documents`, which bounds what hostile input can cost.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tfaudit.errors import PolicyError

MAX_BYTES = 1_000_000


def read(path: Path) -> tuple[Any, bytes]:
    """Return what the document in `path` holds, and its bytes.

    Raises `PolicyError`, which names the line, for one that is not YAML, over 1 MB or not readable.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PolicyError(f"{path}: over 1 MB; such a file is short")
        text = path.read_bytes()
        return yaml.load(text, Loader=loader), text  # noqa: S506 - safe_load by its C twin
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise PolicyError(
            f"{path}{line}: not YAML: {getattr(error, 'problem', None) or error}; mend it"
        ) from error
    except OSError as error:
        raise PolicyError(f"{path}: cannot be read: {error.strerror}") from error
    except RecursionError as error:
        raise PolicyError(f"{path}: nested too deeply") from error
