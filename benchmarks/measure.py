"""Times whole processes: wall seconds and peak memory, the median of several runs, two commands taking turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True, frozen=True)
class Measured:
    """The median of several runs of one command, and each of them."""

    seconds: float
    runs: tuple[float, ...]


_CHILD = """
import os, subprocess, sys, time

def tree(top):
    children = {}
    for name in os.listdir("/proc"):
        if name.isdecimal():
            try:
                with open(f"/proc/{name}/stat") as stat:
                    children.setdefault(int(stat.read().rpartition(")")[2].split()[1]), []).append(int(name))
            except OSError:
                pass
    found, stack = [], [top]
    while stack:
        each = stack.pop()
        found.append(each)
        stack += children.get(each, [])
    return found

def pss(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except OSError:
        return 0

start = time.perf_counter()
process = subprocess.Popen(sys.argv[3:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = 0
while process.poll() is None:
    if sys.argv[2] == "memory":
        peak = max(peak, sum(map(pss, tree(process.pid))))
        time.sleep(0.005)
    else:
        process.wait()
took = time.perf_counter() - start
open(sys.argv[1], "w").write(f"{took} {peak / 1024} {process.returncode}")
"""


def once(
    command: Sequence[str], environment: Mapping[str, str], scratch: Path, *, memory: bool = False
) -> tuple[float, float]:
    """Return the seconds and the peak MiB of one run; the exit code is the command's own business.

    Memory is what the whole tree of processes holds, shared pages counted once; it is sampled, which costs time, so a
    run gives either a time or a memory that can be trusted.
    """
    note = scratch / "measured"
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", _CHILD, str(note), "memory" if memory else "time", *command],
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
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            before()
            taken[name].append(once(command, environment or {}, scratch)[0])
    return {name: Measured(statistics.median(each), tuple(each)) for name, each in taken.items()}


def peak_mb(command: Sequence[str], scratch: Path, environment: Mapping[str, str]) -> float:
    """Return the most memory that the command's whole tree of processes holds, in MiB."""
    return once(command, environment, scratch, memory=True)[1]
