"""`python -m benchmarks [NAME ...] [--public PATH]`: measure, and compare with the stated budgets.

Exit code 1 where one is missed.

terraform-50     a cold scan of 50 Terraform files: a tenth of checkov's time, half its memory
version          `tfaudit --version`: within three bare interpreter starts
kubernetes       10,000 objects: at most what CSafeLoader alone takes to load the files, as text; half as
                 much again as JSON, which holds the passes too
terraform-2000   2,000 Terraform files: a twenty-fifth of checkov's time
pack             with checkov's checks as a pack: 50 files, a quarter of checkov's time; what `--public` names, 0.15;
                 of both, half its memory
public           the Terraform of a checked-out repository that `--public` names: 0.06 of checkov's time, aim: 0.04
rescan           after one edit, with the cache warm: half the cold time. 50 files are told too, without a budget of
                 half: there a cold scan is little more than start-up, which no cache spares
bicep            the Bicep of a checked-out repository that `--bicep` names, and the part of it that checkov can parse:
                 a tenth of checkov's time, told by the clock and in processor seconds; after one edit, with the cache
                 warm, less than cold
linear           400 files against 100: at most 4.8 times the time beyond start-up
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import bicep, inputs
from benchmarks.measure import once, paired, peak_mb

PYTHON = sys.executable
CHECKOV = [
    str(Path(PYTHON).with_name("checkov")),
    "--compact",
    "--quiet",
    "--skip-download",
    "--framework",
    "terraform",
]


@dataclass(slots=True, frozen=True)
class Row:
    """One figure against its budget: `ratio` may be at most `budget`; `aim` is what we would like."""

    name: str
    ours: str
    theirs: str
    ratio: float
    budget: float
    aim: float

    @property
    def kept(self) -> bool:
        """Whether the budget is kept."""
        return self.ratio <= self.budget


def tfaudit(target: Path) -> list[str]:
    """Return the command that scans `target` as a developer would, with the report as text, as the others give it."""
    return [PYTHON, "-m", "tfaudit", "scan", str(target), "--fail-on", "never"]


class Bench:
    """A scratch folder, and each benchmark as a method that returns its rows."""

    def __init__(
        self, scratch: Path, runs: int, checked_out: Path | None, modules: Path | None = None
    ) -> None:
        """Measure in `scratch`, each command `runs` times; `checked_out` and `modules` are public repositories."""
        self.modules = modules
        self.checked_out = checked_out
        self.scratch = scratch
        self.runs = runs
        self.cache = scratch / "cache"
        self.environment = {
            "TFAUDIT_CACHE": str(self.cache),
            "PYTHONDONTWRITEBYTECODE": "",
            "LOG_LEVEL": "ERROR",
        }

    def cold(self) -> None:
        """Empty tfaudit's cache."""
        shutil.rmtree(self.cache, ignore_errors=True)

    def _terraform(self, files: int) -> Path:
        folder = self.scratch / f"terraform-{files}"
        if not folder.exists():
            inputs.terraform(folder, files)
        return folder

    def terraform_50(self) -> list[Row]:
        """Compare time and memory with checkov's."""
        target = self._terraform(50)
        commands = {"tfaudit": tfaudit(target), "checkov": [*CHECKOV, "-d", str(target)]}
        got = paired(commands, self.scratch, self.runs, self.cold, self.environment)
        ours, theirs = got["tfaudit"], got["checkov"]
        self.cold()
        peaks = {name: peak_mb(command, self.scratch, self.environment) for name, command in commands.items()}
        time, memory = ours.seconds / theirs.seconds, peaks["tfaudit"] / peaks["checkov"]
        sizes = f"{peaks['tfaudit']:.0f} MiB", f"checkov {peaks['checkov']:.0f} MiB"
        return [
            Row("terraform-50", f"{ours.seconds:.2f} s", f"checkov {theirs.seconds:.2f} s", time, 0.1, 0.1),
            Row("terraform-50 memory", *sizes, memory, 0.5, 0.5),
        ]

    def version(self) -> list[Row]:
        """Compare `--version` with a bare start of the interpreter."""
        commands = {"tfaudit": [PYTHON, "-m", "tfaudit", "--version"], "python": [PYTHON, "-c", "pass"]}
        got = paired(commands, self.scratch, 11, environment=self.environment)
        ours, theirs = got["tfaudit"].seconds, got["python"].seconds
        return [
            Row("version", f"{ours * 1000:.0f} ms", f"python {theirs * 1000:.0f} ms", ours / theirs, 3, 3)
        ]

    def kubernetes(self) -> list[Row]:
        """Compare with PyYAML's C loader on the same files."""
        target = self.scratch / "kubernetes"
        if not target.exists():
            inputs.kubernetes(target, 10_000)
        load = (
            "import sys, pathlib, yaml\n"
            "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
            "    for document in yaml.load_all(path.read_bytes(), Loader=yaml.CSafeLoader): pass\n"
        )
        commands = {"tfaudit": tfaudit(target), "CSafeLoader": [PYTHON, "-c", load, str(target)]}
        commands["json"] = [*commands["tfaudit"], "-o", f"json={self.scratch / 'report.json'}"]
        got = paired(commands, self.scratch, self.runs, self.cold, self.environment)
        theirs = got["CSafeLoader"].seconds
        return [
            Row(name, f"{seconds:.2f} s", f"CSafeLoader {theirs:.2f} s", seconds / theirs, budget, 1.0)
            for name, seconds, budget in (
                ("kubernetes", got["tfaudit"].seconds, 1.0),
                ("kubernetes as JSON", got["json"].seconds, 1.5),
            )
        ]

    def terraform_2000(self) -> list[Row]:
        """Compare with checkov's time on a large repository."""
        target = self._terraform(2000)
        commands = {"tfaudit": tfaudit(target), "checkov": [*CHECKOV, "-d", str(target)]}
        got = paired(commands, self.scratch, 1, self.cold, self.environment)
        ours, theirs = got["tfaudit"].seconds, got["checkov"].seconds
        return [Row("terraform-2000", f"{ours:.2f} s", f"checkov {theirs:.2f} s", ours / theirs, 0.04, 0.03)]

    def public(self) -> list[Row]:
        """Compare with checkov's time on other people's code, which lies where it was checked out."""
        if self.checked_out is None:
            return []
        commands = {
            "tfaudit": tfaudit(self.checked_out),
            "checkov": [*CHECKOV, "-d", str(self.checked_out)],
        }
        got = paired(commands, self.scratch, self.runs, self.cold, self.environment)
        ours, theirs = got["tfaudit"].seconds, got["checkov"].seconds
        name = f"public {self.checked_out.name}"
        return [Row(name, f"{ours:.2f} s", f"checkov {theirs:.2f} s", ours / theirs, 0.06, 0.04)]

    def pack(self) -> list[Row]:
        """Compare a scan with checkov's checks as a pack with checkov: 50 files, and the repository that is named.

        The cache is empty but for the index of the installed checkov, which is made once for all scans.
        """
        rows = self._pack("pack-50", self._terraform(50), 0.25)
        if self.checked_out is not None:
            rows += self._pack(f"pack {self.checked_out.name}", self.checked_out, 0.15)
        return rows

    def _pack(self, name: str, target: Path, budget: float) -> list[Row]:
        ours = [*tfaudit(target), "--pack", "checkov", "--pack-format", "terraform"]
        commands = {"tfaudit": ours, "checkov": [*CHECKOV, "-d", str(target)]}
        tiny = self.scratch / "tiny"
        tiny.mkdir(exist_ok=True)
        (tiny / "main.tf").write_text('resource "aws_vpc" "v" {}\n')

        def indexed() -> None:
            self.cold()
            once([*tfaudit(tiny), *ours[len(tfaudit(target)) :]], self.environment, self.scratch)
            for folder in ("terraform", "verdicts"):
                shutil.rmtree(self.cache / folder, ignore_errors=True)

        got = paired(commands, self.scratch, self.runs, indexed, self.environment)
        mine, theirs = got["tfaudit"].seconds, got["checkov"].seconds
        indexed()
        peaks = {tool: peak_mb(command, self.scratch, self.environment) for tool, command in commands.items()}
        held, beside = peaks["tfaudit"], peaks["checkov"]
        return [
            Row(name, f"{mine:.2f} s", f"checkov {theirs:.2f} s", mine / theirs, budget, budget),
            Row(f"{name} memory", f"{held:.0f} MiB", f"checkov {beside:.0f} MiB", held / beside, 0.5, 0.5),
        ]

    def bicep(self) -> list[Row]:
        """Compare time with checkov's on other people's Bicep, by clock and processor, and a scan again with cold."""
        if self.modules is None:
            return []
        copy = bicep.copied(self.modules, self.scratch / "bicep")
        both = bicep.of_both(CHECKOV[0], copy, self.scratch / "bicep-of-both")
        rows = []
        for name, target in (("bicep", copy), ("bicep that both read", both)):
            got = bicep.compared(
                CHECKOV[0], tfaudit, target, self.scratch,
                runs=1, before=self.cold, environment=self.environment,
            )  # fmt: skip
            for how in ("seconds", "cpu"):
                ours, theirs = (getattr(got[tool], how) for tool in ("tfaudit", "checkov"))
                shown = name if how == "seconds" else f"{name}, processor"
                rows.append(Row(shown, f"{ours:.2f} s", f"checkov {theirs:.2f} s", ours / theirs, 0.1, 0.1))
        return [*rows, self._again(self.modules)]

    def _again(self, repository: Path) -> Row:
        """Compare a scan of a whole repository with the cache warm with a cold one."""
        command = {"tfaudit": tfaudit(repository)}
        cold = paired(command, self.scratch, 1, self.cold, self.environment)["tfaudit"].cpu
        warm = paired(command, self.scratch, 1, environment=self.environment)["tfaudit"].cpu
        return Row("bicep rescan", f"{warm:.2f} s", f"cold {cold:.2f} s", warm / cold, 0.5, 0.2)

    def rescan(self) -> list[Row]:
        """Compare a scan after one edit, cache warm, with a cold one, in a small repository and in larger ones."""
        return [
            self._rescan(files, budget, self.runs if files < 1000 else 1)
            for files, budget in ((50, 0.9), (400, 0.5), (2000, 0.5))
        ]

    def _rescan(self, files: int, budget: float, runs: int) -> Row:
        target = self._terraform(files)
        edited = next(iter(sorted(target.rglob("part*.tf"))))
        edits = 0

        def edit() -> None:
            nonlocal edits
            edits += 1
            edited.write_text(edited.read_text() + f"# edit {edits}\n")

        cold = paired({"cold": tfaudit(target)}, self.scratch, runs, self.cold, self.environment)["cold"]
        warm = paired({"warm": tfaudit(target)}, self.scratch, runs, edit, self.environment)["warm"]
        ours, theirs = f"{warm.seconds:.2f} s", f"cold {cold.seconds:.2f} s"
        return Row(f"rescan {files} files", ours, theirs, warm.seconds / cold.seconds, budget, 0.5)

    def linear(self) -> list[Row]:
        """Compare four times the input with once, start-up taken off both."""
        targets = {str(files): tfaudit(self._terraform(files)) for files in (10, 410, 1610)}
        got = paired(targets, self.scratch, self.runs, self.cold, self.environment)
        small, large = (got[name].seconds - got["10"].seconds for name in ("410", "1610"))
        return [
            Row("linear", f"1,600 files {large:.2f} s", f"400 files {small:.2f} s", large / small, 4.8, 4.4)
        ]


