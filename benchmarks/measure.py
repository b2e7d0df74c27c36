"""Times whole processes: wall and processor seconds, peak memory; the median of several runs, commands taking turns."""

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
    """The median of several runs of one command, and each of them; `cpu` is the median of its processor seconds.

    Those are of the whole tree of processes, user and system: they hold where others use the machine as well.
    """

    seconds: float
    runs: tuple[float, ...]
    cpu: float = 0.0


_CHILD = """
import os, resource, subprocess, sys, time

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
used = resource.getrusage(resource.RUSAGE_CHILDREN)
open(sys.argv[1], "w").write(f"{took} {peak / 1024} {used.ru_utime + used.ru_stime}")
"""


def once(
    command: Sequence[str], environment: Mapping[str, str], scratch: Path, *, memory: bool = False
) -> tuple[float, float, float]:
    """Return the seconds, the peak MiB and the processor seconds of one run; its exit code is its own business.

    Memory is what the whole tree of processes holds, shared pages counted once; it is sampled, which costs time, so a
    run gives either a time or a memory that can be trusted.
    """
    note = scratch / "measured"
    subprocess.run(
        [sys.executable, "-I", "-S", "-c", _CHILD, str(note), "memory" if memory else "time", *command],
        env={**os.environ, **environment},
        check=True,
    )
    took, peak, cpu = map(float, note.read_text().split())
    return took, peak, cpu


def paired(
    commands: Mapping[str, Sequence[str]],
    scratch: Path,
    runs: int = 3,
    before: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Measured]:
    """Return each command's figures; `before` is called ahead of every run, and runs alternate."""
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            before()
            taken[name].append(once(command, environment or {}, scratch))
    found = {}
    for name, each in taken.items():
        seconds = tuple(run[0] for run in each)
        cpu = statistics.median(run[2] for run in each)
        found[name] = Measured(statistics.median(seconds), seconds, cpu)
    return found


def peak_mb(command: Sequence[str], scratch: Path, environment: Mapping[str, str]) -> float:
    """Return the most memory that the command's whole tree of processes holds, in MiB."""
    return once(command, environment, scratch, memory=True)[1]
