"""Server processes that live as long as a `with` block, and the cache folder for what is built once."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


class Missing(Exception):
    """A part that the machine lacks; the message says which one, and how to get it."""


class NotReady(Exception):
    """A server ended, or did not answer in time; the message ends with what it logged last."""


def cache() -> Path:
    """The folder kept between test runs: TFAUDIT_TESTS_CACHE, or ~/.cache/tfaudit-tests."""
    return Path(os.environ.get("TFAUDIT_TESTS_CACHE") or Path.home() / ".cache" / "tfaudit-tests")


def tool(name: str, settle_with: str) -> str:
    """The path of a program, or `Missing` with what to do about it."""
    found = shutil.which(name)
    if found is None:
        raise Missing(f"{name} is not on the PATH: {settle_with}")
    return found


@contextmanager
def made_once(target: Path) -> Iterator[bool]:
    """Whether `target` has yet to be made; the other test processes wait until the block ends."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / f".{target.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not target.exists()


def free_port() -> int:
    """A loopback port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(
    command: Sequence[str],
    *,
    log: Path,
    ready: Callable[[], bool],
    environment: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """Run `command` for the length of the block, which begins once `ready` says so (30 s at most)."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_ends_with_its_parent(), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        _wait(process, command[0], log=log, ready=ready)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _ends_with_its_parent() -> list[str]:
    """What goes before a command so that a killed test run leaves no server behind (on Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _wait(process: subprocess.Popen[bytes], name: str, *, log: Path, ready: Callable[[], bool]) -> None:
    limit_seconds = 30
    deadline = time.monotonic() + limit_seconds
    while not ready():
        if process.poll() is not None:
            raise NotReady(f"{name} ended with {process.returncode}:\n{_last_lines(log)}")
        if time.monotonic() > deadline:
            raise NotReady(f"{name} did not answer within {limit_seconds} s:\n{_last_lines(log)}")
        time.sleep(0.05)


def _last_lines(log: Path, count: int = 20) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
