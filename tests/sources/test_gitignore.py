"""Patterns match what git itself says they match: git is the oracle, over patterns and paths made at random."""

from __future__ import annotations

import random
import re
import subprocess
import time
from pathlib import Path

import pytest

from tfaudit.sources.tree.gitignore import Patterns, Result

WRITTEN = (  # noqa: SIM905
    r"*.tf /a a/ a/b **/b a/** a/**/b ** * !a !a/b.tf #a \#a \!a ! / // a\ \\ a\ [ab] [!ab] [^a]* [a-c].tf []a] []-] [a"
    r" [[:alpha:]] [[:digit:]b]x [[:no:]] ? a? a*b*c *a*b **/a/** a**b **a /**/b /*/b b/*.tf \a [\]] a//b **/ x/**/ a/*"
    r" !*/ */ a\* [a- [z-a] *.t? *[!.]f a/**/**/b *** a/***/b"
).split(" ")
WRITTEN += ["a ", r"a\ "]
PATHS = (  # noqa: SIM905
    "a b x ab abc a.tf b.tf c.tf a/b a/b.tf a/x/b a/x/y/b b/a/b x/a x/b/a.tf #a !a a* ] - 1 1x bx a/a a/a/b x/a/b/c.tf"
    " axxb a-b a/x-y/b z .f A"
).split(" ")
# What git makes of two stars beside something else differs from what it documents, and from run to run.
_ODD = re.compile(r"[^/*]\*\*+(?:/|$)|(?:^|/)\*\*+[^/*]|[^/*]\*\*+[^/*]")


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return one in which no path is there, so that each counts as a file, and one for folders."""
    made = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("folders")
    for folder in made:
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return made


def as_git_says(
    repositories: tuple[Path, Path], lines: list[str], paths: list[str]
) -> dict[tuple[str, bool], bool]:
    """Return for each path, as a file and as a folder, whether git leaves it out."""
    found: dict[tuple[str, bool], bool] = {}
    for repository, folder in zip(repositories, (False, True), strict=True):
        (repository / ".gitignore").write_text("\n".join(lines) + "\n")
        for path in paths if folder else ():
            (repository / path).mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["git", "check-ignore", "--no-index", "--verbose", "--non-matching", "--stdin", "-z"],
            cwd=repository,
            input="\0".join(paths),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        fields = done.stdout.split("\0")
        told = list(zip(fields[2::4], fields[3::4], strict=False))
        assert len(told) == len(paths), done.stderr
        found |= {(path, folder): bool(by) and not by.startswith("!") for by, path in told}
    return found


def ours(lines: list[str], paths: list[str]) -> dict[tuple[str, bool], bool]:
    patterns = Patterns.from_lines(lines)
    return {
        (path, folder): bool(patterns.check_file(path + "/" * folder).include)
        for folder in (False, True)
        for path in paths
    }


@pytest.mark.parametrize("line", WRITTEN)
def test_each_pattern_matches_what_git_says(line: str, repositories: tuple[Path, Path]) -> None:
    assert ours([line], PATHS) == as_git_says(repositories, [line], PATHS)


@pytest.mark.parametrize("seed", range(40))
def test_several_patterns_together_match_what_git_says(seed: int, repositories: tuple[Path, Path]) -> None:
    chosen = random.Random(seed)  # noqa: S311 - the same at every run
    pieces = ["a", "b", "x", "*", "**", "?", ".tf", "/", "/", "[ab]", "[!a]", "\\*", "-"]
    lines = chosen.sample(WRITTEN, 3)
    lines += ["".join(chosen.choices(pieces, k=chosen.randint(1, 6))) for _ in range(5)]
    lines += [f"!{each}" for each in chosen.sample(lines, 2) if not each.startswith(("!", "#"))]
    lines = [each for each in lines if not _ODD.search(each)]
    chosen.shuffle(lines)
    names = ["a", "b", "x", "ab", "a.tf", "-"]
    paths = ["/".join(chosen.choices(names, k=chosen.randint(1, 5))) for _ in range(60)]
    paths = list(dict.fromkeys(paths))

    assert ours(lines, paths) == as_git_says(repositories, lines, paths), lines


def test_the_index_tells_which_line_it_was() -> None:
    patterns = Patterns.from_lines(["# keys", "*.pem", "", "!public.pem"])

    assert patterns.check_file("x/private.pem") == Result(True, 1)
    assert patterns.check_file("x/public.pem") == Result(False, 3)
    assert patterns.check_file("x/main.tf") == Result(None, None)
    assert patterns.patterns[3].pattern == "!public.pem"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("*a" * 100 + "b", "a" * 4000),
        ("[a]*" * 100 + "b", "a" * 255),
        ("**/a/" * 200 + "b", "a/" * 1000 + "c"),
        ("a/**/" * 200 + "b", "a/" * 1000 + "c"),
        ("[" * 4000, "a"),
        ("*" * 100_000, "a/b"),
    ],
)
def test_no_pattern_takes_long(line: str, path: str) -> None:
    patterns = Patterns.from_lines([line])
    start = time.process_time()

    assert not patterns.check_file(path).include
    assert time.process_time() - start < 20
