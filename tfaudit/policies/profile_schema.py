"""The form of a profile, as pydantic models: what editors complete and what a user's own profile is checked by.

Only imported when a profile has to be checked: tfaudit's own are checked by its tests.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from tfaudit.errors import PolicyError, first_fault
from tfaudit.policies.schema import Line, WaiverTermsForm

PolicyId = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourcedForm(_Model):
    """A parameter's value with where it is asked for: a paragraph of the framework, a line of a document."""

    value: Any
    source: Line


class ProfileForm(_Model):
    """Values of parameters, severities, and which policies are in force; what it does not say holds as it extends."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=80)]
    title: Line | None = None
    extends: str | list[str] = Field(
        default_factory=list,
        description="Profiles by name, or files beside this one; later ones go over former.",
    )
    parameters: dict[PolicyId, dict[str, SourcedForm | Any]] = Field(
        default_factory=dict, description="Values by policy and parameter, each plain or with its source."
    )
    severities: dict[PolicyId, Literal["critical", "high", "medium", "low"]] = Field(default_factory=dict)
    only: list[PolicyId] = Field(
        default_factory=list, description="Judge these policies alone; `*` stands for any characters."
    )
    exclude: list[PolicyId] = Field(
        default_factory=list, description="Leave these policies out; `*` stands for any characters."
    )
    include: list[PolicyId] = Field(
        default_factory=list, description="Judge these again that a profile which it extends leaves out."
    )
    scopes: dict[PolicyId, str] = Field(
        default_factory=dict, description="Judge a policy on the assets of one scope of tfaudit.yaml alone."
    )
    waivers: WaiverTermsForm = Field(default_factory=WaiverTermsForm)

    @model_validator(mode="after")
    def _in_or_out(self) -> ProfileForm:
        both = set(self.include) & set(self.exclude)
        if both:
            raise ValueError(f"{min(both)} is both included and excluded; choose one")
        return self


def check(document: Any, origin: str) -> None:
    """Raise `PolicyError`, naming `origin` and the first fault, unless `document` is a profile."""
    try:
        ProfileForm.model_validate(document)
    except ValidationError as error:
        raise PolicyError(f"{origin}: {first_fault(error.errors(), ProfileForm.model_fields)}") from error
