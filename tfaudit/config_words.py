"""What configuration files ask for, as one: the words of each, which goes first, and how reports show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from tfaudit.model.verdicts import InForce
from tfaudit.policies.waivers import ConfiguredWaiver
from tfaudit.sources.tree.files import VariableFile

if TYPE_CHECKING:
    from tfaudit.policies.scopes import Scopes

_LISTED = 5
# Lists of a file that stand beside those of the file that it extends; every other value takes the other's place.
_ADDED = frozenset(
    {
        "excluded_policies",
        "policy_folders",
        "framework_folders",
        "excluded",
        "variable_files",
        "waivers",
        "accepted_unread",
    }
)
_BY_NAME = frozenset({"parameters", "severities", "modules", "gate", "output", "scopes"})
_GATE = {
    "fail_on": "fails the run on {0}",
    "unknown_on": "fails the run on unknown verdicts of {0}",
    "max_unknown": "lets {0:,} unknown verdicts pass",
    "strict_waivers": "fails the run on waivers at fault",
    "allow_incomplete": "lets incomplete scans pass",
    "allow_empty": "lets scans that judge nothing pass",
    "soft_fail": "lets every scan pass",
}


class Excluded(Struct, frozen=True):
    """Patterns of one configuration for paths that are left out; they speak of what is below `folder`."""

    origin: str
    folder: Path
    patterns: tuple[str, ...]


class Config(Struct, frozen=True):
    """A validated configuration; empty values mean "as the command line or the defaults say".

    `folder` is where the file stands that extends the others, `origin` its name. `modules` maps the beginnings of
    module sources to folders of the tree. `gate` and `output` hold the words that are stated. `files` are the files in
    force, the one that the others extend last. `misnamed` are files that somebody may take for a configuration.
    """

    origin: str = ""
    folder: Path | None = None
    profile: str = ""
    frameworks: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    excluded_policies: tuple[str, ...] = ()
    severity: str = ""
    policy_folders: tuple[Path, ...] = ()
    framework_folders: tuple[Path, ...] = ()
    packs: tuple[str, ...] = ()
    pack_formats: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    excluded: tuple[Excluded, ...] = ()
    gitignore: bool | None = None
    inline_waivers: bool | None = None
    variable_files: tuple[VariableFile, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    variables: tuple[tuple[str, str], ...] = ()
    workspace: str = ""
    cloudformation_parameters: tuple[tuple[str, str], ...] = ()
    gate: Mapping[str, Any] = field(default_factory=dict)
    output: Mapping[str, Any] = field(default_factory=dict)
    timeout: float = 0
    since: str = ""
    baseline: str = ""
    waivers: tuple[ConfiguredWaiver, ...] = ()
    accepted_unread: tuple[tuple[str, str], ...] = ()
    scopes: Scopes = field(default_factory=dict)
    files: tuple[InForce, ...] = ()
    misnamed: tuple[str, ...] = ()

    def told(self, file: InForce) -> Config:
        """Return this configuration as that of `file`; values that may be secrets are not shown."""
        states = dict(file.states)
        for part, name in (("terraform", "variables"), ("cloudformation", "parameters")):
            if name in states.get(part, {}):
                states[part] = {**states[part], name: dict.fromkeys(states[part][name], "(set)")}
        return replace(self, files=(InForce(file.file, file.sha256, states),))

    def stated_in(self, *words: str) -> str:
        """Return the file that states a word (`gate`, `fail_on`), "" for none."""
        for file in self.files:
            value: Any = file.states
            for word in words:
                value = value.get(word) if isinstance(value, Mapping) else None
            if value is not None:
                return file.file
        return ""

    def notes(self) -> tuple[str, ...]:
        """Return the note that tells what this configuration changes, if anything, and one on each that is none."""
        misnamed: tuple[str, ...] = ()
        if self.misnamed:
            # Here, since it brings what judges along, which loads while others read.
            from tfaudit.pipeline.options import of_misnamed

            misnamed = tuple(map(of_misnamed, self.misnamed))
        changes = [each for each in self._changes() if each]
        if not changes:
            return misnamed
        extended = " and ".join(f"{each.file} (SHA-256 {each.sha256[:12]})" for each in self.files[1:])
        head = f"{self.origin} is in force: it {'; it '.join(changes)}"
        mine = self.files[0].sha256[:12] if self.files else ""
        return (
            head + (f"; it extends {extended}" if extended else "") + f"; its SHA-256 is {mine}",
            *misnamed,
        )

    def _changes(self) -> Iterator[str]:
        """Yield each change, as the end of a sentence that begins with "it"."""
        yield f"sets the profile {Path(self.profile).name}" if self.profile not in ("", "default") else ""
        yield _told("shows the framework", self.frameworks, "shows the frameworks")
        yield _told("judges by these policies alone:", self.policies)
        yield _told("switches off the policy", self.excluded_policies, "switches off the policies")
        yield f"leaves out policies below {self.severity}" if self.severity else ""
        yield _told("adds policies from", [each.name for each in self.policy_folders])
        yield _told("adds frameworks from", [each.name for each in self.framework_folders])
        yield _told("judges by the pack", self.packs, "judges by the packs")
        yield _told("has packs judge the format", self.pack_formats, "has packs judge the formats")
        yield _told("sets parameters of", list(self.parameters))
        yield _told("sets the severity of", [f"{name} to {level}" for name, level in self.severities.items()])
        yield _told("leaves out", [pattern for each in self.excluded for pattern in each.patterns])
        yield "reads what .gitignore leaves out, too" if self.gitignore is False else ""
        yield "lets no comment waive a finding" if self.inline_waivers is False else ""
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
        yield from (_GATE[name].format(value) for name, value in self.gate.items() if value is not False)
        yield f"gives the whole scan {self.timeout:g} seconds" if self.timeout else ""
        yield f"counts only what is new since {self.since}" if self.since else ""
        yield f"counts only what is not in {Path(self.baseline).name}" if self.baseline else ""
        yield _counted(len(self.waivers), "waiver")
        yield _told("marks the scope", list(self.scopes), "marks the scopes")
        yield _counted(
            len(self.accepted_unread), "entry that accepts unread input", "entries that accept unread input"
        )


def merged(base: Config, own: Config) -> Config:
    """Return a configuration with what it extends: its own words go first, and its lists stand behind the other's."""
    found: dict[str, Any] = {}
    before, mine = asdict(base), asdict(own)
    for name, value in mine.items():
        if name in _ADDED:
            found[name] = (*before[name], *value)
        elif name in _BY_NAME:
            found[name] = _by_name(before[name], value)
        elif name in ("variables", "cloudformation_parameters"):
            found[name] = tuple({**dict(before[name]), **dict(value)}.items())
        elif name in ("since", "baseline"):  # stating one of the two takes back the other
            found[name] = value if own.since or own.baseline else before[name]
        else:
            found[name] = before[name] if value in ("", (), None, 0) else value
    return Config(**{**found, "origin": own.origin, "folder": own.folder, "files": (*own.files, *base.files)})


def _by_name(before: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(before)
    for name, value in own.items():
        known = found.get(name)
        found[name] = (
            {**known, **value} if isinstance(known, Mapping) and isinstance(value, Mapping) else value
        )
    return found


def _told(verb: str, words: Sequence[str], of_many: str = "") -> str:
    verb = of_many if of_many and len(words) > 1 else verb
    more = f" and {len(words) - _LISTED:,} more" if len(words) > _LISTED else ""
    return f"{verb} {', '.join(words[:_LISTED])}{more}" if words else ""


def _counted(number: int, word: str, words: str = "") -> str:
    return f"has {number:,} {word if number == 1 else words or word + 's'}" if number else ""
