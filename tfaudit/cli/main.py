"""Parses the command line, finds the command, and turns what goes wrong into one sentence and an exit code.

Exit codes: 0 sound, 1 findings at or over the gate, 2 wrong usage or configuration, 3 scan incomplete, 4 tfaudit itself
failed; 130 and 143 for one that was interrupted or ended from outside.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from tfaudit import __version__
from tfaudit.cli import environment
from tfaudit.discovery import PREFIX
from tfaudit.errors import TfauditError, UsageError

COMMANDS = {
    "scan": "judge Terraform, plans, CloudFormation, ARM, Bicep and Kubernetes manifests",
    "live": "judge what runs: aws, azure, kubernetes, tls",
    "policies": "list, show, test and start policies",
    "controls": "list and show controls, what covers them, and check the links to them",
    "profiles": "list and show profiles, and where each of their values comes from",
    "explain": "tell all that is known of one finding",
    "waive": "write a waiver, after showing what it covers",
    "baseline": "keep today's findings, so that only new ones count",
    "notify": "send what a report brings to webhooks, Slack, Teams and by e-mail, each thing once",
    "diff": "tell what came and went between two reports",
    "init": "write a tfaudit.yaml for this repository",
    "config": "show the configuration in force, and where each word of it stands",
    "evidence": "verify an evidence bundle, make a signing key",
    "permissions": "print the exact read access that a live scan needs",
    "schema": "print a JSON Schema for editors",
    "completion": "print what makes a shell complete commands and options",
}
"""Every command, and the module of this package that holds it."""

_UNWRITABLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_CODES = (
    "exit codes: 0 sound, 1 findings at or over the gate, 2 wrong usage, 3 the scan is incomplete, "
    "4 tfaudit itself failed"
)
EXTRAS = {
    "azure": "azure",
    "boto3": "aws",
    "botocore": "aws",
    "checkov": "checkov",
    "kubernetes": "kubernetes",
    "pygit2": "git",
}
"""The packages that are not in every installation, and the extra that each of them comes with."""
_SCANNING = frozenset({"scan", "baseline", "explain", "waive"})
_PACKAGE = Path(__file__).parents[1]


class _Terminated(KeyboardInterrupt):
    """Somebody wants the process to end: a pipeline that is cancelled, say."""


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name and return the exit code."""
    with suppress(AttributeError, ValueError):
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        with suppress(ValueError):  # only the main thread has signals
            signal.signal(signal.SIGTERM, _terminate)
        if arguments and arguments[0] in _SCANNING:
            _start_workers(arguments[1:])
        parsed, rest = _parser(arguments).parse_known_args(arguments)
        if rest:
            from tfaudit.cli.habits import of_option

            command = getattr(parsed, "command", None) or _parser(())
            if not rest[0].startswith("-"):
                raise UsageError(f'"{rest[0]}" is one word too many (see: {command.prog} --help)')
            hint = of_option(rest[0], command.format_help())
            raise UsageError(f'unknown option "{rest[0]}"{hint} (see: {command.prog} --help)')
        if not hasattr(parsed, "run"):
            _parser(()).print_help(sys.stderr)
            return 2
        code = int(parsed.run(parsed))
        sys.stdout.flush()
    except TfauditError as error:
        print(_sentence(str(error)), file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt as stopped:
        print("tfaudit: interrupted; nothing was written", file=sys.stderr)
        return 143 if isinstance(stopped, _Terminated) else 130
    except BrokenPipeError:
        return 0
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        says = (
            _failed(error)
            if extra is None
            else f"this needs an extra that is not installed: {_install(extra)}"
        )
        print(_sentence(says), file=sys.stderr)
        return 4 if extra is None else 2
    except Exception as error:  # noqa: BLE001 - whatever goes wrong here is a fault of tfaudit, and no traceback
        what = _unwritable(error)
        print(_sentence(what) if what else _failed(error), file=sys.stderr)
        return 2 if what else 4
    finally:
        _stop_workers()
    return code


def _install(extra: str) -> str:
    return f"pip install 'tfaudit[{extra}]'"


def _terminate(*_: Any) -> None:
    raise _Terminated


def _unwritable(error: Exception) -> str:
    """Return what the user's own files and streams refuse; "" where that is not what went wrong."""
    if not isinstance(error, OSError):
        return ""
    what = error.filename or ("standard output" if error.errno in _UNWRITABLE else "")
    return f"{what}: {error.strerror}" if what else ""


def _failed(error: Exception) -> str:
    """Return the sentence for a fault of tfaudit, without the error's own words: they may hold what was scanned."""
    if environment.variables().get("TFAUDIT_DEBUG"):
        import traceback

        traceback.print_exception(error)
    where, whose, trace = "tfaudit", "tfaudit, please report it", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(_PACKAGE):
            where = f"{file.relative_to(_PACKAGE.parent).as_posix()}:{trace.tb_lineno}"
        elif str(trace.tb_frame.f_globals.get("__name__")).startswith(PREFIX):
            where, whose = f"{file}:{trace.tb_lineno}", "that plug-in"
        trace = trace.tb_next
    return (
        f"tfaudit failed: {type(error).__name__} in {where}; this is a fault of {whose} "
        "(TFAUDIT_DEBUG=1 shows the traceback)"
    )


def _stop_workers() -> None:
    for name in ("tfaudit.sources.terraform.hcl.pool", "tfaudit.packs.checkov.workers"):
        module = sys.modules.get(name)
        if module is not None:
            module.stop_all()


def _sentence(says: str) -> str:
    """Return what goes to standard error as one line: it may name a file of the scanned tree."""
    from tfaudit.foreign import visible

    return visible(f"tfaudit: {says}")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one sentence, without the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`."""
        raise UsageError(f"{message} (see: {self.prog} --help)")


def _start_workers(arguments: Sequence[str]) -> None:
    """Start workers before anything else is imported: words that name no folder are somebody else's business."""
    from tfaudit.sources.terraform.hcl.ahead import start_ahead

    targets = [Path(each) for each in arguments if not each.startswith("-")] or [Path()]
    start_ahead(targets, environment.cache_folder(), ("tfaudit.pipeline.elsewhere", "get_ready"))


def _help(arguments: Sequence[str]) -> Any:
    """Return what writes help; to find the terminal's width it would load much, though nobody asks for help."""
    asked = not arguments or not {"-h", "--help"}.isdisjoint(arguments)
    return argparse.HelpFormatter if asked else partial(argparse.HelpFormatter, width=100)


def whole_parser() -> argparse.ArgumentParser:
    """Return the parser with the options of every command, which a run of one of them does not need."""
    return _parser((), whole=True)


def _parser(arguments: Sequence[str], *, whole: bool = False) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="tfaudit",
        description="Does this infrastructure meet its controls, on every plane where it exists?",
        epilog=_CODES,
        allow_abbrev=False,
        formatter_class=_help(arguments),
    )
    parser.add_argument("-V", "--version", action="version", version=f"tfaudit {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", prog="tfaudit")
    asked = next((each for each in arguments if not each.startswith("-")), "")
    if asked and asked not in COMMANDS:
        from tfaudit.cli.habits import of_command

        raise UsageError(f'unknown command "{asked}"{of_command(asked, COMMANDS)} (see: tfaudit --help)')
    for name, says in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=says,
            description=says[0].upper() + says[1:] + ".",
            epilog=_CODES,
            allow_abbrev=False,
            formatter_class=_help(arguments),
        )
        command.set_defaults(command=command)
        if whole or name == asked:  # the other commands' options are not needed, nor their imports
            importlib.import_module(f"tfaudit.cli.{name}").declare(command)
    return parser
