"""What is judged, and how it came out: the types that policies, controls, reports and evidence share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Origin, Place, Resource

LEFT_OVER = "CHANGE-ME"
"""What a drafted policy leaves for its author to fill in."""


class Outcome(StrEnum):
    """How a policy came out for an asset."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    ERROR = "error"


ORIGINS_TOLD = frozenset({Outcome.FAIL, Outcome.UNKNOWN, Outcome.WAIVED})


class Severity(StrEnum):
    """How bad a fail is; ordered by `rank`."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """4 for critical down to 1 for low."""
        return _RANKS[self]


_RANKS = {Severity.CRITICAL: 4, Severity.HIGH: 3, Severity.MEDIUM: 2, Severity.LOW: 1}


class Change(StrEnum):
    """What became of a finding since the state that a run is compared with; what is gone is no verdict any more."""

    NEW = "new"
    UNCHANGED = "unchanged"


class Link(Struct, frozen=True):
    """A policy is evidence for a control: `strength` is full, partial or supporting; `because` says why, in a line.

    It counts only while each parameter of the policy that `floor` names is at or over the value there, and only for
    assets in `scope`, "" for the framework's.
    """

    framework: str
    control: str
    strength: str
    because: str
    floor: Mapping[str, Any] = field(default_factory=dict)
    scope: str = ""


class Fix(Struct, frozen=True):
    """How to mend a finding in one resource type: a sentence, and attribute values where these are the whole fix."""

    says: str
    sets: Mapping[str, Any] = field(default_factory=dict)


class Parameter(Struct, frozen=True):
    """A named value that a profile can change; `value` is the one in force, `source` who set it, "" for the policy."""

    name: str
    value: Any
    unit: str = ""
    says: str = ""
    source: str = ""


class WaiverTerms(Struct, frozen=True):
    """What a waiver must say to count: how many days ahead it may end, by severity, and which of `WAIVER_WORDS`."""

    longest_days: Mapping[str, int] = field(default_factory=dict)
    requires: tuple[str, ...] = ()


class Policy(Struct, frozen=True):
    """A policy as reports show it. `fixes` is keyed by resource type; "" is the general advice.

    `finding` is the sentence for a fail, with `{asset}`, settings and parameters in braces. `scope` is the one whose
    assets it is asked of, "" for all.
    `same_as` maps another scanner to the ids of its rules for the same fact. `origin` is the file it was read from and
    `digest` the SHA-256 of that file's bytes.
    """

    id: str
    title: str
    family: str
    severity: Severity
    kinds: tuple[str, ...]
    why: str
    links: tuple[Link, ...] = ()
    fixes: Mapping[str, Fix] = field(default_factory=dict)
    same_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    references: tuple[str, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    require: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""
    digest: str = ""
    finding: str = ""
    scope: str = ""
    waiver_terms: WaiverTerms = field(default_factory=WaiverTerms)

    def fix_for(self, resource_type: str) -> Fix | None:
        """Return the advice for `resource_type`, with parameters filled in; None where the policy gives none."""
        fix = self.fixes.get(resource_type) or self.fixes.get("")
        if fix is None or "{" not in fix.says:
            return fix
        says = fix.says
        for parameter in self.parameters:
            says = says.replace("{" + parameter.name + "}", str(parameter.value))
        return Fix(says, fix.sets)


WAIVER_WORDS = ("owner", "approver", "ticket", "until", "compensating_control")
"""What a waiver can say beside its reason."""
_WAIVER_ASKED = WAIVER_WORDS[:4]


class Waiver(Struct, frozen=True):
    """Why a fail or an unknown does not count, and where that is said.

    `until` is an ISO date, "" for no end. `owner` answers for the risk, and `approver`, somebody else, accepted it; ""
    where none is named. `tool` is the scanner whose comment it is, "" for the configuration. `outcome` is what the
    verdict would be without it.
    """

    reason: str
    until: str
    owner: str
    place: Place
    approver: str = ""
    ticket: str = ""
    compensating_control: str = ""
    tool: str = ""
    outcome: Outcome = Outcome.FAIL

    def lacks(self, words: Iterable[str] = _WAIVER_ASKED) -> list[str]:
        """Return which of `words` it does not say; an approver who is the owner is none."""
        return [
            word
            for word in words
            if not getattr(self, word)
            or (word == "approver" and self.approver.casefold() == self.owner.casefold())
        ]


class Same(Struct, frozen=True):
    """What a rule of another scanner says of the same fact: the scanner, the rule's id, how it came out."""

    tool: str
    rule: str
    outcome: Outcome


