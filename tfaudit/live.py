"""The pipeline over what runs: an account's or a cluster's API in, verdicts out."""

from __future__ import annotations

from tfaudit.calls import Listing
from tfaudit.resources import Unread
from tfaudit.scan import Observed, Options, conclude, kept, now
from tfaudit.services.registry import Registry
from tfaudit.sources.live.aws_session import Target
from tfaudit.verdicts import Scanned, ScanResult


def listings(options: Options) -> list[Listing]:
    """Return the AWS calls that the policies in force need, and no others."""
    from tfaudit.services.needs import calls

    registry = Registry([each / "services" for each in options.plugins])
    return calls(registry, "aws", options.policies.kinds, options.policies.settings)


def aws(options: Options, target: Target) -> ScanResult:
    """Return the verdicts on an AWS account. Read calls only; one that is denied shows as unread or unknown.

    Raises `UnreachableError` where no credentials are found, they do not hold, or nobody answers.
    """
    from tfaudit.sources.live.aws import connect

    started = now()
    account = connect(target)
    unread: list[Unread] = []
    resources = list(kept(account.collect(listings(options)), unread))
    scanned = Scanned(f"aws:{account.id}", "live", account.arn)
    return conclude(Observed(resources, unread, scanned, started), options)
