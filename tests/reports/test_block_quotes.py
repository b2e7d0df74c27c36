"""A block that is parsed alone is quoted as it is where its whole file is parsed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline.files import scan
from tfaudit.reports.frames import Quotes

ESTATE = Path(__file__).parents[2] / "examples" / "estate" / "faulty"


@pytest.mark.parametrize("part", ["aws", "azure"])
def test_the_lines_are_the_same(part: str) -> None:
    result = scan(ESTATE / "terraform" / part)
    fails = [each for each in result.verdicts if each.outcome is Outcome.FAIL and each.resource.last_line]
    assert len(fails) > 10
    alone = [Quotes(result.root, result.digests).frame(each) for each in fails]
    for each in result.verdicts:
        each.asset.resource.last_line = each.resource.last_line = 0
    whole = [Quotes(result.root, result.digests).frame(each) for each in fails]
    for one, other in zip(alone, whole, strict=True):
        assert one is not None
        assert other is not None
        told = dict(other.lines)
        assert one.focus == other.focus
        assert [told.get(number, text) for number, text in one.lines] == [text for _, text in one.lines]
        assert one.text == other.text


def test_a_block_of_a_file_with_a_fault_is_not_quoted(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_ebs_volume" "a" {\n  size = 1\n}\n\nresource "x" {{{\n')
    result = scan(tmp_path)
    fails = [each for each in result.verdicts if each.outcome is Outcome.FAIL]
    assert fails
    assert all(each.resource.last_line == 0 for each in fails)
    assert all(Quotes(result.root, result.digests).frame(each) is None for each in fails)


def test_a_file_that_has_changed_since_is_not_misread(tmp_path: Path) -> None:
    text = 'resource "aws_ebs_volume" "a" {\n  size = 1\n}\n'
    (tmp_path / "main.tf").write_text(text)
    result = scan(tmp_path)
    (tmp_path / "main.tf").write_text("locals {\n  a = <<EOT\nhunter2 }\nEOT\n}\n")
    fails = [each for each in result.verdicts if each.outcome is Outcome.FAIL]
    shown = [Quotes(result.root, result.digests).frame(each) for each in fails]
    assert all("hunter2" not in text for frame in shown if frame for _, text in frame.lines)
