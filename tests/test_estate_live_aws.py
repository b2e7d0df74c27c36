"""The example estate in an AWS account: code and account get equal verdicts for everything that both show.

The account is moto's; tests/terraform_in_moto and tests/cloudformation_in_moto make in it what the code declares.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from tests.cloudformation_in_moto import deploy
from tests.commands import tfaudit
from tests.servers.aws import REGION, Aws
from tests.servers.aws import aws as running_aws
from tests.terraform_in_moto.apply import apply
from tfaudit.data import folder
from tfaudit.model.resources import Resource
from tfaudit.model.verdicts import Policy, Scanned
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.live import listings
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.services.needs import asked_for
from tfaudit.sources.live.aws import connect
from tfaudit.sources.live.aws.collect import joined
from tfaudit.sources.live.aws.session import Target

ESTATE = Path(__file__).parents[1] / "examples" / "estate"
ROOTS = ("sound/terraform/aws", "faulty/terraform/aws", "sound/cloudformation", "faulty/cloudformation")

# One process makes the account once for all tests of a root.
pytestmark = [pytest.mark.server, pytest.mark.xdist_group("estate_in_moto")]

Report = dict[str, Any]
Verdicts = dict[tuple[str, str], str]


class Planes(NamedTuple):
    """The reports on one root's code, and on the account that has it."""

    root: str
    code: Report
    live: Report


MOTO_ANSWERS_NOT = "elasticache.describe_serverless_caches eu-west-1"
"""The one call that moto does not implement: so the scan is incomplete, and says so."""
NOT_THERE_IN_MOTO = "rds.describe_option_groups eu-west-1"
"""Databases name AWS's own option groups, which moto does not have."""

# Where the planes differ, and why: by root, policy and the end of the key. Everything else is equal.
NO_COPIES = "moto does not copy automated backups to another region"
ONE_ZONE = "moto says that a cluster is in one zone, wherever its instances are"
OPENED = "moto opens every node group that does not ask for it"
USED_LATER = "code does not tell how old a key is, nor who uses it"
DELIVERED = "of an account it is not read which balancers deliver their logs to a bucket"
UNPROTECTED = "moto keeps no protection of clusters against deletion"
DIFFERENT = {
    "sound/terraform/aws": {
        ("deletion-protection", "cluster/directory-production"): UNPROTECTED,
        ("database-geo-backup", "db/directory-production-audit"): NO_COPIES,
        ("database-geo-backup", "db/directory-production-directory"): NO_COPIES,
        ("database-multi-zone", "cluster/directory-production-reports"): ONE_ZONE,
        ("node-pool-no-open-remote-access", "cluster/directory-production/nodegroup/backend"): OPENED,
    },
    "faulty/terraform/aws": {
        ("deletion-protection", "cluster/directory-production"): UNPROTECTED,
        ("access-key-rotated", "user/directory-production-batch"): USED_LATER,
        ("identity-in-use", "user/directory-production-batch"): USED_LATER,
        ("object-store-customer-managed-key", "bucket/directory-production-logs"): DELIVERED,
        ("backup-retention", "cluster/directory-production-reports"): "code has a variable without a value",
        (
            "database-customer-managed-key",
            "cluster/directory-production-reports",
        ): "moto names a key that is not there",
        ("database-multi-zone", "cluster/directory-production-reports"): ONE_ZONE,
    },
    "sound/cloudformation": {
        ("database-geo-backup", "db/directory-production-directory"): NO_COPIES,
    },
    "faulty/cloudformation": {
        (
            "object-store-versioned",
            "bucket/directory-production-photos",
        ): "code has a parameter without a value",
    },
}
OF_CODE_ONLY = {
    "cache-password-not-inline": "no answer holds a password",
    "database-password-not-inline": "no answer holds a password",
    "secret-not-inline": "no answer holds a secret's value",
    "secret-recovery-window": "the window is chosen when a deletion is asked for",
}
"""What an account does not tell: there these policies do not apply."""

ENOUGH = {"terraform/aws": 250, "cloudformation": 80}
"""How many verdicts both planes have at least."""


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    """An account of this module's own: with AWS's managed policies, which roles attach, and without its images."""
    known = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
    with running_aws(tmp_path_factory.mktemp("moto"), {**os.environ, **known}) as server:
        yield server


@cache
def scanned(folder: Path) -> Report:
    done = tfaudit("scan", folder, "-o", "json", cwd=ESTATE)
    return dict(json.loads(done.stdout))


