"""`tfaudit permissions aws`: the exact read access that the chosen policies need."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tfaudit import config
from tfaudit.cli import options


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    systems = parser.add_subparsers(metavar="aws", required=True)
    aws = systems.add_parser("aws", help="an IAM policy document", allow_abbrev=False)
    options.declare_choice(aws)
    aws.set_defaults(run=run_aws)


def run_aws(arguments: argparse.Namespace) -> int:
    """Print an IAM policy document that allows the calls of a live scan, and nothing else."""
    from tfaudit.permissions import policy_document
    from tfaudit.pipeline.live import listings

    base = options.options_of(arguments, config.find(Path(), arguments.config or ""))
    print(json.dumps(policy_document(listings(base)), indent=2))
    return 0
