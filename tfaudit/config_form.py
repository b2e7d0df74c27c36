"""The form of `tfaudit.yaml` as pydantic models; `schemas/tfaudit.schema.json` is made from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
SeverityName = Literal["critical", "high", "medium", "low"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PoliciesForm(_Form):
    """Which policies are in force."""

    only: list[str] = Field(default_factory=list, description="Judge these policies alone.")
    exclude: list[str] = Field(default_factory=list, description="Leave these policies out.")
    folders: list[str] = Field(
        default_factory=list, description="Folders with further policies, beside this file."
    )


class TerraformForm(_Form):
    """What Terraform code is evaluated with."""

    variable_files: list[str] = Field(
        default_factory=list, description="As terraform's -var-file, beside this file."
    )
    variables: dict[str, str] = Field(default_factory=dict, description="As terraform's -var.")
    modules: dict[str, str] = Field(
        default_factory=dict,
        description="Where modules from elsewhere lie in this repository: beginnings of their sources, without ?ref=, "
        "and folders beside this file.",
    )
    workspace: str = Field(default="", description="The value of terraform.workspace.")


class CloudFormationForm(_Form):
    """What templates are evaluated with."""

    parameters: dict[str, str] = Field(default_factory=dict)


class GateForm(_Form):
    """Which exit code a scan ends with."""

    fail_on: Literal["critical", "high", "medium", "low", "never"] | None = None
    max_unknown: Annotated[int, Field(ge=0)] | None = None
    allow_empty: bool = Field(default=False, description="Exit code 0 where nothing was judged.")


class WaiverForm(_Form):
    """Findings that do not count, and why."""

    policy: Text = Field(description="A policy's id; * stands for any characters.")
    asset: Text = Field(description="An asset's address, key or name; * stands for any characters.")
    reason: Text
    owner: Text = Field(description="Who answers for the risk.")
    approver: Text | None = Field(
        default=None, description="Who accepted the risk; somebody else than the owner."
    )
    ticket: Text | None = Field(default=None, description="Where the decision is recorded.")
    compensating_control: Text | None = Field(
        default=None, description="What is done instead, so that the risk is held otherwise."
    )
    until: date | None = Field(default=None, description="The last day on which it holds.")

    @model_validator(mode="after")
    def _approved_by_another(self) -> WaiverForm:
        if self.approver is not None and self.approver.casefold() == self.owner.casefold():
            raise ValueError("the approver is the owner; name somebody else who accepted the risk")
        return self


class MarkForm(_Form):
    """One way to be in a scope: all that it says has to hold; * stands for any characters."""

    tags: dict[str, str] = Field(default_factory=dict, description="Tags or labels, with their values.")
    path: Text | None = Field(
        default=None, description="The file that declares it, from the top of the tree."
    )
    account: Text | None = Field(default=None, description="The account or subscription that it is in.")
    kind: Text | None = Field(default=None, description="Its kind, such as database.")
    asset: Text | None = Field(default=None, description="Its address, key or name.")

    @model_validator(mode="after")
    def _says_something(self) -> MarkForm:
        if not (self.tags or self.path or self.account or self.kind or self.asset):
            raise ValueError("a mark says tags, path, account, kind or asset")
        return self


class AcceptUnreadForm(_Form):
    """Input that may stay unread without making the scan incomplete; it is still shown."""

    match: Text = Field(description="A path or place; * stands for any characters.")
    reason: Text


class ConfigForm(_Form):
    """The configuration of tfaudit for one repository."""

    profile: str = Field(default="", description="A profile's name, or a file beside this one.")
    frameworks: list[str] = Field(default_factory=list, description="Show controls of these frameworks only.")
    framework_folders: list[str] = Field(
        default_factory=list, description="Folders with further frameworks, beside this file."
    )
    policies: PoliciesForm = Field(default_factory=PoliciesForm)
    parameters: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="Values by policy and parameter."
    )
    severities: dict[str, SeverityName] = Field(default_factory=dict)
    exclude: list[str] = Field(default_factory=list, description="Paths to leave out, as in .gitignore.")
    terraform: TerraformForm = Field(default_factory=TerraformForm)
    cloudformation: CloudFormationForm = Field(default_factory=CloudFormationForm)
    gate: GateForm = Field(default_factory=GateForm)
    timeout: Annotated[float, Field(gt=0, le=86_400)] | None = Field(
        default=None, description="How many seconds the whole scan may take."
    )
    waivers: list[WaiverForm] = Field(default_factory=list)
    accept_unread: list[AcceptUnreadForm] = Field(default_factory=list)
    scopes: dict[str, list[MarkForm]] = Field(
        default_factory=dict,
        description="Which assets hold card data (card_data), personal data (personal_data) or are production: any "
        "of the marks of a scope suffices.",
    )

    @classmethod
    def words(cls) -> list[str]:
        """Return every word of the form, for suggestions."""
        parts: list[type[BaseModel]] = [
            cls,
            PoliciesForm,
            TerraformForm,
            GateForm,
            WaiverForm,
            AcceptUnreadForm,
            MarkForm,
        ]
        return [word for part in parts for word in part.model_fields]
