"""Parses the command line, finds the command, and turns what goes wrong into one sentence and an exit code.

Exit codes: 0 sound, 1 findings at or over the gate, 2 wrong usage or configuration, 3 scan incomplete.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from tfaudit import __version__
from tfaudit.errors import TfauditError

COMMANDS = {
    "scan": "judge Terraform, plans, CloudFormation and Kubernetes manifests",
    "live": "judge what runs: aws, kubernetes",
    "policies": "list, show, test and start policies",
    "controls": "list and show controls, and check the links to them",
    "evidence": "verify an evidence bundle, make a signing key",
    "permissions": "print the exact read access that a live scan needs",
    "schema": "print a JSON Schema for editors",
}
"""Every command, and the module of this package that holds it."""

_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_CODES = "exit codes: 0 sound, 1 findings at or over the gate, 2 wrong usage, 3 the scan is incomplete"


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return the exit code."""
    if arguments and arguments[0] == "scan":
        _start_workers(arguments[1:])
    with suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        parsed = _parser(arguments).parse_args(arguments)
        if not hasattr(parsed, "run"):
            _parser(()).print_help(sys.stderr)
            return 2
        code = int(parsed.run(parsed))
        sys.stdout.flush()
    except TfauditError as error:
        print(_sentence(str(error)), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("tfaudit: interrupted; nothing was written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except OSError as error:
        what = error.filename or ("standard output" if error.errno in _UNWRITABLE else "")
        if not what:
            raise
        print(_sentence(f"{what}: {error.strerror}"), file=sys.stderr)
        return 2
    return code


def _sentence(says: str) -> str:
    """Return what goes to standard error as one line: it may name a file of the scanned tree."""
    from tfaudit.foreign import visible

    return visible(f"tfaudit: {says}")


class _Parser(argparse.ArgumentParser):
    """Quotes wrong arguments, which may be names of files, as one line."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and `message`, and end."""
        from tfaudit.foreign import visible

        super().error(visible(message))


def _start_workers(arguments: Sequence[str]) -> None:
    """Start workers before anything else is imported: words that name no folder are somebody else's business."""
    from tfaudit.cli.environment import cache_folder
    from tfaudit.sources.terraform.ahead import start_ahead

    start_ahead([Path(each) for each in arguments if not each.startswith("-")] or [Path()], cache_folder())


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tfaudit",
        description="Does this infrastructure meet its controls, on every plane where it exists?",
        epilog=_CODES,
        allow_abbrev=False,
    )
    parser.add_argument("-V", "--version", action="version", version=f"tfaudit {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    asked = next((each for each in arguments if not each.startswith("-")), "")
    for name, says in COMMANDS.items():
        command = commands.add_parser(
            name, help=says, description=says[0].upper() + says[1:] + ".", epilog=_CODES, allow_abbrev=False
        )
        if name == asked:  # the other commands' options are not needed, nor their imports
            importlib.import_module(f"tfaudit.cli.{name}").declare(command)
    return parser
