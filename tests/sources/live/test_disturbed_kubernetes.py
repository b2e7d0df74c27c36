"""Each list of a real cluster disturbed in turn: no verdict comes out otherwise than it would, but as unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.servers.kubernetes_disturbed import DISTURBANCES, recorded
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Outcome
from tfaudit.pipeline import live
from tfaudit.pipeline.options import Options
from tfaudit.policies.select import Choice, in_force
from tfaudit.sources.live.kubernetes.session import KubernetesTarget

if TYPE_CHECKING:
    from tests.servers.kubernetes_api import KubernetesApi

ESTATE = Path(__file__).parents[3] / "examples" / "estate"
Key = tuple[str, str, str]


def outcomes(result: ScanResult) -> dict[Key, Counter[Outcome]]:
    found: dict[Key, Counter[Outcome]] = {}
    for each in result.verdicts:
        key = (each.policy.id, each.asset.kind, each.asset.address)
        found.setdefault(key, Counter())[each.outcome] += 1
    return found


@pytest.fixture(params=["sound", "faulty"])
def variant(request: pytest.FixtureRequest, kubernetes_api: KubernetesApi) -> Iterator[str]:
    """A variant whose manifests stand in the cluster."""
    files = sorted((ESTATE / request.param / "kubernetes").glob("*.yaml"))
    files.sort(key=lambda path: path.name != "namespaces.yaml")
    kubernetes_api.apply(*files)
    yield request.param
    kubernetes_api.delete(*reversed(files))


def test_a_disturbed_list_changes_no_verdict_but_to_unknown(
    variant: str, kubernetes_api: KubernetesApi, tmp_path: Path
) -> None:
    with recorded(kubernetes_api) as cluster:
        target = KubernetesTarget(cluster.kubeconfig(tmp_path))
        options = Options(in_force(Choice()))
        undisturbed = live.kubernetes(options, target)
        before = outcomes(undisturbed)
        assert undisturbed.unread == []
        assert outcomes(live.kubernetes(options, target)) == before
        paths = [each for each in cluster.paths if each != "/version"]
        wrong = []
        for path in paths:
            for name in DISTURBANCES:
                cluster.disturb(path, name)
                after = live.kubernetes(options, target)
                wrong += [f"{path}, {name}: {each}" for each in differences(before, after)]
                if not after.unread:
                    wrong.append(f"{path}, {name}: nothing is unread")
    assert wrong == []
    assert len(paths) > 20


def differences(before: dict[Key, Counter[Outcome]], result: ScanResult) -> Iterator[str]:
    """Yield each verdict that is not as before, and not unknown; one that is gone has an unread list."""
    after = outcomes(result)
    for key in before.keys() | after.keys():
        was, is_ = before.get(key, Counter()), after.get(key, Counter())
        if set(is_) - set(was) - {Outcome.UNKNOWN}:
            yield f"{key} was {dict(was)} and is {dict(is_)}"
        if not is_ and not result.unread:
            yield f"{key} was {dict(was)} and is gone without a word"
