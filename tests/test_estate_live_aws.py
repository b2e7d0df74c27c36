"""The example estate in an AWS account: code and account get equal verdicts for everything that both show.

The Terraform is made in moto by tests/terraform_in_moto, a CloudFormation stack by moto's own CloudFormation.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.commands import tfaudit
from tests.servers.aws import REGION, Aws
from tests.servers.aws import aws as running_aws
from tests.terraform_in_moto.apply import apply

ESTATE = Path(__file__).parents[1] / "examples" / "estate"
VARIANTS = ("sound", "faulty")

Verdicts = dict[tuple[str, str], str]

MOTO_ANSWERS_NOT = "elasticache.describe_serverless_caches eu-west-1"
"""The one call that moto does not implement: so the scan is incomplete, and says so."""

# Where the planes may differ, and why. Everything else is equal.
NOT_SEEN_LIVE = {
    "database-password-not-inline": "no answer holds a password: only the code shows one",
    "secret-not-inline": "no answer holds a secret's value: only the code shows one",
    "secret-recovery-window": "the window is chosen when a deletion is asked for, and stands in code only",
}
NOT_IN_MOTO = {
    "database-geo-backup": "moto does not copy automated backups to another region",
    "database-multi-zone": "moto says a cluster is in one zone, whatever its instances are",
    "node-pool-no-open-remote-access": "moto opens remote access to every node group that does not ask for it",
}
SAID_IN_CODE_ONLY = {
    "object-store-customer-managed-key": "the waiver is a comment in the code",
    "backup-retention": "the code has a variable without a value; moto was given none either, and has its own default",
    "database-customer-managed-key": "moto names a default key that does not exist, so nobody can say whose it is",
}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """An account of this module's own: with AWS's managed policies, which roles attach, and without its images."""
    known = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
    with running_aws(tmp_path_factory.mktemp("moto"), {**os.environ, **known}) as server:
        yield server


@cache
def scanned(folder: Path) -> dict[str, Any]:
    done = tfaudit("scan", folder, "-o", "json", cwd=ESTATE)
    return dict(json.loads(done.stdout))


def seen(account: Aws, folder: Path) -> dict[str, Any]:
    """The report of `tfaudit live aws` on the account."""
    done = tfaudit(
        "live", "aws", "--region", REGION, "-o", "json", cwd=folder, environment=account.environment
    )
    assert done.returncode in (1, 3), done.stderr
    return dict(json.loads(done.stdout))


def outcomes(report: dict[str, Any]) -> Verdicts:
    """How each policy came out for each key that is known."""
    found: Verdicts = {}
    for each in report["verdicts"]:
        if each["asset"]["key"]:
            found[each["policy"], each["asset"]["key"]] = each["outcome"]
    return found


def different(code: Verdicts, live: Verdicts) -> dict[tuple[str, str], tuple[str, str]]:
    return {one: (code[one], live[one]) for one in code if one in live and code[one] != live[one]}


@pytest.fixture(scope="module", params=VARIANTS)
def planes(
    request: pytest.FixtureRequest, account: Aws, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the Terraform of a variant gives, in code and in the account."""
    folder = ESTATE / request.param / "terraform" / "aws"
    account.reset()
    apply(folder, account)
    return scanned(folder), seen(account, tmp_path_factory.mktemp("live"))


def test_code_and_account_agree_on_everything_that_both_show(
    planes: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    code, live = map(outcomes, planes)
    expected = {**NOT_SEEN_LIVE, **NOT_IN_MOTO, **SAID_IN_CODE_ONLY}
    assert {one: how for one, how in different(code, live).items() if one[0] not in expected} == {}
    assert len(code.keys() & live.keys()) > 250


def test_every_key_that_code_tells_is_found_in_the_account(
    planes: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    declared, observed = ({key for _, key in outcomes(each)} for each in planes)
    assert declared - observed == {"aws:sqs:queue/directory-production-jobs/policy"}  # queues are not asked for


def test_the_same_fact_has_one_id_on_both_planes(planes: tuple[dict[str, Any], dict[str, Any]]) -> None:
    facts = [
        {
            (each["policy"], each["asset"]["key"]): each["fact"]
            for each in plane["verdicts"]
            if each["outcome"] == "fail" and each["asset"]["key"]
        }
        for plane in planes
    ]
    both = facts[0].keys() & facts[1].keys()
    assert [one for one in both if facts[0][one] != facts[1][one]] == []


def test_what_the_account_does_not_answer_makes_the_scan_incomplete(
    planes: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    _, live = planes
    assert [gap["place"]["origin"] for gap in live["unread"]] == [MOTO_ANSWERS_NOT]
    assert not live["summary"]["complete"]
