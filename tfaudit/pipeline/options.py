"""What a scan is asked to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tfaudit.cache import Store
from tfaudit.clock import Clock
from tfaudit.model.resources import Limits
from tfaudit.model.verdicts import Framework, InForce, Verdict
from tfaudit.policies.load import PolicySet
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.progress import Progress, Silent
from tfaudit.services.registry import Registry
from tfaudit.sources.tree.files import VariableFile, nothing_excluded

if TYPE_CHECKING:
    from tfaudit.policies.scopes import Scopes

CONFIGURATIONS = ("tfaudit.yaml", "tfaudit.yml")
"""The names that a configuration has, where it is not named."""


def is_misnamed(name: str) -> bool:
    """Whether a file is called nearly as a configuration is: with a dot in front, or in other letters."""
    return name not in CONFIGURATIONS and name.removeprefix(".").lower() in CONFIGURATIONS


def of_misnamed(name: str) -> str:
    """Return the note on a file that is called so."""
    right = f"a configuration is called {CONFIGURATIONS[0]}, in small letters and without a dot in front"
    return f"{name} is not read: {right}"


def _nothing() -> None:
    return


def _told_nobody(root: str, digests: Mapping[str, str], verdicts: list[Verdict]) -> None:
    return


class Options(Struct):
    """What a scan is asked to do. `policies` are final: chosen, with the profile's values.

    `base` is the folder that places are relative to, by default the target, of a file its work tree's top;
    `excluded` is asked with paths relative to the target, of a file relative to `base`. `modules` maps the
    beginnings of Terraform module sources to folders of `base`; `configuration` is the name of the file in force,
    relative to `base`; `notes` are shown below the report. `cache` is not used where it lies in what is scanned.
    `meanwhile` is called while others read, to load what is needed later; `judged` is told the verdicts on a part
    of what is below a folder, with the digests of its files. `clock` runs already, None for one that starts with
    the scan. `stated_in` maps each variable and parameter that the configuration gives to the name of that
    configuration. `configurations` are the files in force, for the reports; `inline_waivers` says whether comments
    in the code may waive findings. `converted` holds what is read in the place of a named file. `packs` are the
    rule packs that judge as well; their rules are among `policies`. `own_checks` are graph checks of the user's own
    in checkov's form, `own_modules` Python files with such checks, which are run; `pack_formats` the formats that
    packs judge, () for all.
    """

    policies: PolicySet
    profile: str = "default"
    plugins: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    excluded: Callable[[str, bool], bool] = nothing_excluded
    variable_files: tuple[VariableFile, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    workspace: str = "default"
    cache: Store | None = None
    clock: Clock | None = None
    jobs: int = 0
    frameworks: dict[str, Framework] = field(default_factory=dict)
    selected_frameworks: tuple[str, ...] = ()
    waivers: tuple[ConfiguredWaiver, ...] = ()
    scopes: Scopes = field(default_factory=dict)
    accepted_unread: tuple[tuple[str, str], ...] = ()
    today: date | None = None
    fixed: datetime | None = None
    base: Path | None = None
    configuration: str = ""
    notes: tuple[str, ...] = ()
    progress: Progress = field(default_factory=Silent)
    stated_in: Mapping[str, str] = field(default_factory=dict)
    meanwhile: Callable[[], None] = _nothing
    judged: Callable[[str, Mapping[str, str], list[Verdict]], None] = _told_nobody
    configurations: tuple[InForce, ...] = ()
    inline_waivers: bool = True
    converted: Mapping[Path, bytes] = field(default_factory=dict)
    packs: tuple[str, ...] = ()
    own_checks: tuple[dict[str, Any], ...] = ()
    own_modules: tuple[str, ...] = ()
    pack_formats: tuple[str, ...] = ()


def registry_of(options: Options) -> Registry:
    """Return the services that are at hand: ours, and those of plug-ins."""
    return Registry([each / "services" for each in options.plugins])
