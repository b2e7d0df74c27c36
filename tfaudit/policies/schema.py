"""The form of a policy file, as pydantic models: what editors complete and what a user's own policy is checked by.

Only imported when a policy has to be checked: tfaudit's own are checked by its tests.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from tfaudit.errors import PolicyError, did_you_mean
from tfaudit.model.vocabulary import KINDS
from tfaudit.policies.same_as import claim

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=600)]
Strength = Literal["full", "partial", "supporting"]


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


class PolicyForm(_Model):
    """One policy: what is required of a kind, what it is evidence for, why, and how to mend it."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    title: Line
    family: str
    severity: Literal["critical", "high", "medium", "low"]
    kinds: Annotated[list[str], Field(min_length=1)]
    when: dict[str, Any] = Field(default_factory=dict)
    require: Annotated[dict[str, Any], Field(min_length=1)]
    parameters: dict[str, ParameterForm] = Field(default_factory=dict)
    controls: dict[str, dict[str, dict[Strength, Line]]] = Field(default_factory=dict)
    why: Line
    fix: Line | dict[str, Line | FixForm] = Field(default_factory=dict)
    same_as: dict[Literal["checkov", "trivy", "prowler", "kubescape"], list[str]] = Field(
        default_factory=dict
    )
    references: list[str] = Field(default_factory=list)

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
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = str(first["msg"]).removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            message = f"unknown word{did_you_mean(str(first['loc'][-1]), PolicyForm.model_fields)}"
        raise PolicyError(f"{origin}: {where + ': ' if where else ''}{message}") from error
