"""`tfaudit schema NAME`: the JSON Schemas of policies, the configuration and the JSON report."""

from __future__ import annotations

import argparse
import sys

from tfaudit import data
from tfaudit.errors import UsageError


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "name", nargs="?", default="", metavar="NAME", help="policy, tfaudit, report ... (default: list them)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one schema, or the names of all."""
    known = {
        path.name.removesuffix(".schema.json"): path for path in sorted(data.folder("schemas").glob("*.json"))
    }
    if not arguments.name:
        print("\n".join(known))
        return 0
    if arguments.name not in known:
        raise UsageError(f'unknown schema "{arguments.name}" (known: {", ".join(known)})')
    sys.stdout.write(known[arguments.name].read_text("utf-8"))
    return 0
