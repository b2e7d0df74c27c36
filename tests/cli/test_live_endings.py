"""A live scan that is interrupted, or runs out of time, ends in order: with what it has seen, and what it has not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.commands import tfaudit
from tests.servers.aws_answers import answering, refused, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.servers.aws_answers import Answer

BUCKETS = 60
LIST = "".join(
    f"<Bucket><Name>b{number}</Name><BucketRegion>eu-west-1</BucketRegion></Bucket>"
    for number in range(BUCKETS)
)
SAID = f"<ListAllMyBucketsResult><Buckets>{LIST}</Buckets></ListAllMyBucketsResult>"
KEPT = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
OPTIONS = ("--policy", "object-store-versioned", "--region", "eu-west-1", "--threads", "2", "-o", "json")


@pytest.fixture(scope="module")
def slowness(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How many times slower than by itself the machine is, since it does other things as well; at least 1."""
    folder = tmp_path_factory.mktemp("slowness")
    started = time.monotonic()
    tfaudit("policies", "list", cwd=folder)
    return max(1.0, time.monotonic() - started)


def environment(url: str) -> dict[str, str]:
    """An account that is the stand-in at `url`."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def account(seconds: Callable[[int], float]) -> dict[str, Answer]:
    """What an account with sixty buckets says, of each bucket after some seconds by the number of those before it."""
    asked: list[int] = []

    def versioning(_: Mapping[str, str]) -> tuple[int, str]:
        asked.append(1)
        time.sleep(seconds(len(asked)))
        return 200, KEPT

    said: dict[str, Answer] = {"/": told(SAID)}
    for number in range(BUCKETS):
        said[f"/b{number}?versioning"] = versioning
        said[f"/b{number}?object-lock"] = refused("ObjectLockConfigurationNotFoundError", status=404)
    return said


def hangs(after: int) -> Callable[[int], float]:
    return lambda number: 0 if number <= after else 60


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_scan_reports_what_it_has_seen(
    tmp_path: Path, number: signal.Signals, code: int, slowness: float
) -> None:
    with answering(**account(hangs(20))) as answers:
        clean = {**os.environ, **environment(answers.url), "TFAUDIT_CACHE": "", "HOME": str(tmp_path)}
        command = [sys.executable, "-m", "tfaudit", "live", "aws", *OPTIONS]
        scan = subprocess.Popen(
            command, cwd=tmp_path, env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            wait_for(lambda: sum(answers.asked[f"/b{each}?versioning"] for each in range(BUCKETS)) > 20)
            interrupted = time.monotonic()
            scan.send_signal(number)
            said, complained = scan.communicate(timeout=60)
        finally:
            scan.kill()
            scan.communicate()
        took = time.monotonic() - interrupted
    report = json.loads(said)

    assert scan.returncode == code, complained
    assert took < 2 * slowness
    check(report, "the scan was interrupted")


def test_a_scan_whose_time_is_up_reports_what_it_has_seen(tmp_path: Path, slowness: float) -> None:
    seconds = min(60, round(12 * slowness))
    with answering(**account(hangs(20))) as answers:
        done = tfaudit(
            "live",
            "aws",
            *OPTIONS,
            "--timeout",
            str(seconds),
            cwd=tmp_path,
            environment=environment(answers.url),
        )

    assert done.returncode == 3, done.stderr
    check(json.loads(done.stdout), f"within the {seconds} seconds that the scan may take")


def test_the_time_of_a_live_scan_can_stand_in_the_configuration(tmp_path: Path, slowness: float) -> None:
    seconds = min(60, round(11 * slowness))
    (tmp_path / "tfaudit.yaml").write_text(f"timeout: {seconds}\n")
    with answering(**account(hangs(20))) as answers:
        done = tfaudit("live", "aws", *OPTIONS, cwd=tmp_path, environment=environment(answers.url))

    report = json.loads(done.stdout)
    check(report, f"within the {seconds} seconds that the scan may take")
    assert any(f"gives the whole scan {seconds} seconds" in note for note in report["run"]["notes"])


def check(report: dict[str, Any], why: str) -> None:
    """What was seen of the buckets is judged, the others are unknown, and all that tells of coverage says why.

    On a busy machine there may be no time to judge any, which is reported, too.
    """
    outcomes = {each["asset"]["name"]: each["outcome"] for each in report["verdicts"]}
    assert set(outcomes.values()) in ({"pass", "unknown"}, set())
    if outcomes:
        assert len(outcomes) == BUCKETS
        assert 18 <= list(outcomes.values()).count("pass") <= 22
    else:
        assert any("60 resources were not judged" in each["because"] for each in report["unread"])
    assert not report["summary"]["complete"]
    assert any(why in each["because"] for each in report["unread"])
    (coverage,) = report["coverage"]
    assert why in coverage["ended"]
    assert any("not everything was asked" in note for note in report["run"]["notes"])
    (versioning,) = (each for each in coverage["asked"] if each["call"] == "s3.get_bucket_versioning")
    assert versioning["left"] > 30
    assert why in versioning["because"]


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)
