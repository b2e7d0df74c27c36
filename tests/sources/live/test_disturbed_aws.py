"""Each type of call to an account disturbed in turn: no verdict comes out otherwise than it would, but as unknown."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.aws import REGION, Aws
from tests.servers.aws import aws as running_aws
from tests.servers.aws_disturbed import DISTURBANCES, Recorded
from tests.terraform_in_moto.apply import apply
from tfaudit.data import folder
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.verdicts import Outcome, Scanned
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.live import listings
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.sources.live.aws import connect
from tfaudit.sources.live.aws.session import Session, Target

ESTATE = Path(__file__).parents[3] / "examples" / "estate"
ROOTS = ("sound/terraform/aws", "faulty/terraform/aws")

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("disturbed_aws")]

SAYS_NOTHING = {"sqs.ListQueues", "wafv2.GetWebACLForResource"}
"""`{}` is what these say where there is no queue, and no web ACL: nobody can tell that from an answer that is none."""
WHO_AND_WHERE = {"sts.GetCallerIdentity", "ec2.DescribeRegions"}
"""Without an answer to the first there is no scan; the second is not asked for verdicts where regions are named."""

Key = tuple[str, str, str]
"""A policy, a kind, and the asset's address."""


class Judged:
    """One look at the account: the outcomes of each policy on each asset, and what was not read."""

    def __init__(self, found: list[Resource | Unread], options: Options) -> None:
        resources = [each for each in found if isinstance(each, Resource)]
        unread = [each for each in found if isinstance(each, Unread)]
        observed = Observed(resources, unread, Scanned("aws", "live", ""), now())
        self.outcomes: dict[Key, Counter[Outcome]] = {}
        for each in conclude(observed, options).verdicts:
            key = (each.policy.id, each.asset.kind, each.asset.address)
            self.outcomes.setdefault(key, Counter())[each.outcome] += 1
        self.gaps = {f"{each.place}: {each.because}" for each in unread}


class Looking:
    """Looks at one account again and again; what was asked before comes from memory."""

    def __init__(self) -> None:
        self.recorded = Recorded()
        self.target = Target((REGION,), threads=4, attempts=1)
        self.session = Session(self.target, self.recorded.send)
        self.options = Options(PolicySet(read_folder(folder("policies"))))
        self.listings = listings(self.options)

    def look(self) -> Judged:
        account = connect(self.target, session=self.session)
        return Judged(list(account.collect(self.listings)), self.options)


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    known = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}
    with running_aws(tmp_path_factory.mktemp("moto"), {**os.environ, **known}) as server:
        yield server


@pytest.mark.parametrize("root", ROOTS)
def test_a_disturbed_call_changes_no_verdict_but_to_unknown(
    root: str, account: Aws, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in account.environment.items():
        monkeypatch.setenv(name, value)
    account.reset()
    apply(ESTATE / root, account)
    looking = Looking()
    undisturbed = looking.look()
    assert looking.look().outcomes == undisturbed.outcomes
    calls = sorted(looking.recorded.operations - WHO_AND_WHERE)
    wrong, tried = [], 0
    for call in calls:
        for name, disturbance in DISTURBANCES.items():
            if name == "hollow" and call in SAYS_NOTHING:
                continue
            looking.recorded.disturb(call, disturbance)
            tried += 1
            wrong += [f"{call}, {name}: {each}" for each in differences(undisturbed, looking.look())]
    assert wrong == []
    assert len(calls) > 60
    assert tried > 300


def differences(before: Judged, after: Judged) -> Iterator[str]:
    """Yield each verdict that is not as before, and not unknown; one that is gone must leave a word, or an unknown."""
    told = after.gaps - before.gaps
    unknown = {
        (policy, kind, address.partition("#")[0])
        for (policy, kind, address), outcomes in after.outcomes.items()
        if set(outcomes) == {Outcome.UNKNOWN}
    }
    for key in before.outcomes.keys() | after.outcomes.keys():
        was, is_ = before.outcomes.get(key, Counter()), after.outcomes.get(key, Counter())
        if set(is_) - set(was) - {Outcome.UNKNOWN}:
            yield f"{key} was {dict(was)} and is {dict(is_)}"
        policy, kind, address = key
        if not is_ and not told and (policy, kind, address.partition("#")[0]) not in unknown:
            yield f"{key} was {dict(was)} and is gone without a word"
