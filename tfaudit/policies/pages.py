"""A page in Markdown about each policy: what the help address of a SARIF rule and of a GitLab finding leads to."""

from __future__ import annotations

from collections.abc import Iterator

from tfaudit.model.verdicts import Policy
from tfaudit.policies.load import filled
from tfaudit.policies.matchers import says


def text(policy: Policy) -> str:
    """Return the page about `policy`, with the values in force."""
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield f"# {policy.title}"
    yield ""
    kinds = ", ".join(policy.kinds)
    yield f"Policy `{policy.id}`, {policy.severity.value}, family `{policy.family}`; it judges {kinds}."
    yield ""
    yield policy.why
    yield ""
    yield "## What is required"
    yield ""
    for name, matcher in policy.when.items():
        yield f"- where `{name}` is {says(filled(policy, matcher))}"
    for name, matcher in policy.require.items():
        yield f"- `{name}` has to be {says(filled(policy, matcher))}"
    for parameter in policy.parameters:
        yield f"- `{parameter.name}` is {parameter.value} {parameter.unit}: {parameter.says}"
    fixes = [(type_, fix.says) for type_ in policy.fixes if (fix := policy.fix_for(type_)) is not None]
    if fixes:
        yield from ("", "## How to mend it", "")
        yield from (f"- {f'`{type_}`: ' if type_ else ''}{advice}" for type_, advice in fixes)
    if policy.links:
        yield from ("", "## What it is evidence for", "")
        yield from (
            f"- {each.framework} {each.control} ({each.strength}): {each.because}" for each in policy.links
        )
    if policy.same_as:
        yield from ("", "## Known elsewhere as", "")
        yield from (f"- {tool}: {', '.join(ids)}" for tool, ids in policy.same_as.items())
    if policy.references:
        yield from ("", "## See", "")
        yield from (f"- {each}" for each in policy.references)
