"""Policies as SARIF rules, and the controls that they are evidence for as SARIF taxonomies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit import data, documents
from tfaudit.model.verdicts import Severity
from tfaudit.reports import findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfaudit.model.result import ScanResult
    from tfaudit.model.standing import Standing
    from tfaudit.model.verdicts import Link, Policy

TAGS = 20
"""GitHub refuses a rule with more."""

# GitHub's bands: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, below low.
SECURITY_SEVERITY = {
    Severity.CRITICAL: "9.5",
    Severity.HIGH: "8.0",
    Severity.MEDIUM: "5.5",
    Severity.LOW: "2.5",
}
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}

_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[!-~]*)?$")

Controls = dict[str, dict[str, int]]
"""Framework → control → its index in that framework's taxonomy."""


def controls_of(policies: Sequence[Policy]) -> Controls:
    """Return the controls that the policies name, numbered in order of framework and control."""
    named: dict[str, set[str]] = {}
    for policy in policies:
        for link in policy.links:
            named.setdefault(link.framework, set()).add(link.control)
    return {
        framework: {control: index for index, control in enumerate(sorted(controls))}
        for framework, controls in sorted(named.items())
    }


def taxonomies(result: ScanResult, controls: Controls, stand: Sequence[Standing]) -> list[Any]:
    """Return one tool component for each framework, with the controls that the run has evidence for as its taxa.

    How each control stands is a property of its taxon.
    """
    import sarif_om

    by_id = {(each.framework, each.control): each for each in stand}
    found = []
    for name, indexes in controls.items():
        framework = result.frameworks.get(name)
        taxa = []
        for control in indexes:
            known = framework.controls.get(control) if framework else None
            title = known.title if known else control
            stands = by_id.get((name, control))
            stated = {"status": stands.status.value, "says": findings.line(stands.says)} if stands else None
            taxa.append(
                sarif_om.ReportingDescriptor(id=control, short_description=text(title), properties=stated)
            )
        found.append(
            sarif_om.ToolComponent(
                name=name,
                full_name=framework.name if framework else None,
                version=framework.version if framework else None,
                short_description=text(
                    f"Controls of {framework.name if framework else name}, in tfaudit's words"
                ),
                taxa=taxa,
                is_comprehensive=False,
            )
        )
    return found


def rule(policy: Policy, controls: Controls) -> Any:
    """Return the rule that stands for `policy`."""
    import sarif_om

    return sarif_om.ReportingDescriptor(
        id=policy.id,
        name="".join(part.capitalize() for part in policy.id.split("-")),
        short_description=text(fault(policy)),
        full_description=text(policy.why),
        help=sarif_om.MultiformatMessageString(text=_help(policy), markdown=_help_markdown(policy)),
        help_uri=page(policy),
        default_configuration=sarif_om.ReportingConfiguration(level=LEVELS[policy.severity]),
        relationships=[_relationship(link, controls) for link in policy.links],
        properties={
            "security-severity": SECURITY_SEVERITY[policy.severity],
            "precision": "high",
            "tags": _tags(policy),
        },
    )


def page(policy: Policy) -> str | None:
    """Return the page that documents a policy: our own, of a plug-in's policy its first reference."""
    if not policy.origin or not (data.folder("policies") / policy.origin).is_file():
        # References are written without their scheme.
        pages = (each.removeprefix("https://") for each in policy.references)
        return next((f"https://{each}" for each in pages if _ADDRESS.match(each)), None)
    return documents.page(policy.id)


def fault(policy: Policy) -> str:
    """Return what is wrong where a policy fails, as far as that is the same of every asset: the title of an alert."""
    if not policy.finding:
        return policy.title
    values = {each.name: str(each.value) for each in policy.parameters}
    return documents.PLACEHOLDER.sub(lambda found: values.get(found[1], f"({found[1]})"), policy.finding)


def text(says: str) -> Any:
    """Return a SARIF message string that ends in a full stop, as viewers expect."""
    import sarif_om

    says = findings.line(says).strip()
    return sarif_om.MultiformatMessageString(text=says if says.endswith((".", "!", "?")) else f"{says}.")


def _relationship(link: Link, controls: Controls) -> Any:
    import sarif_om

    component = sarif_om.ToolComponentReference(
        name=link.framework, index=list(controls).index(link.framework)
    )
    target = sarif_om.ReportingDescriptorReference(
        id=link.control, index=controls[link.framework][link.control], tool_component=component
    )
    return sarif_om.ReportingDescriptorRelationship(
        target=target,
        kinds=["relevant"],
        description=sarif_om.Message(text=f"{link.strength}: {link.because}"),
        properties={"strength": link.strength},
    )


def _tags(policy: Policy) -> list[str]:
    tags = ["security", policy.family, *(f"{link.framework}/{link.control}" for link in policy.links)]
    return list(dict.fromkeys(tags))[:TAGS]


def _fixes(policy: Policy) -> list[tuple[str, str]]:
    return [(type_, advice.says) for type_ in policy.fixes if (advice := policy.fix_for(type_)) is not None]


def _help(policy: Policy) -> str:
    lines = [policy.why, *(f"{type_ + ': ' if type_ else ''}{says}" for type_, says in _fixes(policy))]
    controls = findings.controls(policy)
    return "\n".join([*lines, f"Evidence for {controls}."] if controls else lines)


def _help_markdown(policy: Policy) -> str:
    parts = [policy.why]
    fixes = [f"- {f'`{type_}`: ' if type_ else ''}{says}" for type_, says in _fixes(policy)]
    if fixes:
        parts.append("## How to mend it\n" + "\n".join(fixes))
    links = [
        f"| {link.framework} | {link.control} | {link.strength} | {link.because} |" for link in policy.links
    ]
    if links:
        head = "| framework | control | strength | because |\n| --- | --- | --- | --- |\n"
        parts.append("## Controls\n" + head + "\n".join(links))
    return "\n\n".join(parts)
