"""`tfaudit live aws|azure|kubernetes|tls`: what runs, judged by the same policies."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tfaudit.cli import options
from tfaudit.cli.environment import variables
from tfaudit.cli.output import check, conclude, kept
from tfaudit.clock import Clock
from tfaudit.model.resources import Limits
from tfaudit.model.result import ScanResult
from tfaudit.pipeline.options import Options


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    systems = parser.add_subparsers(metavar="aws|azure|kubernetes|tls", required=True)
    aws = systems.add_parser("aws", help="an AWS account", allow_abbrev=False)
    aws.add_argument(
        "--region",
        action="append",
        default=[],
        metavar="REGION",
        help="may be repeated (default: all, which is every enabled region)",
    )
    aws.add_argument(
        "--aws-profile", default="", metavar="NAME", help="a profile of the AWS configuration files"
    )
    aws.add_argument(
        "--threads", type=options.whole_number, default=32, metavar="N", help="calls at once (default: 32)"
    )
    options.declare(aws)
    options.declare_timeout(aws, Limits().live_seconds)
    aws.set_defaults(run=run_aws)
    azure = systems.add_parser("azure", help="subscriptions of Azure", allow_abbrev=False)
    declare_azure(azure)
    azure.add_argument(
        "--threads", type=options.whole_number, default=16, metavar="N", help="calls at once (default: 16)"
    )
    azure.add_argument(
        "--endpoint",
        default="",
        metavar="URL",
        help="another Resource Manager: of a sovereign cloud or Azure Stack",
    )
    options.declare(azure)
    options.declare_timeout(azure, Limits().live_seconds)
    azure.set_defaults(run=run_azure)
    kubernetes = systems.add_parser("kubernetes", help="a cluster", allow_abbrev=False)
    kubernetes.add_argument(
        "--kubeconfig", default="", metavar="FILE", help="default: KUBECONFIG, ~/.kube/config, or in-cluster"
    )
    kubernetes.add_argument("--context", default="", metavar="NAME", help="a context of the kubeconfig")
    kubernetes.add_argument(
        "--namespace",
        action="append",
        default=[],
        metavar="NAME",
        help="this namespace only; may be repeated",
    )
    options.declare(kubernetes)
    options.declare_timeout(kubernetes, Limits().live_seconds)
    kubernetes.set_defaults(run=run_kubernetes)
    tls = systems.add_parser("tls", help="the certificates that TLS endpoints show", allow_abbrev=False)
    tls.add_argument("endpoint", nargs="+", metavar="HOST[:PORT]", help="with port 443 where none is given")
    options.declare(tls)
    options.declare_timeout(tls, Limits().live_seconds)
    tls.set_defaults(run=run_tls)


def declare_azure(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where in Azure to look."""
    for name, what in (
        ("subscription", "this subscription's id"),
        ("management-group", "the subscriptions below this management group"),
        ("tenant", "a tenant to sign in to (default: that of the sign-in)"),
    ):
        metavar = "ID" if name != "management-group" else "NAME"
        parser.add_argument(
            f"--{name}", action="append", default=[], metavar=metavar, help=f"{what}; may be repeated"
        )
    parser.add_argument(
        "--entra",
        action="store_true",
        help="its directory as well: roles, users' second factors, applications' secrets; takes Microsoft Graph",
    )


def run_aws(arguments: argparse.Namespace) -> int:
    """Scan an account, and return the exit code."""
    from tfaudit.pipeline import live
    from tfaudit.sources.live.aws.session import Target

    regions = () if "all" in arguments.region else tuple(arguments.region)
    target = Target(regions, arguments.aws_profile, threads=arguments.threads)
    return _run(arguments, lambda base: live.aws(base, target))


def run_azure(arguments: argparse.Namespace) -> int:
    """Scan subscriptions, and return the exit code."""
    from tfaudit.pipeline import live
    from tfaudit.sources.live.azure.session import ENDPOINT, AzureTarget

    target = AzureTarget(
        tuple(arguments.subscription),
        tuple(arguments.management_group),
        tuple(arguments.tenant),
        arguments.endpoint or ENDPOINT,
        variables().get("AZURE_AUTHORITY_HOST", ""),
        entra=arguments.entra,
        threads=arguments.threads,
    )
    return _run(arguments, lambda base: live.azure(base, target))


def run_kubernetes(arguments: argparse.Namespace) -> int:
    """Scan a cluster, and return the exit code."""
    from tfaudit.pipeline import live
    from tfaudit.sources.live.kubernetes.session import KubernetesTarget

    target = KubernetesTarget(arguments.kubeconfig, arguments.context, tuple(arguments.namespace))
    return _run(arguments, lambda base: live.kubernetes(base, target))


def run_tls(arguments: argparse.Namespace) -> int:
    """Look at TLS endpoints, and return the exit code."""
    from tfaudit.pipeline import live

    return _run(arguments, lambda base: live.tls(base, arguments.endpoint))


def _run(arguments: argparse.Namespace, observe: Callable[[Options], ScanResult]) -> int:
    """Look at what runs, write the outputs, and return the exit code; an interrupted scan reports what it has seen."""
    configured = options.configuration(arguments, Path())
    outputs = options.outputs_of(arguments)
    base = options.options_of(arguments, configured)
    formats = check(outputs, base.plugins, kept(arguments))
    clock = Clock(options.seconds_of(arguments, configured, Limits().live_seconds))
    with clock.interruptible(), clock.watched(), base.progress:
        result = observe(replace(base, clock=clock))
    asked = options.asked(arguments, configured)
    asked = replace(asked, gate=replace(asked.gate, signal=clock.interrupted_by))
    return options.in_time(clock, lambda: conclude(result, outputs, formats, arguments, asked))