def seen(account: Aws, folder: Path) -> Report:
    """The report of `tfaudit live aws` on the account."""
    done = tfaudit(
        "live", "aws", "--region", REGION, "-o", "json", cwd=folder, environment=account.environment
    )
    assert done.returncode in (1, 3), done.stderr
    return dict(json.loads(done.stdout))


def outcomes(report: Report) -> Verdicts:
    """How each policy came out for each key that is known."""
    found: Verdicts = {}
    for each in report["verdicts"]:
        if each["asset"]["key"]:
            found[each["policy"], each["asset"]["key"]] = each["outcome"]
    return found


def different(code: Verdicts, live: Verdicts) -> dict[tuple[str, str], tuple[str, str]]:
    """Both outcomes where they are not the same, by policy and key without service (`db/orders`)."""
    return {
        (policy, key.split(":", 2)[2]): (code[policy, key], live[policy, key])
        for policy, key in code
        if (policy, key) in live and code[policy, key] != live[policy, key] and policy not in OF_CODE_ONLY
    }


@pytest.fixture(scope="module", params=ROOTS)
def planes(request: pytest.FixtureRequest, account: Aws, tmp_path_factory: pytest.TempPathFactory) -> Planes:
    """What a root gives, in code and in the account."""
    folder = ESTATE / request.param
    account.reset()
    make = deploy if request.param.endswith("cloudformation") else apply
    make(folder, account)
    return Planes(request.param, scanned(folder), seen(account, tmp_path_factory.mktemp("live")))


def test_code_and_account_agree_on_everything_that_both_show(planes: Planes) -> None:
    code, live = outcomes(planes.code), outcomes(planes.live)
    found = different(code, live)
    assert {one: how for one, how in found.items() if one not in DIFFERENT[planes.root]} == {}
    assert set(found) == set(DIFFERENT[planes.root]), "a reason that no longer holds"
    assert len(code.keys() & live.keys()) >= ENOUGH[planes.root.partition("/")[2]]


def test_what_only_code_can_show_is_not_asked_of_the_account(planes: Planes) -> None:
    found = {how for (policy, _), how in outcomes(planes.live).items() if policy in OF_CODE_ONLY}
    assert found == {"not_applicable"}


def test_every_key_that_code_tells_is_found_in_the_account(planes: Planes) -> None:
    declared, observed = ({key for _, key in outcomes(each)} for each in (planes.code, planes.live))
    assert declared - observed == set()


def test_a_finding_has_one_id_on_both_planes(planes: Planes) -> None:
    code, live = (
        {
            (each["policy"], each["asset"]["key"], each["setting"]): each["fact"]
            for each in plane["verdicts"]
            if each["outcome"] == "fail" and each["asset"]["key"]
        }
        for plane in (planes.code, planes.live)
    )
    both = code.keys() & live.keys()
    assert {one: code[one] for one in both} == {one: live[one] for one in both}
    assert both or planes.root.startswith("sound")


def test_what_the_account_does_not_answer_makes_the_scan_incomplete(planes: Planes) -> None:
    gaps = {gap["place"]["origin"] for gap in planes.live["unread"]}
    assert gaps - {NOT_THERE_IN_MOTO} == {MOTO_ANSWERS_NOT}
    assert not planes.live["summary"]["complete"]


def test_a_policy_alone_says_what_it_says_among_all(
    planes: Planes, account: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the calls that chosen policies need are made: leaving out the others must not change a verdict."""
    for name, value in account.environment.items():
        monkeypatch.setenv(name, value)
    every = read_folder(folder("policies"))
    needed = joined(listings(Options(PolicySet(every))))
    resources = [
        each for each in connect(Target(regions=(REGION,))).collect(needed) if isinstance(each, Resource)
    ]
    together = verdicts(resources, every)
    for policy in every:
        asked = asked_for_alone(resources, policy)
        assert verdicts(asked, [policy]) == {one: how for one, how in together.items() if one[0] == policy.id}


def asked_for_alone(resources: list[Resource], policy: Policy) -> list[Resource]:
    asked = {each.type: each for each in joined(listings(Options(PolicySet([policy]))))}
    return [
        replace(each, body=asked_for(each.body, asked[each.type].details))
        for each in resources
        if each.type in asked
    ]


def verdicts(resources: list[Resource], policies: list[Policy]) -> Counter[tuple[str, str, str, str]]:
    observed = Observed(resources, [], Scanned("aws", "live", ""), now())
    found = conclude(observed, Options(PolicySet(policies))).verdicts
    return Counter((each.policy.id, each.asset.address, each.setting, each.outcome.value) for each in found)
