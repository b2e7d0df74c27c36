"""`tfaudit.yaml`: what a repository asks of its own scans, validated, with a sentence for each fault.

The file is found upwards from what is scanned, to the work tree's top, where the nearest one counts; or it is named by
`--config`. It can narrow and set policies, and waive findings with a reason; it cannot make tfaudit run code, and what
it names is read inside the scanned tree alone. What it changes is reported in every report.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from tfaudit import work_tree, yaml_files
from tfaudit.config_words import Config, Excluded, merged
from tfaudit.errors import UsageError, first_fault
from tfaudit.model.resources import Limits, Place
from tfaudit.model.verdicts import InForce
from tfaudit.pipeline.options import CONFIGURATIONS, is_misnamed
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.sources.tree import inside
from tfaudit.sources.tree.files import VariableFile

if TYPE_CHECKING:
    from tfaudit.policies.scopes import Mark

_MAX_POLICY_FILES = 10_000
_MOST_EXTENDED = 8


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
    misnamed: list[str] = []
    for each in (folder, *folder.parents):
        misnamed += [os.path.relpath(path, top) for path in _misnamed(each)]
        found = [each / name for name in CONFIGURATIONS if os.path.lexists(each / name)]
        if len(found) > 1:
            first, second = CONFIGURATIONS
            raise UsageError(f"{each}: {first} and {second} stand side by side; remove {second}")
        if found:
            return replace(read(found[0], top), misnamed=tuple(misnamed))
        if each == top:
            break
    return Config(misnamed=tuple(misnamed))


def _misnamed(folder: Path) -> list[Path]:
    """Return the files in a folder that are called nearly as a configuration is."""
    try:
        with os.scandir(folder) as inside_:
            return sorted(Path(each.path) for each in inside_ if is_misnamed(each.name))
    except OSError:  # it may be entered and not be looked through
        return []


def read(path: Path, top: Path | None = None) -> Config:
    """Return the configuration in one file, with what it extends.

    Where it belongs to the tree at `top`, neither it nor what it names may lie out of that; for None it is the user's
    own, and may name what it likes.
    """
    return _read(path, top, ())


def _read(path: Path, top: Path | None, before: tuple[str, ...]) -> Config:
    from tfaudit.config_form import ConfigForm

    origin = os.path.relpath(path, top) if top is not None else str(path)
    document, digest = _document(path, top)
    form = _validated(document, origin, ConfigForm)
    tree = _Tree(origin, path.parent, top)
    own = _own(form, tree, origin, path)
    own = own.told(InForce(origin, digest, form.model_dump(mode="json", exclude_unset=True)))
    if not form.extends:
        return own
    base = tree.extended(form.extends)
    if str(base) in before or base == path.resolve():
        raise UsageError(f'{origin}: "{form.extends}" extends this file itself; take one of the two out')
    if len(before) >= _MOST_EXTENDED:
        raise UsageError(f"{origin}: it is one of more than {_MOST_EXTENDED} files that extend each other")
    return merged(_read(base, top, (*before, str(path.resolve()))), own)


def _own(form: Any, tree: _Tree, origin: str, path: Path) -> Config:
    """Return what one file says, its paths found."""
    if form.compare.since and form.compare.baseline:
        raise UsageError(f"{origin}: compare: a run is compared with one thing; take since or baseline out")
    exclude = tuple(form.exclude)
    return Config(
        origin=origin,
        folder=path.parent.resolve(),
        profile=tree.profile(form.profile),
        frameworks=tuple(form.frameworks),
        policies=tuple(form.policies.only),
        excluded_policies=tuple(form.policies.exclude),
        severity=form.policies.severity or "",
        policy_folders=tuple(tree.policy_folder(each) for each in form.policies.folders),
        framework_folders=tuple(tree.policy_folder(each) for each in form.framework_folders),
        packs=tuple(form.packs),
        pack_formats=tuple(form.pack_formats),
        parameters=form.parameters,
        severities=dict(form.severities),
        excluded=(Excluded(origin, path.parent.resolve(), exclude),) if exclude else (),
        gitignore=form.gitignore,
        inline_waivers=form.inline_waivers,
        variable_files=tuple(tree.variable_file(each) for each in form.terraform.variable_files),
        modules={source: tree.relative(each) for source, each in form.terraform.modules.items()},
        variables=tuple(form.terraform.variables.items()),
        workspace=form.terraform.workspace,
        cloudformation_parameters=tuple(form.cloudformation.parameters.items()),
        gate=form.gate.model_dump(exclude_none=True),
        output=form.output.model_dump(exclude_none=True),
        timeout=form.timeout or 0,
        since=form.compare.since,
        baseline=tree.inner(form.compare.baseline) if form.compare.baseline else "",
        waivers=tuple(_waiver(each, origin) for each in form.waivers),
        accepted_unread=tuple((each.match, each.reason) for each in form.accept_unread),
        scopes={name: tuple(_mark(each) for each in marks) for name, marks in form.scopes.items()},
    )


def _waiver(each: Any, origin: str) -> ConfiguredWaiver:
    return ConfiguredWaiver(
        each.policy,
        each.asset,
        each.reason,
        str(each.until or ""),
        each.owner,
        Place(origin),
        each.approver or "",
        each.ticket or "",
        each.compensating_control or "",
        root=each.root,
        path=each.path,
        plane=each.plane or "",
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


def _document(path: Path, top: Path | None) -> tuple[Any, str]:
    """Return what a file holds, and the SHA-256 of its bytes."""
    named = Path(os.path.relpath(path, top)) if top is not None else path
    try:
        if top is None:
            text = inside.given(str(path), yaml_files.MAX_BYTES)
        else:
            text = inside.read(str(top), str(path), yaml_files.MAX_BYTES)
    except OSError as error:
        raise UsageError(f"{named}: it is not read: {error.strerror}; mend it") from error
    return yaml_files.parsed(text, named) or {}, hashlib.sha256(text).hexdigest()


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

    def extended(self, written: str) -> Path:
        """Return the configuration that this one extends."""
        path = self._path(written)
        if not path.is_file():
            raise UsageError(f'{self.origin}: extends: "{written}": no such configuration file')
        return path.resolve() if self.top is None else path

    def inner(self, written: str) -> str:
        """Return the path of a file that is named."""
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
        raise UsageError(f"{origin}: {first_fault(error.errors(), form.words())}") from error
