"""Regular expressions that were compiled at installation are what Python makes of them, and nobody misses them."""

from __future__ import annotations

import marshal
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tfaudit import regexes
from tfaudit.secret_shapes import HINT, SHAPES

PACKAGE = Path(regexes.__file__).parent
PATTERNS = regexes.patterns(PACKAGE, [{"condition": {"matches": "^(?:a|b)+$"}}])

PROGRAM = """
import sys
from pathlib import Path
import re
from tfaudit import regexes
from tfaudit.secret_shapes import HINT, SHAPES
before = re._compiler.compile
regexes.load(Path(sys.argv[1]))
print(re._compiler.compile is before)
found = re.compile(r"(?i)(?P<who>kept)-(\\d+)")
print(found.sub(r"\\g<who>", "KEPT-12"), found.flags, found.groups, dict(found.groupindex))
print(re.search(r"other(?=x)", "otherx") is not None)
"""


def _run(file: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_patterns_of_modules_and_policies_are_found() -> None:
    found = {pattern for pattern, _ in PATTERNS}
    assert len(found) > 150
    assert "^(?:a|b)+$" in found
    assert {HINT, SHAPES} <= found
    assert (r"^---(?=\s|$)", int(re.MULTILINE)) in PATTERNS


def test_what_is_kept_is_what_the_compiler_makes() -> None:
    """Each pattern, compiled from its kept parts, has the groups, names and flags of the pattern itself."""
    _, kept = marshal.loads(regexes.kept(PATTERNS))  # noqa: S302 - made here
    ready = re._compiler._sre.compile  # type: ignore[attr-defined]
    assert len(kept) == len(PATTERNS)
    for (pattern, flags), (all_flags, code, groups, numbers, names) in kept.items():
        words = memoryview(code).cast("I").tolist()
        parsed = re._parser.parse(pattern, flags)
        assert words == re._compiler._code(parsed, flags)  # type: ignore[attr-defined]
        again, fresh = ready(pattern, all_flags, words, groups, numbers, names), re.compile(pattern, flags)
        assert (again.pattern, again.flags, again.groups) == (fresh.pattern, fresh.flags, fresh.groups)
        assert again.groupindex == fresh.groupindex


def test_kept_patterns_are_used(tmp_path: Path) -> None:
    file = tmp_path / "regexes.bin"
    file.write_bytes(regexes.kept([(r"(?i)(?P<who>kept)-(\d+)", 0)]))
    assert _run(file) == ["False", "KEPT 34 2 {'who': 1}", "True"]


@pytest.mark.parametrize(
    "content", [None, b"", b"nothing", marshal.dumps((("other", 1, 4, 1), {})), marshal.dumps(1)]
)
def test_without_what_was_kept_all_is_compiled(tmp_path: Path, content: bytes | None) -> None:
    """There is no such file, it is damaged, or it is of another Python."""
    file = tmp_path / "regexes.bin"
    if content is not None:
        file.write_bytes(content)
    assert _run(file) == ["True", "KEPT 34 2 {'who': 1}", "True"]


def test_what_is_no_regular_expression_is_left_out() -> None:
    _, kept = marshal.loads(regexes.kept([("(", 0), ("[[a]", 0), ("a", 0)]))  # noqa: S302 - made here
    assert list(kept) == [("a", 0)]
