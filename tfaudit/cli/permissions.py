"""`tfaudit permissions aws|kubernetes`: the exact read access that the chosen policies need."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tfaudit import config
from tfaudit.cli import options
from tfaudit.pipeline.options import Options


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    systems = parser.add_subparsers(metavar="aws|kubernetes", required=True)
    aws = systems.add_parser("aws", help="an IAM policy document", allow_abbrev=False)
    options.declare_choice(aws)
    aws.set_defaults(run=run_aws)
    kubernetes = systems.add_parser("kubernetes", help="a ClusterRole, as YAML", allow_abbrev=False)
    options.declare_choice(kubernetes)
    kubernetes.set_defaults(run=run_kubernetes)


def run_aws(arguments: argparse.Namespace) -> int:
    """Print an IAM policy document that allows the calls of a live scan, and nothing else."""
    from tfaudit.permissions import policy_document
    from tfaudit.pipeline.live import listings

    print(json.dumps(policy_document(listings(_chosen(arguments))), indent=2))
    return 0


def run_kubernetes(arguments: argparse.Namespace) -> int:
    """Print a ClusterRole that allows what a live scan lists, and nothing else."""
    import yaml

    from tfaudit.permissions import cluster_role
    from tfaudit.pipeline.live import object_types
    from tfaudit.sources.live.kubernetes import NEVER_ASKED

    types = set(object_types(_chosen(arguments))) - NEVER_ASKED
    print(yaml.safe_dump(cluster_role(types), sort_keys=False), end="")
    return 0


def _chosen(arguments: argparse.Namespace) -> Options:
    return options.options_of(arguments, config.find(Path(), arguments.config or ""))
