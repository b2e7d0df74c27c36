"""What the caller may do in a subscription, as Azure says: each type that the graph shows is held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tfaudit.sources.live.azure.errors import not_azure

PATH = "/providers/Microsoft.Authorization/permissions"
VERSION = "2022-04-01"
CALL = "Microsoft.Authorization/permissions"


class Permissions:
    """The roles of the caller at one scope, those from above it included."""

    def __init__(self, roles: Iterable[Any]) -> None:
        """Take the `value` of the API's answer; `CallFailed` where it is not of its form."""
        self._roles = [
            (list(_patterns(each, "actions")), list(_patterns(each, "notActions"))) for each in roles
        ]

    def allow(self, action: str) -> bool:
        """Whether some role allows an action, `Microsoft.Sql/servers/read`."""
        return any(
            any(each.fullmatch(action) for each in actions)
            and not any(each.fullmatch(action) for each in without)
            for actions, without in self._roles
        )


def _patterns(role: Any, name: str) -> Iterator[re.Pattern[str]]:
    stated = role.get(name) if isinstance(role, Mapping) else None
    if stated is None and isinstance(role, Mapping) and name == "notActions":
        return
    if not isinstance(stated, list) or not all(isinstance(each, str) for each in stated):
        raise not_azure(f"a role has no {name}")
    for each in stated:
        yield re.compile(".*".join(map(re.escape, each.split("*"))), re.IGNORECASE)
