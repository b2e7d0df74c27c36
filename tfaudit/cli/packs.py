"""The options that say which rule packs judge as well, and what they put in force."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tfaudit.cli import environment
from tfaudit.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from tfaudit.packs.chosen import Packs

PACKS = ("checkov",)
FORMATS = (
    "terraform", "kubernetes", "cloudformation", "arm", "bicep", "dockerfile", "github_actions", "gitlab_ci",
    "circleci_pipelines", "azure_pipelines", "bitbucket_pipelines", "argo_workflows", "openapi", "serverless",
    "ansible", "secrets", "helm", "kustomize",
)  # fmt: skip
"""The formats that packs judge."""
_RENDERED = frozenset({"helm", "kustomize"})
"""What comes to objects of Kubernetes once it is rendered."""


def declare_packs(parser: argparse._ActionsContainer) -> None:
    """Add the options to `parser`."""
    parser.add_argument(
        "--pack",
        action="append",
        default=[],
        choices=PACKS,
        help="judge by the rules of another scanner, too: checkov; may be repeated",
    )
    parser.add_argument(
        "--pack-format",
        action="append",
        default=[],
        choices=FORMATS,
        metavar="NAME",
        help="of these formats only (default: all): terraform, kubernetes, dockerfile, secrets ...; may be repeated",
    )
    parser.add_argument(
        "--external-checks-dir",
        action="append",
        default=[],
        metavar="FOLDER",
        help="checks of your own in checkov's YAML, for --pack checkov",
    )
    parser.add_argument(
        "--external-checks-python",
        action="store_true",
        help="take Python checks from there, too: they are run, so name no folder of what you scan",
    )


def packs_of(
    arguments: argparse.Namespace, configured: Sequence[str] = (), formats: Sequence[str] = ()
) -> Packs | None:
    """Return the rule packs that the command line and the configuration put in force; None for none."""
    names = tuple(dict.fromkeys([*arguments.pack, *configured]))
    if not names:
        return None
    from tfaudit.packs.chosen import Packs

    folders, python = environment.external_checks()
    return Packs(
        names,
        (*folders, *map(Path, arguments.external_checks_dir)),
        python or arguments.external_checks_python,
        _formats(arguments.pack_format or formats),
    )


def _formats(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the formats that are asked for, as the pack knows them; `UsageError` for a word that is none."""
    for each in asked:
        if each not in FORMATS:
            raise UsageError(f'pack_formats: no pack judges "{each}"{did_you_mean(each, FORMATS)}')
    return tuple(dict.fromkeys("kubernetes" if each in _RENDERED else each for each in asked))
