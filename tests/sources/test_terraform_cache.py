"""Parsed roots are kept between scans, and only what changed is read again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.caches import store
from tests.sources.terraform_trees import Reading, read, write
from tfaudit.model.resources import Resource
from tfaudit.sources.terraform import hcl as terraform
from tfaudit.sources.tree.files import InputFile, Tree

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, str | bytes] = {
    "a/main.tf": 'module "m" { source = "../m" }\nresource "aws_x" "a" { v = "${var.u}" }\nvariable "u" {}\n',
    "b/main.tf": 'resource "aws_x" "b" { v = aws_x.c.arn }\n',
    "m/main.tf": 'resource "aws_x" "m" { v = 1 } # tfaudit:ignore x y\n',
}


def scan(tmp_path: Path, **options: Any) -> Reading:
    settle()
    return read(tmp_path / "tree", {}, cache=store(tmp_path), **options)


def settle() -> None:
    """Let the files be older than the scan: what is changed while it runs is not kept."""
    time.sleep(0.05)


def entries(tmp_path: Path) -> dict[str, float]:
    return {each.name: each.stat().st_mtime_ns for each in (tmp_path / "cache" / "terraform").iterdir()}


def test_a_second_scan_tells_the_same(tmp_path: Path) -> None:
    write(tmp_path / "tree", FILES)
    first = scan(tmp_path)
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
    write(tmp_path / "tree", FILES)
    scan(tmp_path)
    kept = entries(tmp_path)
    (tmp_path / "tree/m/main.tf").write_text('resource "aws_x" "m" { v = 2 }\n')
    assert scan(tmp_path).body("module.m.aws_x.m")["v"] == 2
    fresh = set(entries(tmp_path)) - set(kept)
    assert len(fresh) == 1


def test_variables_and_workspace_are_part_of_the_key(tmp_path: Path) -> None:
    write(tmp_path / "tree", FILES)
    scan(tmp_path)
    assert scan(tmp_path, variables=(("u", "told"),)).body("aws_x.a")["v"] == "told"
    (tmp_path / "tree/a/terraform.tfvars").write_text('u = "file"')
    assert scan(tmp_path).body("aws_x.a")["v"] == "file"
    (tmp_path / "tree/a/terraform.tfvars").write_text('u = "edited"')
    assert scan(tmp_path).body("aws_x.a")["v"] == "edited"


def test_damaged_and_planted_entries_are_ignored(tmp_path: Path) -> None:
    write(tmp_path / "tree", FILES)
    first = scan(tmp_path)
    for number, name in enumerate(entries(tmp_path)):
        path = tmp_path / "cache/terraform" / name
        path.write_bytes(path.read_bytes()[:-5] if number else b"planted")
    second = scan(tmp_path)
    assert set(second.resources) == set(first.resources)
    assert second.unread == first.unread


def test_what_is_changed_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    write(
        tree, {"a/main.tf": "", "b/main.tf": "", "b/terraform.tfvars": "", "c/main.tf": 'variable "u" {}\n'}
    )
    before, after = 'resource "aws_x" "b" { v = 1 }\n', 'resource "aws_x" "b" { v = 2 }\n'
    (tree / "b/main.tf").write_text(before)
    settle()
    files = [InputFile(tree, name, 10) for name in ("a/main.tf", "b/main.tf", "c/main.tf")]
    kept = Tree(tree, cache=store(tmp_path), jobs=1)
    found = terraform.read_tree(files, kept)  # the one worker has begun with the first root
    (tree / "b/main.tf").write_text(after)
    assert [each.body["v"] for each in found if isinstance(each, Resource) and each.scope == "b"] == [2]
    assert set(kept.keys) == {"a", "c"}
    (tree / "b/main.tf").write_text(before)
    assert scan(tmp_path).body("aws_x.b")["v"] == 1


def test_a_cache_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    assert read(tmp_path / "tree", FILES, cache=store(tmp_path)).body("module.m.aws_x.m") == {"v": 1}
