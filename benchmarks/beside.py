"""What others publish as defaults beside what we say: what differs, and what is confirmed."""

from __future__ import annotations

from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Resource
from tfaudit.model.settings import Default, Known, NotApplicable, Setting
from tfaudit.services.registry import Registry, assets

Told = dict[tuple[str, str, str], Setting]
"""Settings by address, kind and name."""

Named = tuple[str, str, str]
"""A type of resource, a kind, and a setting."""


def told(resources: list[Resource]) -> Told:
    """Return all settings of all assets of `resources`."""
    registry = Registry()
    return {
        (each.address, each.kind, name): each.settings[name]
        for each in assets(resources, registry)
        if isinstance(each, Asset)
        for name in each.settings
    }


def shown(setting: Setting) -> Any:
    """Return the value of a setting, or in a word why it has none."""
    if isinstance(setting, (Known, Default)):
        return setting.value
    return "(not applicable)" if isinstance(setting, NotApplicable) else f"(unknown: {setting.because})"


class Beside:
    """Defaults of ours by what they are of, those that something published confirms, and the differences."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.ours: dict[Named, tuple[Any, str]] = {}
        self.confirmed: set[Named] = set()
        self.rows: dict[tuple[str, ...], str] = {}

    def note(self, type_: str, resources: list[Resource], address: str) -> None:
        """Remember the defaults that we name for the resource at `address`."""
        for (at, kind, name), setting in told(resources).items():
            if isinstance(setting, Default) and at == address:
                self.ours.setdefault((type_, kind, name), (setting.value, setting.documented))

    def put(self, where: str, says: str, before: Told, after: Told, example: str) -> None:
        """Compare what is said without a value with what is said where the published default is written down.

        `where` begins with the type, `says` is that default, `example` where the resource is from.
        """
        for key in before.keys() & after.keys():
            mine, theirs, was = shown(before[key]), shown(after[key]), before[key]
            if mine != theirs:
                row = where, says, f"{key[1]} {key[2]}", f"ours {mine!r}", f"with it {theirs!r}"
                self.rows.setdefault(row, f"{getattr(was, 'documented', '')} | {example}")
            elif isinstance(was, Default) and isinstance(after[key], Known):
                self.confirmed.add((where.partition(" ")[0], key[1], key[2]))

    def lines(self, unconfirmed: bool) -> list[str]:
        """Return each difference with the source that we name; with `unconfirmed` what nothing published confirms."""
        found = [" | ".join((*row, source)) for row, source in self.rows.items()]
        if unconfirmed:
            found += [
                " | ".join(("unconfirmed", *named, repr(value), source))
                for named, (value, source) in sorted(self.ours.items(), key=str)
                if named not in self.confirmed
            ]
        return found

    def counted(self) -> str:
        """Return in words how many defaults of ours are confirmed."""
        return f"{len(self.ours)} defaults of ours, {len(self.confirmed)} of them confirmed"
