"""Makes checkov's packages importable one by one, and takes from the process what no check needs.

`import checkov.terraform...` runs package files that import all checks. Here those packages are bare, so that a module
is loaded when it is asked for. What may not happen at all (network, other programs, files out of the scanned tree, any
writing) is refused by an audit hook, which no code of the process can take away again (PEP 578).
"""

from __future__ import annotations

import importlib.machinery
import logging
import os
import re
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

_GATHERS = re.compile(
    r"checkov(?:\.terraform(?:\.checks(?:\.(?:resource|data|provider|module)(?:\..+)?)?)?"
    r"|\.kubernetes(?:\.checks(?:\.resource(?:\..+)?)?)?)?"
)
"""Packages whose own code does no more than to load all checks below them."""

_SIGNED = "checkov.common.external_checks.verification"
_UNUSED = (
    "hcl2", "lark", "lark.tree", "networkx", "charset_normalizer", "colorama", "termcolor",
    "checkov.common.util.http_utils", "checkov.common.util.json_utils",
    _SIGNED, f"{_SIGNED}.errors", f"{_SIGNED}.sources_registry", f"{_SIGNED}.verified_loader",
    "checkov.common.bridgecrew.integration_features.features.policy_metadata_integration",
    "checkov.common.parallelizer.parallel_runner", "checkov.common.runners.base_runner",
    "checkov.kubernetes.parser.parser",
)  # fmt: skip
"""What modules of checks and graphs import and never use: with it they would take five times as long to load."""
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "ftplib.",
    "smtplib.",
    "urllib.",
    "http.client.",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.truncate",
    "shutil.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Refused(PermissionError):
    """Something that a check has no business to do."""


class _BarePackages:
    """Finds the packages of checkov's checks without running their `__init__` files."""

    def __init__(self, site: str) -> None:
        self._site = site

    def find_spec(self, name: str, *_: Any) -> Any:
        """Return a package without code for what only gathers checks; None for everything else."""
        if _GATHERS.fullmatch(name) is None:
            return None
        folder = os.path.join(self._site, *name.split("."))  # noqa: PTH118 - asked for hundreds of names
        if not os.path.isdir(folder):  # noqa: PTH112
            return None
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = [folder]
        return spec


class _Absent(ModuleType):
    """Stands for a library that checkov's modules import and that no check of resources uses: to load it takes long."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Nothing


class _Nothing:
    """What stands for every name of such a library; no object is ever one."""


def bare_packages(site: str) -> None:
    """Make the modules of checkov's checks importable one by one from the folder `site`."""
    sys.meta_path.insert(0, _BarePackages(site))
    for name in _UNUSED:
        sys.modules.setdefault(name, _Absent(name))
    vars(sys.modules["hcl2"]).update(START_LINE="__start_line__", END_LINE="__end_line__")
    vars(sys.modules["checkov.common.util.http_utils"]).update(normalize_bc_url=lambda url: url)


def quiet() -> None:
    """Let nothing be logged: what goes wrong with a check is its verdict."""
    logging.disable(logging.CRITICAL)


def confine(readable: Sequence[str]) -> None:
    """Refuse from now on all that is not reading files below the folders `readable`; there is no way back."""
    import tempfile

    tempfile.tempdir = (
        "/nonexistent"  # some modules ask for one as they are loaded, and would try to write there
    )
    roots = tuple(os.path.realpath(each).rstrip("/") + "/" for each in readable)
    seen: dict[str, bool] = {}

    def may_read(path: str) -> bool:
        folder = path.rpartition("/")[0]
        known = seen.get(folder)
        if known is None:
            known = seen[folder] = (os.path.realpath(folder or ".") + "/").startswith(roots)
        return known and (not os.path.islink(path) or os.path.realpath(path).startswith(roots))  # noqa: PTH114

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = flags & _WRITES if isinstance(flags, int) else set(mode or "r") & set("wax+")
            if writes or (isinstance(path, (str, bytes)) and not may_read(os.fsdecode(path))):
                raise Refused(
                    f"a check opens {os.fsdecode(path) if isinstance(path, (str, bytes)) else path}"
                )
        elif event.startswith(_REFUSED):
            raise Refused(f"a check wants {event}")

    sys.addaudithook(hook)
