"""`tfaudit init [FOLDER]`: write a `tfaudit.yaml` after a look at the repository, or from another scanner's files."""

from __future__ import annotations

import argparse
from pathlib import Path

from tfaudit import config_draft, work_tree
from tfaudit.cli.init_from import declare_from, run_from
from tfaudit.errors import UsageError


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "folder", nargs="?", default="", metavar="FOLDER", help="where (default: the work tree's top)"
    )
    declare_from(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, and say what to do next; exit code 2 where there is one already."""
    here = Path.cwd()
    folder = Path(arguments.folder) if arguments.folder else work_tree.top(here) or here
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    if arguments.scanner:
        return run_from(arguments, folder)
    try:
        path = config_draft.write(folder)
    except FileExistsError as error:
        raise UsageError(f"{error}: it is there already; see: tfaudit config show") from error
    print(f"wrote {path}")
    print("next: tfaudit scan, then tfaudit baseline write where only what is new should count")
    return 0
