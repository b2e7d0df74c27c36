"""`tfaudit.yaml`: what a repository asks of its own scans, validated, with a sentence for each fault.

The file is found upwards from what is scanned, to the work tree's top, where the nearest one counts; or it is named by
`--config`. It can narrow and set policies, and waive findings with a reason; it cannot make tfaudit run code, and what
it names is read inside the scanned tree alone. What it changes is told in every report.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from tfaudit import work_tree, yaml_files
from tfaudit.errors import UsageError, did_you_mean
from tfaudit.model.resources import Limits, Place
from tfaudit.pipeline.options import CONFIGURATIONS
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.sources.tree import inside
from tfaudit.sources.tree.files import VariableFile

if TYPE_CHECKING:
    from tfaudit.policies.scopes import Mark, Scopes

_MAX_POLICY_FILES = 10_000
_LISTED = 5


class Config(Struct, frozen=True):
    """A validated configuration; empty values mean "as the command line or the defaults say".

    `folder` is where it stands: its patterns and paths are relative to that. `modules` maps the beginnings of module
    sources to folders of the tree.
    """

    origin: str = ""
    folder: Path | None = None
    profile: str = ""
    frameworks: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    excluded_policies: tuple[str, ...] = ()
    policy_folders: tuple[Path, ...] = ()
    framework_folders: tuple[Path, ...] = ()
    parameters: dict[str, dict[str, Any]] = field(default_factory=dict)
    severities: dict[str, str] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    variable_files: tuple[VariableFile, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str = ""
    cloudformation_parameters: tuple[tuple[str, str], ...] = ()
    fail_on: str = ""
    max_unknown: int | None = None
    allow_empty: bool = False
    timeout: float = 0
    waivers: tuple[ConfiguredWaiver, ...] = ()
    accepted_unread: tuple[tuple[str, str], ...] = ()
    scopes: Scopes = field(default_factory=dict)

    def notes(self) -> tuple[str, ...]:
        """Return the note that tells what this configuration changes; none where it changes nothing."""
        changes = [each for each in self._changes() if each]
        return (f"{self.origin} is in force: it {'; it '.join(changes)}",) if changes else ()

    def _changes(self) -> Iterator[str]:
        """Yield each change, as the end of a sentence that begins with "it"."""
        yield f"sets the profile {Path(self.profile).name}" if self.profile not in ("", "default") else ""
        yield _told("shows the framework", self.frameworks, "shows the frameworks")
        yield _told("judges by these policies alone:", self.policies)
        yield _told("switches off the policy", self.excluded_policies, "switches off the policies")
        yield _told("adds policies from", [each.name for each in self.policy_folders])
        yield _told("adds frameworks from", [each.name for each in self.framework_folders])
        yield _told("sets parameters of", list(self.parameters))
        yield _told("sets the severity of", [f"{name} to {level}" for name, level in self.severities.items()])
        yield _told("leaves out", self.exclude)
        yield _told(
            "gives the variable file", [each.name for each in self.variable_files], "gives the variable files"
        )
        yield _told("gives the variable", [name for name, _ in self.variables], "gives the variables")
        yield _told(
            "gives the parameter",
            [name for name, _ in self.cloudformation_parameters],
            "gives the parameters",
        )
        yield _told("maps modules of", list(self.modules))
        yield f"sets the workspace {self.workspace}" if self.workspace else ""
        yield f"fails the run on {self.fail_on}" if self.fail_on else ""
        yield f"lets {self.max_unknown:,} unknown verdicts pass" if self.max_unknown is not None else ""
        yield f"gives the whole scan {self.timeout:g} seconds" if self.timeout else ""
        yield _counted(len(self.waivers), "waiver")
        yield _told("marks the scope", list(self.scopes), "marks the scopes")
        yield _counted(
            len(self.accepted_unread), "entry that accepts unread input", "entries that accept unread input"
        )


def _told(verb: str, words: Sequence[str], of_many: str = "") -> str:
    verb = of_many if of_many and len(words) > 1 else verb
    more = f" and {len(words) - _LISTED:,} more" if len(words) > _LISTED else ""
    return f"{verb} {', '.join(words[:_LISTED])}{more}" if words else ""


def _counted(number: int, word: str, words: str = "") -> str:
    return f"has {number:,} {word if number == 1 else words or word + 's'}" if number else ""


def find(target: Path, named: str = "") -> Config:
    """Return the configuration for a scan of `target`: the file `named`, else the nearest one upwards, else none.

    It is looked for in the target's folder and those above, up to the top of the work tree; out of any work tree, in
    the target's folder alone. Raises `UsageError` for a named file that is not there, for two in one folder, and for
    one that does not hold what the form wants or leads out of the tree.
    """
    target = target.resolve()
    folder = target if target.is_dir() else target.parent
    top = work_tree.top(folder) or folder
    if named:
        path = Path(named)
        if not path.is_file():
            raise UsageError(f"{named}: no such configuration file; name one that exists")
        return read(path, top if path.resolve().is_relative_to(top) else None)
    for each in (folder, *folder.parents):
        found = [each / name for name in CONFIGURATIONS if os.path.lexists(each / name)]
        if len(found) > 1:
            first, second = CONFIGURATIONS
            raise UsageError(f"{each}: {first} and {second} stand side by side; remove {second}")
        if found:
            return read(found[0], top)
        if each == top:
            break
    return Config()


def read(path: Path, top: Path | None = None) -> Config:
    """Return the configuration in one file.

    Where it belongs to the tree at `top`, neither it nor what it names may lie out of that; for None it is the user's
    own, and may name what it likes.
    """
    from tfaudit.config_form import ConfigForm

    origin = os.path.relpath(path, top) if top is not None else str(path)
    form = _validated(_document(path, top), origin, ConfigForm)
    tree = _Tree(origin, path.parent, top)
    return Config(
        origin=origin,
        folder=path.parent.resolve(),
        profile=tree.profile(form.profile),
        frameworks=tuple(form.frameworks),
        policies=tuple(form.policies.only),
        excluded_policies=tuple(form.policies.exclude),
        policy_folders=tuple(tree.policy_folder(each) for each in form.policies.folders),
        framework_folders=tuple(tree.policy_folder(each) for each in form.framework_folders),
        parameters=form.parameters,
        severities=dict(form.severities),
        exclude=tuple(form.exclude),
        variable_files=tuple(tree.variable_file(each) for each in form.terraform.variable_files),
        modules={source: tree.relative(each) for source, each in form.terraform.modules.items()},
        variables=tuple(form.terraform.variables.items()),
        workspace=form.terraform.workspace,
        cloudformation_parameters=tuple(form.cloudformation.parameters.items()),
        fail_on=form.gate.fail_on or "",
        max_unknown=form.gate.max_unknown,
        allow_empty=form.gate.allow_empty,
        timeout=form.timeout or 0,
        waivers=tuple(
            ConfiguredWaiver(
                each.policy,
                each.asset,
                each.reason,
                str(each.until or ""),
                each.owner,
                Place(origin),
                each.approver or "",
                each.ticket or "",
                each.compensating_control or "",
            )
            for each in form.waivers
        ),
        accepted_unread=tuple((each.match, each.reason) for each in form.accept_unread),
        scopes={name: tuple(_mark(each) for each in marks) for name, marks in form.scopes.items()},
    )


def _mark(form: Any) -> Mark:
    from tfaudit.policies.scopes import Mark

    return Mark(form.tags, form.path or "", form.account or "", form.kind or "", form.asset or "")


def variable_file(path: str, written: str, top: Path | None = None) -> VariableFile:
    """Return the values in a file, or why it is not read: nothing out of the tree at `top` is, where there is one."""
    limit = Limits().file_bytes
    try:
        data = inside.read(str(top), path, limit) if top is not None else inside.given(path, limit)
    except OSError as error:
        return VariableFile(written, because=f"it is not read: {error.strerror}")
    return VariableFile(written, data)


def _document(path: Path, top: Path | None) -> Any:
    if top is None:
        return yaml_files.read(path) or {}
    try:
        text = inside.read(str(top), str(path), yaml_files.MAX_BYTES)
    except OSError as error:
        raise UsageError(
            f"{os.path.relpath(path, top)}: it is not read: {error.strerror}; mend it"
        ) from error
    return yaml_files.parsed(text, Path(os.path.relpath(path, top))) or {}


class _Tree(Struct, frozen=True):
    """The paths of one configuration: relative to its `folder`, and inside of `top` where that is not None."""

    origin: str
    folder: Path
    top: Path | None

    def _path(self, written: str) -> Path:
        path = self.folder / written
        if self.top is None:
            return path
        try:
            return Path(inside.real(str(self.top), str(path)))
        except OSError as error:
            raise UsageError(f'{self.origin}: "{written}": {error.strerror}; name one in the tree') from error

    def profile(self, written: str) -> str:
        if not written.endswith((".yaml", ".yml")):
            return written
        path = self._path(written)
        self._regular(path, written)
        return str(path)

    def _regular(self, path: Path, written: str) -> None:
        if self.top is not None and path.exists() and not path.is_file():
            raise UsageError(f'{self.origin}: "{written}": it is no regular file; name one that is')

    def policy_folder(self, written: str) -> Path:
        """Return a folder of policies, all files of which lie in the tree."""
        folder = self._path(written)
        for number, each in enumerate(folder.rglob("*.yaml")):
            if number >= _MAX_POLICY_FILES:
                raise UsageError(f'{self.origin}: "{written}": it holds more than {number:,} files')
            self._regular(self._path(str(each.absolute())), written)
        return folder

    def variable_file(self, written: str) -> VariableFile:
        return variable_file(str((self.folder / written).absolute()), written, self.top)

    def relative(self, written: str) -> str:
        """Return a folder of the tree relative to its top; one that is not in it goes through, and is refused later."""
        top = self.top or work_tree.top(self.folder.resolve()) or self.folder
        return Path(os.path.relpath(os.path.abspath(self.folder / written), top)).as_posix()  # noqa: PTH100 - links stay


def _validated(document: Any, origin: str, form: Any) -> Any:
    from pydantic import ValidationError

    try:
        return form.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            message = f"unknown word{did_you_mean(str(first['loc'][-1]), form.words())}"
        raise UsageError(f"{origin}: {where + ': ' if where else ''}{message}") from error
