"""Puts reports where they were asked for: whole files or none, and a standard output that may close early."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from tfaudit.errors import UsageError


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    r"""Give a text file that takes the place of `path` when the block ends well; an old file stays if it does not.

    UTF-8 (a file name that is not becomes `\udce9`), `\n` line ends. `UsageError` where the folder is not there or may
    not be written.
    """
    with replacing_bytes(path) as raw:
        out = io.TextIOWrapper(
            raw, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=False
        )
        yield out
        out.flush()
        out.detach()


@contextmanager
def replacing_bytes(path: Path) -> Iterator[BinaryIO]:
    """Give a binary file that takes the place of `path` when the block ends well, as `replacing` does."""
    import tempfile

    if path.is_dir():
        raise UsageError(f"{path}: a folder; name a file to write")
    try:
        if path.exists() and not path.is_file():  # a pipe or a device: nothing to rename over
            with path.open("wb") as stream:
                yield stream
            return
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _refused(str(path), error) from error
    try:
        with os.fdopen(handle, "w+b") as out:
            yield out
        Path(draft).chmod(_mode(path))
        Path(draft).replace(path)
    except BaseException as error:
        with suppress(OSError):
            Path(draft).unlink()
        if isinstance(error, OSError):  # the disk is full, say
            raise _refused(str(path), error) from error
        raise


def _mode(path: Path) -> int:
    """Return the mode of the file that is replaced, or what a new file would get."""
    with suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Give standard output; a reader that goes away (`| head`) ends the writing without a word.

    `UsageError` where it cannot be written.
    """
    if isinstance(getattr(sys.stdout, "buffer", None), io.RawIOBase):
        # Python runs unbuffered (PYTHONUNBUFFERED): where a signal cuts a write to a full pipe short, the rest is lost.
        sys.stdout = io.TextIOWrapper(
            io.BufferedWriter(sys.stdout.buffer), line_buffering=sys.stdout.isatty()
        )
    with suppress(AttributeError, ValueError):
        # A pipe gets what a file would get, whatever the locale; a terminal knows its own encoding.
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]
    try:
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain then.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    except OSError as error:
        raise _refused("standard output", error) from error


def _refused(what: str, error: OSError) -> UsageError:
    return UsageError(f"{what}: it cannot be written: {error.strerror}; choose another place")


def wants_colour(out: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether `out` is a terminal whose user has not asked for plain text (NO_COLOR, TERM=dumb)."""
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return bool(environment.get("FORCE_COLOR")) or out.isatty()
