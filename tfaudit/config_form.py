"""The form of `tfaudit.yaml` as pydantic models; `schemas/tfaudit.schema.json` is made from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from tfaudit.errors import did_you_mean
from tfaudit.model.vocabulary import KINDS

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
SeverityName = Literal["critical", "high", "medium", "low"]
PlaneName = Literal["code", "plan", "manifest", "config", "pipeline", "live"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PoliciesForm(_Form):
    """Which policies are in force."""

    only: list[str] = Field(
        default_factory=list, description="Judge these policies alone; `*` stands for any characters."
    )
    exclude: list[str] = Field(
        default_factory=list, description="Leave these policies out; `*` stands for any characters."
    )
    severity: SeverityName | None = Field(
        default=None, description="Judge policies of this severity or worse alone."
    )
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

    parameters: dict[str, str] = Field(default_factory=dict, description="Parameters of templates, by name.")


Level = Literal["critical", "high", "medium", "low", "never"]


class GateForm(_Form):
    """Which exit code a scan ends with."""

    fail_on: Level | None = Field(
        default=None, description="The lowest severity of a finding that ends a run with exit code 1 (low)."
    )
    unknown_on: Level | None = Field(
        default=None,
        description="The lowest severity of an unknown verdict that ends a run with exit code 1 (never).",
    )
    max_unknown: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="More unknown verdicts than this end a run with exit code 1."
    )
    strict_waivers: bool | None = Field(
        default=None,
        description="A waiver that ran out, is broad, misspelt or without effect ends a run with exit code 1.",
    )
    allow_incomplete: bool | None = Field(
        default=None, description="Input that was not read is no reason for exit code 3; it is still shown."
    )
    allow_empty: bool | None = Field(
        default=None, description="That nothing was judged is no reason for exit code 3."
    )
    soft_fail: bool | None = Field(
        default=None, description="Exit code 0 where it would be 1 or 3; the closing line tells both."
    )


class CompareForm(_Form):
    """What a scan is compared with, so that only what is new counts at the gate. At most one of the two."""

    since: str = Field(
        default="",
        description="A commit, branch or tag; what is compared with is where the work parted from it.",
    )
    baseline: str = Field(default="", description="A file that tfaudit baseline write made, beside this one.")


class OutputForm(_Form):
    """How much the text report shows, and in which order."""

    group_by: Literal["file", "policy", "asset", "control"] | None = Field(
        default=None, description="What findings stand below (file)."
    )
    limit: Annotated[int, Field(ge=0)] | None = Field(
        default=None, description="How many findings are shown in full (40)."
    )
    compact: bool | None = Field(default=None, description="A line for each finding.")
    summary: bool | None = Field(default=None, description="The sums alone.")


class WaiverForm(_Form):
    """Findings that do not count, and why."""

    policy: Text = Field(description="A policy's id; * stands for any characters.")
    asset: Text = Field(description="An asset's address, key or name; * stands for any characters.")
    root: str = Field(
        default="",
        description="Only in this root, template or folder of manifests; * stands for any characters.",
    )
    path: str = Field(default="", description="Only where the fault stands in such a file; * as above.")
    plane: PlaneName | None = Field(default=None, description="Only on this plane.")
    reason: Text = Field(description="Why it does not count.")
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
        if self.kind and "*" not in self.kind and self.kind not in KINDS:
            raise ValueError(f'unknown kind "{self.kind}"{did_you_mean(self.kind, KINDS)}')
        return self


class AcceptUnreadForm(_Form):
    """Input that may stay unread without making the scan incomplete; it is still shown."""

    match: Text = Field(description="A path or place; * stands for any characters.")
    reason: Text = Field(description="Why that is right.")


class ConfigForm(_Form):
    """The configuration of tfaudit for one repository."""

    extends: str = Field(
        default="",
        description="A configuration that this one adds to, beside this file; what stands here goes first.",
    )
    profile: str = Field(default="", description="A profile's name, or a file beside this one.")
    frameworks: list[str] = Field(default_factory=list, description="Show controls of these frameworks only.")
    framework_folders: list[str] = Field(
        default_factory=list, description="Folders with further frameworks, beside this file."
    )
    policies: PoliciesForm = Field(default_factory=PoliciesForm)
    packs: list[Literal["checkov"]] = Field(
        default_factory=list, description="Judge by the rules of these scanners, too."
    )
    pack_formats: list[str] = Field(
        default_factory=list,
        description="Formats that packs judge: terraform, dockerfile ...; all where none is named.",
    )
    parameters: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="Values by policy and parameter."
    )
    severities: dict[str, SeverityName] = Field(
        default_factory=dict, description="Severities by policy, instead of the policies' own."
    )
    exclude: list[str] = Field(default_factory=list, description="Paths to leave out, as in .gitignore.")
    gitignore: bool | None = Field(
        default=None, description="Whether what .gitignore leaves out is left out here, too (true)."
    )
    inline_waivers: bool | None = Field(
        default=None, description="Whether comments in the code may waive findings (true)."
    )
    terraform: TerraformForm = Field(default_factory=TerraformForm)
    cloudformation: CloudFormationForm = Field(default_factory=CloudFormationForm)
    gate: GateForm = Field(default_factory=GateForm)
    timeout: Annotated[float, Field(gt=0, le=86_400)] | None = Field(
        default=None, description="How many seconds the whole scan may take."
    )
    compare: CompareForm = Field(default_factory=CompareForm)
    output: OutputForm = Field(default_factory=OutputForm)
    waivers: list[WaiverForm] = Field(
        default_factory=list, description="Findings that do not count, and why."
    )
    accept_unread: list[AcceptUnreadForm] = Field(
        default_factory=list, description="Input that may stay unread, and why."
    )
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
            CloudFormationForm,
            GateForm,
            CompareForm,
            OutputForm,
            WaiverForm,
            AcceptUnreadForm,
            MarkForm,
        ]
        return [word for part in parts for word in part.model_fields]

    @classmethod
    def leaves(cls) -> list[str]:
        """Return every word that has a value, with the part that it stands in before it: `gate.fail_on`."""
        found: list[str] = []
        for name, field in cls.model_fields.items():
            inner = field.annotation
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                found += [f"{name}.{each}" for each in inner.model_fields]
            else:
                found.append(name)
        return found

    @classmethod
    def added(cls) -> frozenset[str]:
        """Return the words whose lists stand beside those of the file that is extended, instead of in their place."""
        return frozenset(
            {
                "exclude",
                "policies.exclude",
                "policies.folders",
                "framework_folders",
                "terraform.variable_files",
                "waivers",
                "accept_unread",
            }
        )
