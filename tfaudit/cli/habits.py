"""What people type who come from other scanners, and how it is said here: known words are answered, not taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tfaudit.errors import did_you_mean

_FORMAT = "-o FORMAT[=FILE], as in -o sarif=tfaudit.sarif"
_PATH = "the path by itself: tfaudit scan PATH"
_EXCLUDE = "--exclude PATTERN"
_POLICY = "--policy ID, which takes other scanners' ids by what policies show says of them"
_VALUES = "--var-file FILE"
_OPTIONS = {
    "--check": _POLICY,
    "--checks": _POLICY,
    "--color": "FORCE_COLOR=1 in the environment",
    "--create-baseline": "tfaudit baseline write",
    "--directory": _PATH,
    "--exclude-path": _EXCLUDE,
    "--exclude-paths": _EXCLUDE,
    "--exit-code": "--fail-on SEVERITY, or --soft-fail",
    "--file": _PATH,
    "--format": _FORMAT,
    "--hard-fail-on": "--fail-on SEVERITY",
    "--ignore-policy": "waivers in tfaudit.yaml, which tfaudit waive writes",
    "--ignorefile": "waivers in tfaudit.yaml, which tfaudit waive writes",
    "--json": "-o json",
    "--minimum-severity": "--severity SEVERITY",
    "--no-color": "NO_COLOR=1 in the environment",
    "--no-colour": "NO_COLOR=1 in the environment",
    "--out": _FORMAT,
    "--output-bc-ids": _FORMAT,
    "--output-file": _FORMAT,
    "--output-file-path": _FORMAT,
    "--output-format": _FORMAT,
    "--path": _PATH,
    "--sarif": "-o sarif=FILE",
    "--skip-check": "--skip-policy ID",
    "--skip-checks": "--skip-policy ID",
    "--skip-dirs": _EXCLUDE,
    "--skip-files": _EXCLUDE,
    "--skip-path": _EXCLUDE,
    "--soft-fail-on": "--fail-on SEVERITY",
    "--tf-vars": _VALUES,
    "--tfvars-file": _VALUES,
    "--tf-exclude-downloaded-modules": _EXCLUDE,
    "--verbose": "--all for every finding, or tfaudit explain FINGERPRINT for one",
    "--version": "tfaudit --version",
    "-c": _POLICY,
    "-d": _PATH,
    "-f": f"{_FORMAT}; a file is named by itself",
    "-p": _PATH,
    "-s": "--soft-fail, or --severity SEVERITY",
    "-v": "--all for every finding, or tfaudit explain FINGERPRINT for one",
}
_COMMANDS = {
    "help": "tfaudit --help",
    "version": "tfaudit --version",
    **dict.fromkeys(
        (
            "analyze",
            "audit",
            "check",
            "conf",
            "fs",
            "filesystem",
            "iac",
            "lint",
            "repo",
            "run",
            "test",
            "validate",
        ),
        "tfaudit scan PATH",
    ),
}


def of_option(option: str, shown: str) -> str:
    """Return what to say behind the name of an option that a command whose help is `shown` does not have."""
    name = option.partition("=")[0]
    if name in _OPTIONS:
        return f"; here it is {_OPTIONS[name]}"
    return did_you_mean(name, re.findall(r"--[a-z][a-z-]+", shown)) if name.startswith("--") else ""


def of_command(word: str, commands: Iterable[str]) -> str:
    """Return what to say behind the name of a command that there is not."""
    if word.lower() in _COMMANDS:
        return f"; here it is {_COMMANDS[word.lower()]}"
    try:
        if Path(word).exists():
            return f"; what it names is scanned by: tfaudit scan {word}"
    except (OSError, ValueError):
        pass
    return did_you_mean(word, commands)


def of_path(word: str) -> str:
    """Return what to do about a target that is not there."""
    if "://" in word or word.startswith("git@"):
        return "a scan takes what is on this machine: clone or fetch it first"
    return "name one that exists"
