"""`tfaudit.yaml`: what a repository asks of its own scans, validated, with a sentence for each fault.

The file is found in the scanned folder or named by `--config`. It can narrow and set policies, and waive findings with
a reason; it cannot make tfaudit run code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tfaudit import yaml_files
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.resources import Place

NAME = "tfaudit.yaml"


@dataclass(slots=True, frozen=True)
class Config:
    """A validated configuration; empty values mean "as the command line or the defaults say"."""

    origin: str = ""
    profile: str = ""
    frameworks: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    excluded_policies: tuple[str, ...] = ()
    policy_folders: tuple[Path, ...] = ()
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    severities: dict[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    variable_files: tuple[Path, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str = ""
    cloudformation_parameters: tuple[tuple[str, str], ...] = ()
    fail_on: str = ""
    max_unknown: int | None = None
    allow_empty: bool = False
    waivers: tuple[ConfiguredWaiver, ...] = ()
    accepted_unread: tuple[tuple[str, str], ...] = ()


def find(target: Path, named: str = "") -> Config:
    """Return the configuration for a scan of `target`: the file `named`, else `tfaudit.yaml` in the folder, else none.

    Raises `UsageError` for a named file that is not there and for one that does not hold what the form wants.
    """
    path = Path(named) if named else (target if target.is_dir() else target.parent) / NAME
    if not path.is_file():
        if named:
            raise UsageError(f"{named}: no such configuration file; name one that exists")
        return Config()
    return read(path)


def read(path: Path) -> Config:
    """Return the configuration in one file."""
    from tfaudit.config_form import ConfigForm

    document = yaml_files.read(path) or {}
    form = _validated(document, path, ConfigForm)
    base = path.parent
    return Config(
        origin=str(path),
        profile=_beside(form.profile, base),
        frameworks=tuple(form.frameworks),
        policies=tuple(form.policies.only),
        excluded_policies=tuple(form.policies.exclude),
        policy_folders=tuple(base / each for each in form.policies.folders),
        parameters=form.parameters,
        severities=dict(form.severities),
        exclude=tuple(form.exclude),
        variable_files=tuple(base / each for each in form.terraform.variable_files),
        variables=tuple(form.terraform.variables.items()),
        workspace=form.terraform.workspace,
        cloudformation_parameters=tuple(form.cloudformation.parameters.items()),
        fail_on=form.gate.fail_on or "",
        max_unknown=form.gate.max_unknown,
        allow_empty=form.gate.allow_empty,
        waivers=tuple(
            ConfiguredWaiver(
                each.policy, each.asset, each.reason, str(each.until or ""), each.owner, Place(str(path))
            )
            for each in form.waivers
        ),
        accepted_unread=tuple((each.match, each.reason) for each in form.accept_unread),
    )


def _beside(profile: str, base: Path) -> str:
    return str(base / profile) if profile.endswith((".yaml", ".yml")) else profile


def _validated(document: Any, path: Path, form: Any) -> Any:
    from pydantic import ValidationError

    try:
        return form.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            message = f"unknown word{did_you_mean(str(first['loc'][-1]), form.words())}"
        raise UsageError(f"{path}: {where + ': ' if where else ''}{message}") from error
