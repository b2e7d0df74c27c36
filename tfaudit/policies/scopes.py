"""Which assets hold card data or personal data, or are production: marked by tag, path, account, kind or address.

What is not known, such as a tag that only apply will settle, counts as in scope: leaving it out would be silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from tfaudit.errors import did_you_mean
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, Known, NotApplicable
from tfaudit.model.verdicts import Framework, Outcome, Policy, Verdict
from tfaudit.patterns import alike


class Mark(Struct, frozen=True):
    """One way to be in a scope: all that it says has to hold; `*` in its words stands for any characters."""

    tags: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    account: str = ""
    kind: str = ""
    asset: str = ""

    def holds(self, asset: Asset) -> bool | None:
        """Whether it holds for `asset`; None where that is not known."""
        answers = [
            not self.kind or alike(self.kind, asset.kind),
            not self.path or alike(self.path, asset.place.origin),
            not self.asset or any(alike(self.asset, each) for each in _names(asset)),
            _in_account(self.account, asset) if self.account else True,
            *(_tagged(asset, name, value) for name, value in self.tags.items()),
        ]
        if False in answers:
            return False
        return None if None in answers else True


Scopes = Mapping[str, tuple[Mark, ...]]
"""The marks of each scope by its name; one of them suffices."""


def members(scopes: Scopes, assets: Iterable[Asset]) -> dict[str, frozenset[int]]:
    """Return for each scope the identities (`id`) of the assets in it, those of which it is not known among them."""
    listed = list(assets)
    return {
        name: frozenset(
            id(asset) for asset in listed if any(mark.holds(asset) is not False for mark in marks)
        )
        for name, marks in scopes.items()
    }


def leave_out(verdicts: Sequence[Verdict], inside: Mapping[str, frozenset[int]]) -> None:
    """Make verdicts not applicable, in place, whose policy is asked in a scope alone and whose asset is not in it."""
    for verdict in verdicts:
        scope = verdict.policy.scope
        if scope in inside and id(verdict.asset) not in inside[scope]:
            verdict.outcome = Outcome.NOT_APPLICABLE
            verdict.reason = f"it is not in the scope {scope}"
            verdict.settle_with = ""


def undeclared(verdicts: Iterable[Verdict], scopes: Scopes) -> list[str]:
    """Return a note for each scope that a policy in force is asked in, and that no configuration declares."""
    asked = dict.fromkeys(each.policy.scope for each in verdicts if each.policy.scope)
    return [
        f"the scope {name} is asked for and not declared: every asset is taken for in it; mark those that are in "
        "scopes of tfaudit.yaml"
        for name in asked
        if name not in scopes
    ]


def unasked(scopes: Scopes, policies: Iterable[Policy], frameworks: Iterable[Framework]) -> list[str]:
    """Return a note for each declared scope that no policy, no link and no framework asks for: it may be misspelt."""
    asked = {each.scope for each in frameworks}
    for policy in policies:
        asked |= {policy.scope, *(link.scope for link in policy.links)}
    return [
        f"the scope {name} of tfaudit.yaml is asked for by nothing{did_you_mean(name, asked - {''})}"
        for name in scopes
        if name not in asked
    ]


def _names(asset: Asset) -> tuple[str, ...]:
    return asset.address, asset.name, asset.key if isinstance(asset.key, str) else ""


def _in_account(wanted: str, asset: Asset) -> bool | None:
    account = asset.resource.context.get("account") or asset.resource.context.get("subscription")
    return alike(wanted, str(account)) if account else None


def _tagged(asset: Asset, name: str, value: str) -> bool | None:
    tags = asset.settings["tags"]
    if isinstance(tags, NotApplicable):
        return False
    if not isinstance(tags, (Known, Default)) or not isinstance(tags.value, Mapping):
        return None
    found = tags.value.get(name)
    if isinstance(found, (Unresolved, Reference)):
        return None
    return found is not None and alike(value, str(found))
