from tfaudit.model.resources import Place
from tfaudit.sources.text.suppressions import Comment, comment_suppressions, suppressions
from tfaudit.sources.text.yaml_comments import comments

TEXT = """\
# tfaudit:ignore cache-requires-tls, backup-retention until=2027-01-31 it moves in January
x: 1 # tfaudit:ignore *
#checkov:skip=CKV_AWS_18:the proxy logs access
y:
  - # trivy:ignore:AVD-AWS-0089:exp:2027-01-31
#tfsec:ignore:aws-s3-a tfsec:ignore:aws-s3-b
# trivy:ignore:AVD-AWS-0088[name=logs][size=1]:ws:staging it is made again
# checkov:skip=CKV_AWS_1,CKV_AWS_2   two of them
nothing: here
"""


def test_each_tool_s_comment_is_read_with_ids_reason_and_end() -> None:
    found = [
        (line, alone, s.tool, s.ids, s.reason, s.until)
        for line, alone, s in suppressions(comments(TEXT.encode()), "a.yaml")
    ]
    assert found == [
        (1, True, "tfaudit", ("cache-requires-tls", "backup-retention"), "it moves in January", "2027-01-31"),
        (2, False, "tfaudit", ("*",), "", ""),
        (3, True, "checkov", ("CKV_AWS_18",), "the proxy logs access", ""),
        (5, True, "trivy", ("AVD-AWS-0089",), "", "2027-01-31"),
        (6, True, "trivy", ("aws-s3-a",), "", ""),
        (6, True, "trivy", ("aws-s3-b",), "", ""),
        (7, True, "trivy", ("AVD-AWS-0088",), "it is made again", ""),
        (8, True, "checkov", ("CKV_AWS_1", "CKV_AWS_2"), "two of them", ""),
    ]


def test_what_trivy_narrows_a_comment_to_is_kept() -> None:
    (found,) = comment_suppressions("trivy:ignore:X-1[name=logs][size=1]:ws:staging", Place("a.tf"))
    assert (found.where, found.workspace) == ((("name", "logs"), ("size", "1")), "staging")


def test_a_place_says_where_the_comment_stands() -> None:
    [(_, _, suppression)] = suppressions([Comment(2, 7, "# tfaudit:ignore a b", False)], "m/a.tf")
    assert str(suppression.place) == "m/a.tf:2:7"


def test_a_text_without_markers_has_none() -> None:
    assert not suppressions(comments(b"# a comment\nignore: 1\n"), "a.yaml")


def test_comments_before_a_fault_count_and_what_is_behind_it_does_not() -> None:
    text = b'# tfaudit:ignore a why\nx: 1\ny: "open\n# tfaudit:ignore b why\n'
    assert [s.ids for _, _, s in suppressions(comments(text), "a.yaml")] == [("a",)]
