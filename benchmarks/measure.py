"""Times whole processes: wall seconds and peak memory, the median of several runs, two commands taking turns."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True, frozen=True)
class Measured:
    """The median of several runs of one command; `peak_mb` is that of the largest process in its tree."""

    seconds: float
    peak_mb: float
    runs: tuple[float, ...]


_CHILD = """
import os, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.call(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
open(sys.argv[1], "w").write(f"{took} {peak} {code}")
"""


def once(command: Sequence[str], environment: Mapping[str, str], scratch: Path) -> tuple[float, float]:
    """Return the seconds and the peak MiB of one run; the exit code is the command's own business."""
    note = scratch / "measured"
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", _CHILD, str(note), *command],
        env={**os.environ, **environment},
        check=True,
    )
    took, peak, _ = note.read_text().split()
    return float(took), float(peak)


def paired(
    commands: Mapping[str, Sequence[str]],
    scratch: Path,
    runs: int = 3,
    before: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Measured]:
    """Return each command's figures; `before` is called ahead of every run, and runs alternate."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            before()
            taken[name].append(once(command, environment or {}, scratch))
    return {
        name: Measured(
            statistics.median(took for took, _ in each),
            max(peak for _, peak in each),
            tuple(took for took, _ in each),
        )
        for name, each in taken.items()
    }


def own_peak_mb() -> float:
    """Return this process's own peak, for what is measured inside it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
