import pytest

from tfaudit.sources.suppressions import suppressions

TEXT = """\
# tfaudit:ignore cache-requires-tls, backup-retention until=2027-01-31 it moves in January
x = 1 // tfaudit:ignore *
#checkov:skip=CKV_AWS_18:the proxy logs access
  - # trivy:ignore:AVD-AWS-0089:exp:2027-01-31
#tfsec:ignore:aws-s3-a tfsec:ignore:aws-s3-b
/* tfaudit:ignore b why */
nothing here
"""


def test_each_tool_s_comment_is_read_with_ids_reason_and_end() -> None:
    found = [(line, alone, s.tool, s.ids, s.reason, s.until) for line, alone, s in suppressions(TEXT, "a.tf")]
    assert found == [
        (1, True, "tfaudit", ("cache-requires-tls", "backup-retention"), "it moves in January", "2027-01-31"),
        (2, False, "tfaudit", ("*",), "", ""),
        (3, True, "checkov", ("CKV_AWS_18",), "the proxy logs access", ""),
        (4, True, "trivy", ("AVD-AWS-0089",), "", "2027-01-31"),
        (5, True, "trivy", ("aws-s3-a",), "", ""),
        (5, True, "trivy", ("aws-s3-b",), "", ""),
        (6, True, "tfaudit", ("b",), "why", ""),
    ]


def test_a_place_says_where_the_comment_stands() -> None:
    [(_, _, suppression)] = suppressions("\nx = 1 # tfaudit:ignore a b", "m/a.tf")
    assert str(suppression.place) == "m/a.tf:2:7"


@pytest.mark.parametrize("until", ["soon", "2027-13-01", "tomorrow"])
def test_an_end_that_is_no_date_has_passed(until: str) -> None:
    [(_, _, suppression)] = suppressions(f"# tfaudit:ignore a until={until} reason", "a.tf")
    assert suppression.until == "0001-01-01"
    assert suppression.reason == f"until={until} is no date; reason"


def test_a_text_without_markers_has_none() -> None:
    assert suppressions("# a comment\nignore = 1\n", "a.tf") == []