class Verdict(Struct):
    """How one policy came out for one asset.

    `setting` is the one that decided; `value` what it is (None when unknown); `reason` is a sentence without a full
    stop, or what makes it of that setting (its name, its value, its default's source) when it is asked for: most passes
    are never shown. `settle_with` is what would settle an
    unknown. `also` holds further settings that failed or are unknown. `change` is told of what fails, is waived or
    unknown where the run is compared with an earlier state. `same` is what rules of a pack say of the fact.
    """

    policy: Policy
    outcome: Outcome
    asset: Asset
    setting: str
    value: Any
    reason: str | Callable[[Verdict], str]
    settle_with: str = ""
    also: tuple[str, ...] = ()
    waiver: Waiver | None = None
    change: Change | None = None
    same: tuple[Same, ...] = ()

    @property
    def because(self) -> str:
        """The reason, as a sentence without a full stop."""
        return self.reason if isinstance(self.reason, str) else self.reason(self)

    @property
    def places(self) -> list[Place]:
        """Where the deciding settings stand, the first the most exact; at least the asset's own place."""
        if not self.setting:
            return [self.asset.place]
        first = self.asset.settings[self.setting].place
        if not self.also:
            return [first]
        return list(dict.fromkeys([first, *(self.asset.settings[name].place for name in self.also)]))

    @property
    def resource(self) -> Resource:
        """The resource that the first of the deciding settings was read from."""
        return self.asset.settings[self.setting].resource if self.setting else self.asset.resource

    @property
    def origins(self) -> tuple[Origin, ...]:
        """What the deciding settings were taken from, of what fails or is unknown (waived or not)."""
        if not self.setting or self.outcome not in ORIGINS_TOLD:
            return ()
        settings = self.asset.settings
        return tuple(
            dict.fromkeys(each for name in (self.setting, *self.also) for each in settings[name].origins)
        )

    @property
    def fingerprint(self) -> str:
        """A stable id: policy, scope, address and setting. Moved lines and renamed files do not change it.

        Objects of one name in two folders of manifests are two, though what is around them is one cluster's.
        """
        return digest(self.policy.id, *identity(self.asset), self.setting)

    @property
    def fact(self) -> str:
        """The id of the same finding across planes: policy, key and setting; "" while the key is not known."""
        key = self.asset.key
        return digest(self.policy.id, key, self.setting) if isinstance(key, str) else ""


def identity(asset: Asset) -> tuple[str, str]:
    """Return what tells an asset from all others of a run, for fingerprints: its root and its lasting address there."""
    root = asset.scope
    if asset.resource.plane == "manifest":
        root += f"\0{asset.resource.place.origin.rpartition('/')[0]}"
    return root, asset.lasting


def digest(*parts: str) -> str:
    """Return 32 hex characters over `parts`."""
    return digest_of("\0".join(parts))


def digest_of(joined: str) -> str:
    """Return 32 hex characters over parts that NUL joins: `digest` for who joins many that begin or end alike."""
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Control(Struct, frozen=True):
    """A control of a framework, in our own words; `testable` is automated, partial or manual.

    Each of `sufficient` names `kinds` and `policies`: all of these, passed on assets of all of those, evidence it.
    """

    id: str
    title: str
    group: str
    testable: str
    rationale: str = ""
    sufficient: tuple[Mapping[str, tuple[str, ...]], ...] = ()


class Framework(Struct, frozen=True):
    """A framework with its controls, by id in the framework's order; `scope` marks the assets that it is about.

    `links` are those that stand in its own file, by policy; tfaudit's own stand in the policies.
    """

    id: str
    name: str
    version: str
    controls: Mapping[str, Control]
    digest: str = ""
    scope: str = ""
    links: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)


class Scanned(Struct, frozen=True):
    """What was looked at: the target (a path or a live API), who observed it, and how much of what was read.

    Where files were `named`, that many, the others were read because they belong together with them.
    """

    target: str
    plane: str
    observer: str
    files: int = 0
    resources: int = 0
    assets: int = 0
    named: int = 0


class Fixed(Struct, frozen=True):
    """A finding of the state that a run is compared with which is no finding any more."""

    policy: str
    severity: str
    address: str
    place: str
    fingerprint: str


class Compared(Struct, frozen=True):
    """What a run is compared with, in words, and the findings that were there and are gone."""

    against: str
    fixed: tuple[Fixed, ...] = ()


class InForce(Struct, frozen=True):
    """A configuration file that was in force: its name, the SHA-256 of its bytes, and what it states."""

    file: str
    sha256: str
    states: Mapping[str, Any] = field(default_factory=dict)


class Revision(Struct, frozen=True):
    """The commit that a work tree has checked out; `repository` is the https:// address of a remote, "" for none.

    What was scanned may differ from it: changes that are not committed count as well.
    """

    repository: str
    commit: str
    branch: str = ""


class LeftOut(Struct, frozen=True):
    """What the patterns of one place (`.gitignore`, `--exclude`, a configuration) left out of a scan of files."""

    by: str
    patterns: tuple[str, ...]
    files: int
    folders: int
