"""Parsed roots are kept between scans, and only what changed is read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.caches import store
from tests.sources.terraform_trees import Reading, read

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, str | bytes] = {
    "a/main.tf": 'module "m" { source = "../m" }\nresource "aws_x" "a" { v = "${var.u}" }\nvariable "u" {}\n',
    "b/main.tf": 'resource "aws_x" "b" { v = aws_x.c.arn }\n',
    "m/main.tf": 'resource "aws_x" "m" { v = 1 } # tfaudit:ignore x y\n',
}


def scan(tmp_path: Path, **options: Any) -> Reading:
    return read(tmp_path / "tree", {}, cache=store(tmp_path), **options)


def entries(tmp_path: Path) -> dict[str, float]:
    return {each.name: each.stat().st_mtime_ns for each in (tmp_path / "cache" / "terraform").iterdir()}


def test_a_second_scan_tells_the_same(tmp_path: Path) -> None:
    first = read(tmp_path / "tree", FILES, cache=store(tmp_path))
    kept = entries(tmp_path)
    second = scan(tmp_path)
    assert entries(tmp_path) == kept
    assert len(kept) == 2
    assert {name: dict(each.body) for name, each in second.resources.items()} == {
        name: dict(each.body) for name, each in first.resources.items()
    }
    assert (
        second.resources["module.m.aws_x.m"].suppressions == first.resources["module.m.aws_x.m"].suppressions
    )


def test_an_edit_is_seen_and_costs_its_roots_alone(tmp_path: Path) -> None:
    read(tmp_path / "tree", FILES, cache=store(tmp_path))
    kept = entries(tmp_path)
    (tmp_path / "tree/m/main.tf").write_text('resource "aws_x" "m" { v = 2 }\n')
    assert scan(tmp_path).body("module.m.aws_x.m")["v"] == 2
    fresh = set(entries(tmp_path)) - set(kept)
    assert len(fresh) == 1


def test_variables_and_workspace_are_part_of_the_key(tmp_path: Path) -> None:
    read(tmp_path / "tree", FILES, cache=store(tmp_path))
    assert scan(tmp_path, variables=(("u", "told"),)).body("aws_x.a")["v"] == "told"
    (tmp_path / "tree/a/terraform.tfvars").write_text('u = "file"')
    assert scan(tmp_path).body("aws_x.a")["v"] == "file"
    (tmp_path / "tree/a/terraform.tfvars").write_text('u = "edited"')
    assert scan(tmp_path).body("aws_x.a")["v"] == "edited"


def test_damaged_and_planted_entries_are_ignored(tmp_path: Path) -> None:
    first = read(tmp_path / "tree", FILES, cache=store(tmp_path))
    for number, name in enumerate(entries(tmp_path)):
        path = tmp_path / "cache/terraform" / name
        path.write_bytes(path.read_bytes()[:-5] if number else b"planted")
    second = scan(tmp_path)
    assert set(second.resources) == set(first.resources)
    assert second.unread == first.unread


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert read(tmp_path / "tree", FILES, cache=store(tmp_path)).body("module.m.aws_x.m") == {"v": 1}
