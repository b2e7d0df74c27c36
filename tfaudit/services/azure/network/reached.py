"""What the internet gets to of one asset, way by way, in three values."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from tfaudit.model.resources import Resource
from tfaudit.model.settings import Unknown
from tfaudit.services import reach
from tfaudit.services.azure.network.doors import Door
from tfaudit.services.reach import Passed, Ranges

_SETTLE = "scan the plan or the live subscription"


class Unfiltered(Struct):
    """Whether something is published without a web application firewall: where, or why that is not known."""

    sure: tuple[Resource, Any] | None = None
    unclear: Unknown | None = None


class Reach(Struct):
    """What the internet reaches: ports by protocol, the ways, and what is not known.

    `decided` is where the first way is, and `decided_admin` where the first is that leads to administration. What
    others speak for is `published`, of which `unfiltered` is kept.
    """

    sure: dict[str, Ranges] = field(default_factory=dict)
    perhaps: dict[str, Ranges] = field(default_factory=dict)
    ways: list[str] = field(default_factory=list)
    decided: tuple[Resource, Any] | None = None
    decided_admin: tuple[Resource, Any] | None = None
    unclear: Unknown | None = None
    unfiltered: Unfiltered = field(default_factory=Unfiltered)
    published: Reach | None = None

    def add(self, protocol: str, passed: Passed) -> None:
        """Take what one way lets through."""
        self.sure[protocol] = reach.ranges([*self.sure.get(protocol, ()), *passed.sure])
        self.perhaps[protocol] = reach.ranges([*self.perhaps.get(protocol, ()), *passed.perhaps])


def note(found: Unfiltered, door: Door, *, sure: bool, perhaps: bool, why: Unknown | None) -> None:
    """Keep in `found` that a door is there surely, or perhaps, unless a web application firewall is on the way."""
    if door.filtered is True or not (sure or perhaps):
        return
    if sure and door.filtered is False:
        found.sure = found.sure or (door.resource, door.decided or ())
        return
    because = f"whether a web application firewall is on the way by {door.name} is not known"
    doubt = Unknown(because, _SETTLE, door.resource, door.decided or ())
    found.unclear = found.unclear or (doubt if sure else why or doubt)
