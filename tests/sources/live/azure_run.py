"""Runs a live scan of the stand-in for Azure, in this process."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.servers.azure_in_process import Credential, transport
from tfaudit.data import folder
from tfaudit.model.resources import Resource, Unread
from tfaudit.model.verdicts import Scanned
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.live import azure as scanned
from tfaudit.pipeline.live import azure_types, entra_types
from tfaudit.pipeline.options import Options
from tfaudit.policies.load import PolicySet, read_folder
from tfaudit.sources.live.azure import connect
from tfaudit.sources.live.azure.session import AzureTarget

if TYPE_CHECKING:
    import pytest

    from tests.servers.azure import Azure
    from tfaudit.clock import Clock
    from tfaudit.model.result import ScanResult
    from tfaudit.model.verdicts import Policy

TEMPLATES = Path(__file__).parent / "azure_templates"
EVERY = read_folder(folder("policies"))
OF_CODE_ONLY = frozenset(
    {
        "cluster-password-not-inline",
        "database-password-not-inline",
        "instance-password-not-inline",
        "secret-not-inline",
        "vpn-shared-key-not-inline",
        "web-app-authentication",  # what states it is given to who may change the app alone
        "web-app-no-inline-secrets",
    }
)
"""Policies on what stands in code: no answer of Azure's holds a password or the value of a secret."""

Verdicts = dict[tuple[str, str], str]


def signed_in(state: Azure, patch: pytest.MonkeyPatch) -> None:
    """Have the environment of a sign-in to the stand-in, and nothing of the developer's own."""
    for name, value in state.environment().items():
        patch.setenv(name, value)


def run(
    state: Azure, *, policies: list[Policy] | None = None, clock: Clock | None = None, **given: Any
) -> ScanResult:
    """Return the result of `tfaudit live azure` on the stand-in."""
    target = AzureTarget(endpoint=state.url, **{"authority": state.url, "threads": 4, "attempts": 1, **given})
    return scanned(Options(PolicySet(policies or EVERY), clock=clock), target)


class Looking:
    """Looks at the stand-in again and again, within this process: all but the wire is as in `run`."""

    def __init__(self, state: Azure, policies: list[Policy] | None = None) -> None:
        """Look for what `policies` need, or all that there are."""
        self._target = AzureTarget(endpoint=state.url, threads=4, attempts=1)
        self._options = Options(PolicySet(policies or EVERY))
        self._needs = azure_types(self._options), entra_types(self._options)
        self._given = Credential(state), transport(state)

    def look(self) -> ScanResult:
        """Return the verdicts, and what was not read."""
        found = list(connect(self._target, None, *self._given).collect(*self._needs))
        resources = [each for each in found if isinstance(each, Resource)]
        unread = [each for each in found if isinstance(each, Unread)]
        return conclude(Observed(resources, unread, Scanned("azure", "live", ""), now()), self._options)


def verdicts(result: ScanResult) -> Verdicts:
    """How each policy came out for each asset."""
    return {(each.policy.id, each.asset.address): each.outcome.value for each in result.verdicts}


def outcomes(result: ScanResult) -> Counter[str]:
    """How many verdicts there are of each outcome."""
    return Counter(each.outcome.value for each in result.verdicts)


def gaps(result: ScanResult) -> list[str]:
    """What could not be read, each as one line."""
    return [f"{each.place}: {each.because}; {each.settle_with}" for each in result.unread]
