"""`tfaudit permissions aws|azure|kubernetes`: the exact read access that the chosen policies need."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tfaudit import config
from tfaudit.cli import options
from tfaudit.cli.live import declare_azure
from tfaudit.pipeline.options import Options


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    systems = parser.add_subparsers(metavar="aws|azure|kubernetes", required=True)
    aws = systems.add_parser("aws", help="an IAM policy document", allow_abbrev=False)
    options.declare_choice(aws)
    aws.set_defaults(run=run_aws)
    azure = systems.add_parser("azure", help="a custom role, as JSON", allow_abbrev=False)
    declare_azure(azure)
    options.declare_choice(azure)
    azure.set_defaults(run=run_azure)
    kubernetes = systems.add_parser("kubernetes", help="a ClusterRole, as YAML", allow_abbrev=False)
    options.declare_choice(kubernetes)
    kubernetes.set_defaults(run=run_kubernetes)


def run_aws(arguments: argparse.Namespace) -> int:
    """Print an IAM policy document that allows the calls of a live scan, and nothing else."""
    from tfaudit.permissions import policy_document
    from tfaudit.pipeline.live import listings

    print(json.dumps(policy_document(listings(_chosen(arguments))), indent=2))
    return 0


def run_azure(arguments: argparse.Namespace) -> int:
    """Print a custom role of Azure that allows what a live scan reads, and nothing else.

    What Azure would refuse of the role is said on standard error, and with `--entra` which permissions of Microsoft
    Graph it takes: no role can hold them. `UsageError` where a name is none.
    """
    from tfaudit.pipeline.live import azure_types, entra_types
    from tfaudit.sources.live.azure.entra import permissions
    from tfaudit.sources.live.azure.roles import custom_role
    from tfaudit.sources.live.azure.subscriptions import scopes

    where = scopes(arguments.subscription, arguments.management_group)
    chosen = _chosen(arguments)
    print(json.dumps(custom_role(azure_types(chosen), where), indent=2))
    if not where:
        _say("the role can be assigned nowhere: give --subscription or --management-group")
    if len(set(arguments.management_group)) > 1:
        _say(
            "Azure takes one management group in a role's AssignableScopes: give a common one above, or print each"
        )
    if arguments.entra:
        named = ", ".join(permissions(entra_types(chosen)))
        _say(f"--entra takes of Microsoft Graph, beside the role: {named or 'nothing'}")
    return 0


def _say(what: str) -> None:
    """Say something that is no part of the role: standard output goes into a file."""
    print(f"tfaudit: {what}", file=sys.stderr)


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
