"""Every report of a live scan, and the bundle, say what was looked at and what was not."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_live_endings import environment
from tests.commands import tfaudit
from tests.servers.aws_answers import answering, refused, told

NAMES = ("a", "b", "c")
BUCKETS = "".join(
    f"<Bucket><Name>{name}</Name><BucketRegion>eu-west-1</BucketRegion></Bucket>" for name in NAMES
)
REGIONS = "".join(
    f"<item><regionName>{name}</regionName><optInStatus>{status}</optInStatus></item>"
    for name, status in (
        ("eu-west-1", "opt-in-not-required"),
        ("us-east-1", "opted-in"),
        ("me-south-1", "not-opted-in"),
    )
)
SAID = {
    "DescribeRegions": told(
        f"<DescribeRegionsResponse><regionInfo>{REGIONS}</regionInfo></DescribeRegionsResponse>"
    ),
    "/": told(f"<ListAllMyBucketsResult><Buckets>{BUCKETS}</Buckets></ListAllMyBucketsResult>"),
    **{f"/{name}?versioning": told("<VersioningConfiguration/>") for name in NAMES},
    **{f"/{name}?object-lock": refused("ObjectLockConfigurationNotFoundError", status=404) for name in NAMES},
    "/c?versioning": refused("AccessDenied"),
}
FORMATS = {
    "text": "report.txt",
    "json": "report.json",
    "html": "report.html",
    "markdown": "report.md",
    "sarif": "report.sarif",
    "junit": "report.xml",
    "bundle": "report.zip",
}
SENTENCES = (
    "looked at aws:123456789012 as arn:aws:sts::123456789012:assumed-role/audit/ci: regions eu-west-1; not at 1 more",
    "that are enabled: us-east-1",
    "9 calls of 3 services (ec2, s3, sts): 8 answered; 1 denied",
    "2 of 3 things that were listed were seen whole (66 %)",
    "of 3 calls s3.get_bucket_versioning, 1 denied: the call is not allowed",
    "never asked: what is inside of buckets",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every report of one scan."""
    folder = tmp_path_factory.mktemp("coverage")
    outputs = [word for name, file in FORMATS.items() for word in ("-o", f"{name}={file}")]
    with answering(**SAID) as answers:
        done = tfaudit(
            "live", "aws", "--policy", "object-store-versioned", "--region", "eu-west-1", *outputs,
            cwd=folder, environment=environment(answers.url),
        )  # fmt: skip
    assert done.returncode == 1, done.stderr
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_says_what_was_looked_at(folder: Path, name: str) -> None:
    file = folder / FORMATS[name]
    if name == "bundle":
        with zipfile.ZipFile(file) as bundle:
            text = bundle.read("run.json").decode()
            (coverage,) = json.loads(bundle.read("coverage.json"))
        assert coverage["calls"] == {"wanted": 9, "answered": 8, "denied": 1, "failed": 0, "left": 0}
    else:
        text = file.read_text()
    for sentence in SENTENCES:
        assert sentence in text.replace("\\", ""), sentence


def test_the_statement_in_json_is_complete(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text())
    (coverage,) = report["coverage"]
    assert coverage["looked_at"] == ["eu-west-1"]
    assert coverage["left_out"] == ["us-east-1"]
    assert coverage["all_parts_known"] is True
    assert coverage["services"] == ["ec2", "s3", "sts"]
    assert coverage["population"] == [{"type": "s3.list_buckets", "listed": 3, "whole": 2}]
    calls = {each["call"]: (each["wanted"], each["answered"], each["denied"]) for each in coverage["asked"]}
    assert calls == {
        "ec2.describe_regions": (1, 1, 0),
        "s3.get_bucket_versioning": (3, 2, 1),
        "s3.get_object_lock_configuration": (3, 3, 0),
        "s3.list_buckets": (1, 1, 0),
        "sts.get_caller_identity": (1, 1, 0),
    }


def test_the_page_has_a_row_for_each_call(folder: Path) -> None:
    page = (folder / "report.html").read_text()
    assert "What was asked of aws:123456789012" in page
    assert "s3.get_object_lock_configuration</th>" in page


def test_all_regions_are_those_that_are_enabled(tmp_path: Path) -> None:
    with answering(**SAID) as answers:
        done = tfaudit(
            "live", "aws", "--policy", "object-store-versioned", "--region", "all", "-o", "json",
            cwd=tmp_path, environment=environment(answers.url),
        )  # fmt: skip
    (coverage,) = json.loads(done.stdout)["coverage"]
    assert (coverage["looked_at"], coverage["left_out"]) == (["eu-west-1", "us-east-1"], [])
