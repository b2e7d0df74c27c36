"""`tfaudit completion SHELL`: what makes a shell complete commands and options, written by shtab."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import Any

SHELLS = ("bash", "zsh", "tcsh")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("shell", choices=SHELLS, help="the shell that is to complete")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the script; a shell reads it, say with `source <(tfaudit completion bash)`."""
    import shtab

    from tfaudit.cli.main import whole_parser

    parser = whole_parser()
    _complete_paths(
        parser, {"FILE": shtab.FILE, "PATH": shtab.FILE, "FOLDER": shtab.DIRECTORY, "BUNDLE": shtab.FILE}
    )
    sys.stdout.write(shtab.complete(parser, arguments.shell))
    return 0


def _complete_paths(parser: argparse.ArgumentParser, kinds: Mapping[str, Any]) -> None:
    """Have options whose value is a path completed by the file system; below `parser` as well."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way
        if isinstance(action.metavar, str) and action.metavar in kinds:
            action.complete = kinds[action.metavar]  # type: ignore[attr-defined]
        if isinstance(action.choices, Mapping):
            for inner in action.choices.values():
                _complete_paths(inner, kinds)
