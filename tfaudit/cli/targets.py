"""What a scan of files is about: paths, standard input, or what a repository holds at a commit."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tfaudit import work_tree
from tfaudit.errors import UsageError
from tfaudit.model.resources import Limits

if TYPE_CHECKING:
    from tfaudit.sources.tree.git_past import Past

STDIN = "-"
_NAME = "standard-input"
# What Terraform code begins with, behind comments; JSON and YAML are recognised by what they hold, whatever their name.
_HCL = re.compile(
    rb"\A(?:\s|#[^\n]*+\n|//[^\n]*+\n|/\*(?>.*?\*/))*+"
    rb"(?:resource|data|module|variable|locals|output|provider|terraform|moved|import|check|removed)\b[^\n:{]*+\{",
    re.DOTALL,
)


def is_stdin(arguments: argparse.Namespace) -> bool:
    """Whether standard input is scanned."""
    return STDIN in arguments.path


class Opened(Struct, frozen=True):
    """What is scanned: targets, what places are relative to, the commit they are of, and what to say of it.

    `past` is None for the files as they are.
    """

    targets: list[Path]
    base: Path
    past: Past | None = None
    notes: tuple[str, ...] = ()


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Opened]:
    """Give what `arguments` ask to be scanned.

    What is not in the file system (standard input, the later commit of `--since A..B`) is as long as the block lasts.
    """
    if is_stdin(arguments):
        if len(arguments.path) > 1 or arguments.since:
            raise UsageError("- is scanned by itself: no further PATH, and no --since")
        with _standard_input() as path:
            yield Opened([path], path.parent)
        return
    found = resolved(arguments.path)
    base = base_of(found)
    _, dots, later = (arguments.since or "").partition("..")
    if not dots:
        yield Opened(found, base)
        return
    from tfaudit.pipeline.since import laid_out, left_out
    from tfaudit.sources.tree import git_past

    past = git_past.at(base, later.lstrip(".") or "HEAD")
    with laid_out(past) as (folder, submodules):
        there = [folder / each.relative_to(base) for each in found]
        for path, each in zip(found, there, strict=True):
            if not each.exists():
                raise UsageError(f"{path}: there is no such file or folder in {past.says}")
        yield Opened(there, folder, past, tuple(left_out(submodules, past)))


@contextmanager
def _standard_input() -> Iterator[Path]:
    import tempfile

    limit = Limits().file_bytes
    data = sys.stdin.buffer.read(limit + 1)
    if not data.strip():
        raise UsageError(
            "standard input is empty; pipe a manifest, a template, a plan or Terraform code into it"
        )
    if len(data) > limit:
        raise UsageError(f"standard input is over the limit of {limit / 1e6:.0f} MB; scan it as files")
    with tempfile.TemporaryDirectory(prefix="tfaudit-", ignore_cleanup_errors=True) as folder:
        path = Path(folder).resolve() / (f"{_NAME}.tf" if _HCL.match(data) else _NAME)
        path.write_bytes(data)
        yield path


def resolved(paths: Sequence[str]) -> list[Path]:
    """Return the paths resolved, without those that lie in another of them."""
    found: list[Path] = []
    for each in paths:
        if not each:
            raise UsageError('"" is no path; name one, or . for the current folder')
        path = Path(each)
        if not path.exists():
            from tfaudit.cli.habits import of_path

            raise UsageError(f"{each}: no such file or folder; {of_path(each)}")
        if not path.is_file() and not path.is_dir():
            raise UsageError(f"{each}: neither a file nor a folder; - is standard input")
        real = path.resolve()
        top = work_tree.top(Path(os.path.abspath(path)).parent)  # noqa: PTH100 - links are what this is about
        if top is not None and not real.is_relative_to(top.resolve()):
            raise UsageError(f"{path}: a link that leads out of the work tree; name what it leads to")
        found.append(real)
    unique = list(dict.fromkeys(found))
    return [each for each in unique if not any(other in each.parents for other in unique)]


def base_of(targets: Sequence[Path]) -> Path:
    """Return what places are relative to: the work tree's top, so that a code host finds them; else the target."""
    common = Path(os.path.commonpath(targets))
    common = common.parent if common.is_file() else common
    return work_tree.top(common) or common
