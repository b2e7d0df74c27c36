"""The form of a policy file, as pydantic models: what editors complete and what a user's own policy is checked by.

Only imported when a policy has to be checked: tfaudit's own are checked by its tests.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from tfaudit.documents import PLACEHOLDER
from tfaudit.errors import PolicyError, did_you_mean, first_fault
from tfaudit.model.standing import STRENGTHS
from tfaudit.model.vocabulary import KINDS
from tfaudit.policies.same_as import claim

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=600)]

Scalar = bool | int | float | Annotated[str, StringConstraints(min_length=1)]
Least = Scalar | Annotated[list[Scalar], Field(min_length=1)]
"""What a floor may be of a parameter."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ParameterForm(_Model):
    """A value that a profile may change."""

    default: Any
    unit: str = ""
    says: Line


class FixForm(_Model):
    """How to mend one resource type: a sentence, and the attribute values that are the whole fix."""

    says: Line
    sets: dict[str, Any] = Field(default_factory=dict)


WaiverWord = Literal["owner", "approver", "ticket", "until", "compensating_control"]
Days = Annotated[int, Field(ge=1, le=3650)]


class WaiverTermsForm(_Model):
    """What a waiver must say to count."""

    longest_days: Days | dict[Literal["critical", "high", "medium", "low"], Days] = Field(
        default_factory=dict, description="How many days ahead its end may lie, for all or by severity."
    )
    requires: list[WaiverWord] = Field(default_factory=list, description="What it has to name.")


class LinkForm(_Model):
    """What a policy is evidence for: how strongly and why, and from which values of its parameters on."""

    full: Line | None = Field(default=None, description=STRENGTHS["full"])
    partial: Line | None = Field(default=None, description=STRENGTHS["partial"])
    supporting: Line | None = Field(default=None, description=STRENGTHS["supporting"])
    floor: dict[str, Least] = Field(
        default_factory=dict, description="The least that a parameter has to ask for the link to count."
    )

    scope: str = Field(default="", description="Only assets in this scope of tfaudit.yaml are evidence.")

    @model_validator(mode="after")
    def _one_strength(self) -> LinkForm:
        if sum(each is not None for each in (self.full, self.partial, self.supporting)) != 1:
            raise ValueError("a link has one strength: full, partial or supporting, with the reason")
        return self


class PolicyForm(_Model):
    """One policy: what is required of a kind, what it is evidence for, why, and how to mend it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    title: Line
    finding: Line = Field(
        default="",
        description="What is wrong with an asset that fails: {asset}, {a.setting} and {parameter} stand for these.",
    )
    family: str
    severity: Literal["critical", "high", "medium", "low"]
    kinds: Annotated[list[str], Field(min_length=1)]
    when: dict[str, Any] = Field(default_factory=dict)
    require: Annotated[dict[str, Any], Field(min_length=1)]
    parameters: dict[str, ParameterForm] = Field(default_factory=dict)
    controls: dict[str, dict[str, LinkForm]] = Field(default_factory=dict)
    why: Line
    fix: Line | dict[str, Line | FixForm] = Field(default_factory=dict)
    same_as: dict[Literal["checkov", "trivy", "prowler", "kubescape", "psrule"], list[str]] = Field(
        default_factory=dict
    )
    references: list[str] = Field(default_factory=list)
    waivers: WaiverTermsForm = Field(default_factory=WaiverTermsForm)

    @model_validator(mode="after")
    def _finding_names_what_there_is(self) -> PolicyForm:
        known = {"asset", *self.parameters, *(name for kind in self.kinds for name in KINDS.get(kind, ()))}
        for name in PLACEHOLDER.findall(self.finding):
            if name not in known:
                near = did_you_mean(name, known)
                raise ValueError(f'finding: "{{{name}}}" is neither asset, setting nor parameter{near}')
        return self

    @model_validator(mode="after")
    def _floors_are_of_parameters(self) -> PolicyForm:
        links = [each for controls in self.controls.values() for each in controls.items()]
        for control, name in ((control, name) for control, link in links for name in link.floor):
            if name not in self.parameters:
                near = did_you_mean(name, self.parameters)
                raise ValueError(f'the floor of {control} names no parameter: "{name}"{near}')
        return self

    @model_validator(mode="after")
    def _words_exist(self) -> PolicyForm:
        for kind in self.kinds:
            if kind not in KINDS:
                raise ValueError(f'unknown kind "{kind}"{did_you_mean(kind, KINDS)}')
            for name in (*self.when, *self.require):
                if name not in KINDS[kind]:
                    near = did_you_mean(name, KINDS[kind])
                    raise ValueError(f'unknown setting "{name}" of kind {kind}{near}')
        for mapped in (each for rules in self.same_as.values() for each in rules):
            said = claim(mapped)
            if said.setting and said.setting not in self.require:
                near = did_you_mean(said.setting, self.require)
                raise ValueError(f'same_as: "{mapped}" names a setting that is not required{near}')
            if said.plane not in ("", "code", "manifest"):
                raise ValueError(f'same_as: "{mapped}" wants "on code" or "on manifest"')
            words = {name for kind in self.kinds for name in KINDS[kind]}
            if said.where and (said.where not in words or not said.values):
                near = did_you_mean(said.where, words)
                raise ValueError(f'same_as: "{mapped}" wants "where SETTING in VALUE, ..."{near}')
        return self


def check(document: Any, origin: str) -> None:
    """Raise `PolicyError`, naming `origin` and the first fault, unless `document` is a policy."""
    try:
        PolicyForm.model_validate(document)
    except ValidationError as error:
        raise PolicyError(f"{origin}: {first_fault(error.errors(), PolicyForm.model_fields)}") from error
