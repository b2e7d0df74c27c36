"""Comments for other scanners: honoured by each name that a rule has, and told where they waive nothing."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from tests.policies.test_waiver_effects import scanned
from tfaudit.policies.checkov_types import _types
from tfaudit.policies.same_as import canonical

BUCKET = '{comment}\nresource "aws_s3_bucket" "{name}" {{\n  bucket = "{name}"\n}}\n'


def waived(folder: Path, *comments: str) -> tuple[list[str], tuple[str, ...]]:
    """Return which buckets' versioning is waived, each with its own comment above it, and the notes."""
    text = "".join(BUCKET.format(comment=each, name=f"b{at}") for at, each in enumerate(comments))
    result = scanned(folder, text)
    found = [
        each.asset.name
        for each in result.verdicts
        if each.policy.id == "object-store-versioned" and each.outcome.value == "waived"
    ]
    return found, result.notes


def test_a_rule_of_trivys_is_skipped_by_any_of_its_names(tmp_path: Path) -> None:
    found, notes = waived(
        tmp_path,
        "# trivy:ignore:AVD-AWS-0090 agreed",
        "# trivy:ignore:aws-0090 agreed",
        "# trivy:ignore:aws-s3-enable-versioning agreed",
        "# tfsec:ignore:aws-s3-enable-versioning agreed",
        "# trivy:ignore:aws-s3-* agreed",
        "# trivy:ignore:AVD-AWS-00* agreed",
        "# trivy:ignore:aws-s3-enable-bucket-logging agreed",
        "# trivy:ignore:AVD-AWS-0090[bucket=b7] agreed",
        "# trivy:ignore:AVD-AWS-0090[bucket=another] agreed",
    )
    assert found == ["b0", "b1", "b2", "b3", "b4", "b5", "b7"]
    assert [each for each in notes if "waives nothing" in each] == [
        (
            "main.tf:33: what is said to trivy of AVD-AWS-0090 waives nothing: "
            "object-store-versioned finds nothing that it covers"
        )
    ]


def test_what_waives_nothing_is_told_with_its_place(tmp_path: Path) -> None:
    found, notes = waived(
        tmp_path,
        "# checkov:skip=CKV_AWS_7:no key is here",
        "# checkov:skip=CKV_OURS_1:a rule of our own",
        "# checkov:skip=CKV_OURS_1:once more",
        "# trivy:ignore:aws-nothing-such-rule agreed",
        "# checkov:skip=CKV_AWS_21:agreed",
    )
    assert found == ["b4"]
    assert [each for each in notes if "nothing" in each] == [
        "main.tf:1: what is said to checkov of CKV_AWS_7 waives nothing: key-rotation finds nothing that it covers",
        (
            "no policy stands for these rules of checkov, and comments that skip them waive nothing: "
            "CKV_OURS_1 (main.tf:5, main.tf:9)"
        ),
        (
            "no policy stands for these rules of trivy, and comments that skip them waive nothing: "
            "aws-nothing-such-rule (main.tf:13)"
        ),
    ]


def test_names_lead_to_ids() -> None:
    assert canonical("trivy", "AVD-AWS-0090") == {"AWS-0090"}
    assert canonical("trivy", "AVD-AWS-00*") == {"AWS-00*"}
    assert canonical("trivy", "aws-s3-enable-versioning") == {"AWS-0090"}
    assert len(canonical("trivy", "aws-s3-*")) > 5
    assert canonical("checkov", "CKV_AWS_21") == {"CKV_AWS_21"}


def test_any_number_of_rules_that_nobody_has_is_looked_up_and_not_searched_for() -> None:
    """15,000 of them in one file took fifteen seconds, for each was searched for in all that is known."""
    before = process_time()
    for number in range(20_000):
        assert canonical("trivy", f"nobody-has-{number}") == {f"NOBODY-HAS-{number}"}
        assert _types(f"CKV_NOBODY_{number}") == ((), False)
    assert process_time() - before < 4