BENCHMARKS: dict[str, Callable[[Bench], list[Row]]] = {
    "version": Bench.version,
    "terraform-50": Bench.terraform_50,
    "rescan": Bench.rescan,
    "kubernetes": Bench.kubernetes,
    "linear": Bench.linear,
    "terraform-2000": Bench.terraform_2000,
    "public": Bench.public,
    "bicep": Bench.bicep,
    "pack": Bench.pack,
}


def main() -> int:
    """Run the named benchmarks, or all, and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks")
    parser.add_argument("name", nargs="*", choices=[[], *BENCHMARKS])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--public", type=Path, help="a repository that has been checked out")
    parser.add_argument("--bicep", type=Path, help="a repository of Bicep that has been checked out")
    arguments = parser.parse_args()
    print(f"{'benchmark':22}{'tfaudit':>20}{'against':>22}{'ratio':>8}{'budget':>8}{'aim':>6}")
    missed = 0
    with tempfile.TemporaryDirectory(prefix="tfaudit-bench-") as scratch:
        bench = Bench(Path(scratch), arguments.runs, arguments.public, arguments.bicep)
        for name in arguments.name or BENCHMARKS:
            for row in BENCHMARKS[name](bench):
                missed += not row.kept
                word = "" if row.kept else "  MISSED"
                print(
                    f"{row.name:22}{row.ours:>20}{row.theirs:>22}{row.ratio:8.2f}{row.budget:8.2f}{row.aim:6.2f}{word}",
                    flush=True,
                )
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
