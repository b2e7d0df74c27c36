"""Worker processes that run checkov's code: started, asked and ended from here. Jobs and answers are plain data."""

from __future__ import annotations

import importlib.util
import marshal
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tfaudit.errors import UsageError
from tfaudit.packs.checkov import VERSION

MEMORY = 3 << 30
_HEADER = 8
_LISTING = 30.0
_WORKER = Path(__file__).with_name("worker.py")
_PACKAGE = Path(__file__).parents[3]


class Lost(Exception):
    """A worker that died, or took too long."""


def site() -> str:
    """Return the folder that checkov is installed in.

    Raises `UsageError` where it is not, or another version than the one that the pack knows.
    """
    found = importlib.util.find_spec("checkov")
    if found is None or found.origin is None:
        raise UsageError('the pack checkov needs checkov; install it: pip install "tfaudit[checkov]"')
    folder = Path(found.origin).parents[1]
    text = (folder / "checkov" / "version.py").read_text("utf-8")
    version = text.partition("=")[2].strip().strip("\"'")
    if version != VERSION:
        raise UsageError(
            f'the pack checkov knows checkov {VERSION}, and {version} is installed; pip install "tfaudit[checkov]"'
        )
    return str(folder)


class Worker:
    """One process that has been sent what holds for the scan."""

    def __init__(self, start: dict[str, Any]) -> None:
        """Start it; it loads its checks while the caller goes on."""
        paths = list(dict.fromkeys([str(_PACKAGE), *_packages(start["site"])]))
        bytecode = ["-B"] if sys.flags.dont_write_bytecode else []
        self._process = subprocess.Popen(
            # What -I is, but for -E: there is nothing in the environment that this process has not put there.
            [sys.executable, "-P", "-s", "-S", *bytecode, str(_WORKER), str(MEMORY), *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
        )
        _running.append(self)
        self._give(start)
        self._waits = True

    def ready(self, seconds: float) -> Any:
        """Return what the worker has made when it was started: the index where it was given none; `Lost`."""
        self._waits = False
        return self._take(seconds)

    def ask(self, job: dict[str, Any], seconds: float) -> Any:
        """Return the answer to a job; `Lost` where there is none in time."""
        if self._waits:
            self.ready(seconds)
        self._give(job)
        return self._take(seconds)

    def _give(self, value: Any) -> None:
        data = marshal.dumps(value)
        frame = memoryview(len(data).to_bytes(_HEADER, "little") + data)
        stream = self._process.stdin
        try:
            while frame and stream is not None:
                frame = frame[stream.write(frame) or 0 :]
        except BrokenPipeError as error:
            raise Lost("it ended") from error

    def _take(self, seconds: float) -> Any:
        until, got = time.monotonic() + seconds, bytearray()
        stream = self._process.stdout
        if stream is None:
            raise Lost("it ended")
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while True:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise Lost(f"it took longer than {seconds:.0f} seconds")
                chunk = os.read(stream.fileno(), 1 << 20)
                if not chunk:
                    raise Lost("it crashed")
                got += chunk
                size = int.from_bytes(got[:_HEADER], "little") if len(got) >= _HEADER else sys.maxsize
                if len(got) >= _HEADER + size:
                    return marshal.loads(got[_HEADER : _HEADER + size])  # noqa: S302 - a worker wrote it

    def stop(self) -> None:
        """End the process."""
        if self in _running:
            _running.remove(self)
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    stream.close()


_running: list[Worker] = []


def stop_all() -> None:
    """End every worker of this process."""
    for worker in tuple(_running):  # each takes itself out of it
        worker.stop()


def listed(modules: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return id, name and file of each check in Python files of the user's own; they are run for it. `Lost`."""
    folder = site()
    worker = Worker(
        {"mode": "list", "site": folder, "tree": "", "readable": [], "own_modules": list(modules)}
    )
    try:
        found = worker.ready(_LISTING)
    finally:
        worker.stop()
    if isinstance(found, str):
        raise Lost(found)
    return [(str(id_), str(name), str(path)) for id_, name, path in found]


def _packages(site_: str) -> list[str]:
    """Return the folders of packages: checkov's, and the one that msgspec is in."""
    found = [site_]
    spec = importlib.util.find_spec("msgspec")
    if spec is not None and spec.origin is not None:
        found.append(str(Path(spec.origin).parents[1]))
    return found


def _environment() -> dict[str, str]:
    """Return what an interpreter may need to start; no credentials, no proxies, no settings of checkov's."""
    names = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
    kept = {name: value for name, value in os.environ.items() if name in names}  # noqa: TID251 - see above
    return {
        **kept,
        "HOME": "/nonexistent",
        "LOG_LEVEL": "CRITICAL",
        "WORKDIR": "/nonexistent",
        "CHECKOV_PARALLELIZATION_TYPE": "none",
        "PYTHONHASHSEED": "0",  # some checks list what they looked at as a set has it: two runs say the same
    }
