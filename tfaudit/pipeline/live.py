"""The pipeline over what runs: an account's or a cluster's API in, verdicts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tfaudit.clock import Clock
from tfaudit.errors import UsageError
from tfaudit.model.calls import Listing
from tfaudit.model.coverage import Coverage
from tfaudit.model.resources import Place, Resource, Unread
from tfaudit.model.result import ScanResult
from tfaudit.model.verdicts import Scanned
from tfaudit.pipeline.claimed import kept
from tfaudit.pipeline.conclude import Observed, conclude, now
from tfaudit.pipeline.coverage import sentences
from tfaudit.pipeline.options import Options, registry_of
from tfaudit.progress import counted
from tfaudit.sources.live.aws.session import Target

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfaudit.services.needs_azure import Needs
    from tfaudit.sources.live.azure.session import AzureTarget
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

    clock = options.clock or Clock(options.limits.live_seconds)
    started = now()
    account = connect(target, clock)
    seen = _observed(account.collect(listings(options)), clock, options)
    seen.scanned = Scanned(f"aws:{account.id}", "live", account.arn)
    seen.started = started
    return _concluded(seen, (account.coverage(),), clock, options)


def kubernetes(options: Options, target: KubernetesTarget) -> ScanResult:
    """Return the verdicts on a Kubernetes cluster. Nothing is changed, and Secrets are not read.

    Raises `UnreachableError` where no credentials are found, they do not hold, or nobody answers.
    """
    from tfaudit.sources.live.kubernetes import connect

    clock = options.clock or Clock(options.limits.live_seconds)
    started = now()
    cluster = connect(target, clock)
    seen = _observed(cluster.collect(object_types(options)), clock, options)
    seen.scanned = Scanned(f"kubernetes:{cluster.name}", "live", cluster.observer)
    seen.started = started
    return _concluded(seen, (cluster.coverage(),), clock, options)


def azure(options: Options, target: AzureTarget) -> ScanResult:
    """Return the verdicts on subscriptions of Azure. Read calls only; what is denied shows as unread or unknown.

    Raises `UnreachableError` where no sign-in is found, it does not hold, or nobody answers.
    """
    from tfaudit.sources.live.azure import connect

    clock = options.clock or Clock(options.limits.live_seconds)
    started = now()
    looked_at = connect(target, clock)
    seen = _observed(looked_at.collect(azure_types(options), entra_types(options)), clock, options)
    seen.scanned = Scanned(looked_at.name, "live", looked_at.observer)
    seen.started = started
    return _concluded(seen, looked_at.coverage(), clock, options)


def tls(options: Options, names: Iterable[str]) -> ScanResult:
    """Return the verdicts on the certificates that TLS endpoints show: `HOST`, `HOST:PORT`.

    Raises `UsageError` for what names no endpoint, and for more than a scan takes.
    """
    from tfaudit.sources.live.tls import MOST, collect, endpoint

    endpoints = [endpoint(each) for each in dict.fromkeys(names)]
    if len(endpoints) > MOST:
        raise UsageError(f"{len(endpoints):,} endpoints, and a scan takes {MOST:,}; scan them in parts")
    clock = options.clock or Clock(options.limits.live_seconds)
    started = now()
    seen = _observed(collect(endpoints, clock, started), clock, options)
    what = f"{len(endpoints)} endpoint{'s' if len(endpoints) != 1 else ''}"
    seen.scanned = Scanned("tls:" + ",".join(map(str, endpoints[:8])), "live", what)
    seen.started = started
    return _concluded(seen, (), clock, options)


def azure_types(options: Options) -> Needs:
    """Return the types of Azure's resources that the policies in force need, and no others."""
    from tfaudit.services.needs_azure import needs

    return needs(registry_of(options), options.policies.kinds, options.policies.settings)


def entra_types(options: Options) -> list[str]:
    """Return the types of things in a directory of Entra ID that the policies in force need."""
    registry = registry_of(options)
    found = registry.reads("entra", options.policies.kinds)
    for module in registry.services("entra"):
        for type_, settings in getattr(module, "ASKED_FOR", {}).items():
            if type_ not in found and not options.policies.settings.isdisjoint(settings):
                found.append(type_)
    return found


def object_types(options: Options) -> list[str]:
    """Return the types of Kubernetes objects that the policies in force need, and no others."""
    return registry_of(options).reads("kubernetes", options.policies.kinds)


def _observed(found: Iterable[Resource | Unread], clock: Clock, options: Options) -> Observed:
    """Return what is found, and what could not be read, in the time that there is."""
    unread: list[Unread] = []
    clock.begun()
    resources = list(counted(kept(found, unread), "asking", options.progress))
    return Observed(resources, unread, Scanned("", "live", ""), now())


def _concluded(seen: Observed, coverage: tuple[Coverage, ...], clock: Clock, options: Options) -> ScanResult:
    ended = next((each.ended for each in coverage if each.ended), "")
    if ended:
        because = f"not everything was asked: {ended}"
        seen.unread.insert(0, Unread(Place(seen.scanned.target), because, clock.settle_with))
    result = conclude(seen, replace(options, clock=clock))
    result.coverage = coverage
    result.notes = (*(stated for each in coverage for stated in sentences(each)), *result.notes)
    return result
