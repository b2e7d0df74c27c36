"""Folders, or files, apart from what else lies in their tree: for what checkov answers by the whole tree.

It has one graph for all that it is given, and of ARM and Bicep takes a name for what has it in whichever file was read
last. Each part is put into a folder of its own, which both are then given. Checkov is loaded once, and judges each
part in a process that is forked from that.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from tfaudit.packs.checkov.bicep_parser import prepared
from tfaudit.packs.checkov.formats import PATTERNS

KINDS = ("folder", "file")
_WANTED = {**PATTERNS, "terraform": re.compile(r"\.tf(?:\.json)?$")}


@contextmanager
def parts(folder: Path, kind: str, frameworks: Iterable[str]) -> Iterator[list[Path]]:
    """Give copies of the parts of a folder, each at the path that it has there, with nothing beside it.

    `kind` is "folder", what stands in a folder itself, or "file"; parts without a file that is one of the
    `frameworks` by its name are left out.
    """
    wanted = [_WANTED[each] for each in frameworks if each in _WANTED]
    with tempfile.TemporaryDirectory() as scratch:
        made: list[Path] = []
        for at, _, names in sorted(os.walk(folder)):
            held = [name for name in sorted(names) if not (Path(at) / name).is_symlink()]
            mine = [name for name in held if not wanted or any(each.search(f"/{name}") for each in wanted)]
            groups = [held] if kind == "folder" and mine else [[name] for name in mine if kind == "file"]
            for group in groups:
                top = Path(scratch) / f"{len(made)}"
                to = top / folder.name / os.path.relpath(at, folder)
                to.mkdir(parents=True)
                for name in group:
                    shutil.copyfile(Path(at) / name, to / name)
                made.append(top)
        yield made


def together(kind: str, frameworks: Iterable[str]) -> bool:
    """Whether one scan of ours over all parts says what one of each does; objects of Kubernetes are joined."""
    chosen = set(frameworks)
    return "kubernetes" not in chosen and (kind == "file" or chosen == {"terraform"})


def checkov(folder: Path, frameworks: Sequence[str]) -> list[dict[str, Any]]:
    """Return checkov's reports on a folder, made in a process of its own; [] where it ends with an error."""
    os.environ["LOG_LEVEL"] = "CRITICAL"  # before it is loaded
    from checkov.main import Checkov

    if "bicep" in frameworks:
        prepared(None)  # or each process would make the tables of its grammar, which takes most of its time
    read, write = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(read)
            os.chdir(folder)
            sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
            printed = StringIO()
            with redirect_stdout(printed):
                given = ["-d", ".", "--skip-download", "--compact", "-o", "json", "--framework", *frameworks]
                Checkov(given).run(banner="")
            with os.fdopen(write, "w") as stream:
                stream.write(printed.getvalue())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    starts = [at for at in (text.find("{"), text.find("[")) if at >= 0]
    if not starts:
        print(f"checkov did not come to an end on {folder}", file=sys.stderr)
        return []
    found = json.loads(text[min(starts) :])
    return found if isinstance(found, list) else [found]
