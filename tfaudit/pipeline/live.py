"""The pipeline over what runs: an account's or a cluster's API in, verdicts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfaudit.model.calls import Listing
from tfaudit.model.resources import Unread
from tfaudit.model.verdicts import Scanned, ScanResult
from tfaudit.pipeline.claimed import kept
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.options import Options, registry_of
from tfaudit.progress import counted
from tfaudit.sources.live.aws.session import Target

if TYPE_CHECKING:
    from tfaudit.sources.live.kubernetes.session import KubernetesTarget


def listings(options: Options) -> list[Listing]:
    """Return the AWS calls that the policies in force need, and no others."""
    from tfaudit.services.needs import calls

    registry = registry_of(options)
    return calls(registry, "aws", options.policies.kinds, options.policies.settings)


def aws(options: Options, target: Target) -> ScanResult:
    """Return the verdicts on an AWS account. Read calls only; one that is denied shows as unread or unknown.

    Raises `UnreachableError` where no credentials are found, they do not hold, or nobody answers.
    """
    from tfaudit.sources.live.aws import connect

    started = now()
    account = connect(target, options.clock)
    unread: list[Unread] = []
    resources = list(counted(kept(account.collect(listings(options)), unread), "asking", options.progress))
    scanned = Scanned(f"aws:{account.id}", "live", account.arn)
    return conclude(Observed(resources, unread, scanned, started), options)


def kubernetes(options: Options, target: KubernetesTarget) -> ScanResult:
    """Return the verdicts on a Kubernetes cluster. Nothing is changed, and Secrets are not read.

    Raises `UnreachableError` where no credentials are found, they do not hold, or nobody answers.
    """
    from tfaudit.sources.live.kubernetes import connect

    started = now()
    cluster = connect(target, options.clock)
    registry = registry_of(options)
    unread: list[Unread] = []
    types = registry.reads("kubernetes", options.policies.kinds)
    resources = list(counted(kept(cluster.collect(types), unread), "asking", options.progress))
    scanned = Scanned(f"kubernetes:{cluster.name}", "live", cluster.observer)
    return conclude(Observed(resources, unread, scanned, started), options)
