"""`tfaudit completion SHELL`: what makes a shell complete commands and options, written by shtab."""

from __future__ import annotations

import argparse
import sys

SHELLS = ("bash", "zsh", "tcsh")


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("shell", choices=SHELLS, help="the shell that is to complete")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the script; a shell reads it, say with `source <(tfaudit completion bash)`."""
    import shtab

    from tfaudit.cli.main import whole_parser

    sys.stdout.write(shtab.complete(whole_parser(), arguments.shell))
    return 0
