"""Roots that are judged while others are read come out as if all had been read first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tfaudit import documents
from tfaudit.pipeline import early
from tfaudit.pipeline.files import scan

BUCKET = 'resource "aws_s3_bucket" "{name}" {{ bucket = "{name}" }}\n'
DEPLOYMENT = """
resource "kubernetes_namespace" "shop" {
  metadata { name = "shop" }
}
"""


def said(folder: Path) -> tuple[list[dict[str, Any]], list[str]]:
    result = scan(folder)
    return [documents.verdict(each) for each in result.verdicts], [str(each.place) for each in result.unread]


def test_the_order_and_the_verdicts_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "three", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(BUCKET.format(name=name))
    (tmp_path / "three/cluster.tf").write_text(DEPLOYMENT)
    (tmp_path / "two/broken.tf").write_text('resource "aws_s3_bucket" "b" {')
    (tmp_path / "shop.yaml").write_text("apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n")
    judged: list[str] = []
    whole = early.Early._judge

    def seen(self: early.Early, members: list[Any]) -> None:
        whole(self, members)
        judged.extend(self.roots.keys() - set(judged))

    monkeypatch.setattr(early.Early, "_judge", seen)
    soon = said(tmp_path)
    assert judged == ["one", "two"]  # what a root declares of a cluster is judged with all that is of it
    monkeypatch.setattr(early.Early, "_judge", lambda self, members: None)
    assert said(tmp_path) == soon
    assert {each["asset"]["scope"] for each in soon[0]} >= {"one", "two", "three", "three#kubernetes"}
