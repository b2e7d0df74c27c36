"""The form of a framework file, as pydantic models: what editors complete, and what users' own are checked by.

Only imported when one has to be checked: tfaudit's own are checked by its tests.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from tfaudit.errors import PolicyError, did_you_mean, first_fault


def _printable(text: str) -> str:
    """Return a text that is shown on terminals as it is."""
    if not text.isprintable():
        raise ValueError("it holds control characters; a text in one line is wanted here")
    return text


Printable = AfterValidator(_printable)
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600), Printable]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=60)]

Scalar = bool | int | float | Annotated[str, StringConstraints(min_length=1)]
Least = Scalar | Annotated[list[Scalar], Field(min_length=1)]
"""What a floor may be of a parameter."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SufficientForm(_Model):
    """Policies that together evidence a control, where all of them passed on assets of all these kinds."""

    kinds: Annotated[list[str], Field(min_length=1)]
    policies: Annotated[list[str], Field(min_length=1)]


class ControlForm(_Model):
    """One control: its number, a title in your own words, and how far a machine can test it."""

    id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Printable]
    title: Line
    group: Annotated[str, Printable] = ""
    testable: Literal["automated", "partial", "manual"] = "partial"
    families: list[str] = Field(default_factory=list)
    rationale: str = ""
    sufficient: list[SufficientForm] = Field(default_factory=list)


class FrameworkLinkForm(_Model):
    """How strongly a policy is linked to a control, and why; from which values of its parameters on."""

    full: Line | None = None
    partial: Line | None = None
    supporting: Line | None = None
    floor: dict[str, Least] = Field(default_factory=dict)
    scope: str = ""

    @model_validator(mode="after")
    def _one_strength(self) -> FrameworkLinkForm:
        if sum(each is not None for each in (self.full, self.partial, self.supporting)) != 1:
            raise ValueError("a link has one strength: full, partial or supporting, with the reason")
        return self


class FrameworkForm(_Model):
    """A framework: its controls, and the policies that are evidence for them."""

    framework: Name
    name: Line
    version: str | int | float
    scope: str = Field(default="", description="The scope of tfaudit.yaml whose assets it is about.")
    controls: Annotated[list[ControlForm], Field(min_length=1, max_length=5000)]
    links: dict[str, dict[str, FrameworkLinkForm]] = Field(
        default_factory=dict, description="By control and policy, how strong the link is and why."
    )

    @model_validator(mode="after")
    def _once(self) -> FrameworkForm:
        seen: set[str] = set()
        for each in self.controls:
            if each.id in seen:
                raise ValueError(f'controls: "{each.id}" stands twice')
            seen.add(each.id)
        return self

    @model_validator(mode="after")
    def _links_lead_to_controls(self) -> FrameworkForm:
        known = {each.id for each in self.controls}
        for control in self.links:
            if control not in known:
                raise ValueError(f'links: there is no control "{control}"{did_you_mean(control, known)}')
        return self


def check(document: Any, origin: str) -> None:
    """Raise `PolicyError`, naming `origin` and the first fault, unless `document` is a framework."""
    try:
        FrameworkForm.model_validate(document)
    except ValidationError as error:
        forms = (FrameworkForm, ControlForm, FrameworkLinkForm)
        words = [word for form in forms for word in form.model_fields]
        raise PolicyError(f"{origin}: {first_fault(error.errors(), words)}") from error
