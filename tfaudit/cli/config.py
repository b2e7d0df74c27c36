"""`tfaudit config show [PATH]`: the configuration in force, and in which file each word of it stands."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tfaudit import config
from tfaudit.cli.tables import table
from tfaudit.config_words import Config
from tfaudit.errors import UsageError
from tfaudit.foreign import visible
from tfaudit.pipeline.gate import Gate

_LISTED = 200


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    commands = parser.add_subparsers(metavar="show", required=True)
    show = commands.add_parser("show", help="what is in force, and from where", allow_abbrev=False)
    show.add_argument(
        "path", nargs="?", default=".", metavar="PATH", help="what would be scanned (default: .)"
    )
    show.add_argument("--config", default="", metavar="FILE", help="this file, as scan takes it")
    show.add_argument("--json", action="store_true", help="as JSON")
    show.set_defaults(run=run_show)


def run_show(arguments: argparse.Namespace) -> int:
    """Print the files in force, and each word with its value and the file that states it."""
    target = Path(arguments.path)
    if not target.exists():
        raise UsageError(f"{target}: no such file or folder; name one that exists")
    found = config.find(target, arguments.config)
    rows = list(_rows(found))
    if arguments.json:
        files = [{"file": each.file, "sha256": each.sha256} for each in found.files]
        words = [{"word": word, "value": value, "from": origin} for word, value, origin in rows]
        print(json.dumps({"files": files, "words": words}, indent=1))
        return 0
    if not found.files:
        print(
            f"no configuration for {visible(arguments.path)}: tfaudit init writes one; these are the defaults"
        )
    for number, each in enumerate(found.files):
        extended = ", which is extended" if number else ""
        print(visible(f"{each.file} (SHA-256 {each.sha256}){extended}"))
    print()
    shown = [(word, _shown(value), origin) for word, value, origin in rows]
    sys.stdout.write(table(("word", "value", "from"), [tuple(map(visible, row)) for row in shown]))
    return 0


def _rows(found: Config) -> Iterator[tuple[str, Any, str]]:
    """Yield each word, its value and the file that states it; of lists that stand beside each other, each part."""
    from tfaudit.config_form import ConfigForm

    for word in ConfigForm.leaves():
        stated = [(each.file, _at(each.states, word)) for each in found.files]
        stated = [(file, value) for file, value in stated if value not in (None, [], {}, "")]
        if not stated:
            default = _default(word)
            if default is not None:
                yield word, default, "the default"
        elif isinstance(stated[0][1], Mapping):
            seen: set[str] = set()
            for file, value in stated:
                for name in (each for each in value if each not in seen):
                    seen.add(name)
                    yield f"{word}.{name}", value[name], file
        elif word in ConfigForm.added():
            yield from ((word, each, file) for file, value in stated for each in value)
        else:
            yield word, stated[0][1], stated[0][0]


def _at(states: Any, word: str) -> Any:
    for part in word.split("."):
        states = states.get(part) if isinstance(states, Mapping) else None
    return states


def _default(word: str) -> Any:
    part, _, name = word.partition(".")
    if part == "gate":
        return getattr(Gate(), name)
    return {
        "profile": "default",
        "gitignore": True,
        "inline_waivers": True,
        "terraform.workspace": "default",
    }.get(word)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int)):
        return str(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LISTED else f"{text[: _LISTED - 3]}..."
