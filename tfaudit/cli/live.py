"""`tfaudit live aws|kubernetes`: what runs, judged by the same policies."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tfaudit.cli import options
from tfaudit.cli.output import check, conclude
from tfaudit.clock import Clock
from tfaudit.model.resources import Limits
from tfaudit.model.verdicts import ScanResult
from tfaudit.pipeline.options import Options


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    systems = parser.add_subparsers(metavar="aws|kubernetes", required=True)
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
    aws.add_argument("--threads", type=int, default=32, metavar="N", help="calls at once (default: 32)")
    options.declare(aws)
    options.declare_timeout(aws, Limits().live_seconds)
    aws.set_defaults(run=run_aws)
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


def run_aws(arguments: argparse.Namespace) -> int:
    """Scan an account, and return the exit code."""
    from tfaudit.pipeline import live
    from tfaudit.sources.live.aws.session import Target

    regions = () if "all" in arguments.region else tuple(arguments.region)
    target = Target(regions, arguments.aws_profile, threads=arguments.threads)
    return _run(arguments, lambda base: live.aws(base, target))


def run_kubernetes(arguments: argparse.Namespace) -> int:
    """Scan a cluster, and return the exit code."""
    from tfaudit.pipeline import live
    from tfaudit.sources.live.kubernetes.session import KubernetesTarget

    target = KubernetesTarget(arguments.kubeconfig, arguments.context, tuple(arguments.namespace))
    return _run(arguments, lambda base: live.kubernetes(base, target))


def _run(arguments: argparse.Namespace, observe: Callable[[Options], ScanResult]) -> int:
    """Look at what runs, write the outputs, and return the exit code; an interrupted scan reports what it has seen."""
    configured = options.configuration(arguments, Path())
    outputs = options.outputs_of(arguments)
    base = options.options_of(arguments, configured)
    formats = check(outputs, base.plugins)
    asked = options.asked(arguments, configured)
    clock = Clock(options.seconds_of(arguments, configured, Limits().live_seconds))
    with clock.interruptible(), clock.watched(), base.progress:
        result = observe(replace(base, clock=clock))
    code = options.in_time(clock, lambda: conclude(result, outputs, formats, arguments, asked))
    return 128 + clock.interrupted_by if clock.interrupted_by else code
