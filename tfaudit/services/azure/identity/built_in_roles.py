"""What Azure's built-in roles come to, by their ids and by their names.

`built_in_roles.tsv` has all that can be assigned in a subscription, as Azure lists them; of a role that is not in it,
nothing is known: it may be a newer one, or a custom one. `tests/services/azure/built_in_roles.py` makes the file anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("built_in_roles.tsv")

ALL = "all"
ALL_BUT_ROLES = "all but roles"
GIVES_ROLES = "gives roles"
ON_A_CONDITION = "gives roles on a condition"
"""What a role comes to; a role of none of these does one job, and may give others no role that administers."""

ADMINISTER = frozenset({ALL, ALL_BUT_ROLES, GIVES_ROLES})


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names by id, and by each name in small letters what the role comes to."""
    names: dict[str, str] = {}
    may: dict[str, str] = {}
    for line in _FILE.read_text("utf-8").splitlines()[1:]:
        id_, name, *comes_to = line.split("\t")
        names.setdefault(id_, name)
        may[name.lower()] = comes_to[0] if comes_to else ""
    return names, may


def name_of(id_: str) -> str | None:
    """Return the name of the built-in role with this id."""
    return _tables()[0].get(id_.lower())


def may(name: str) -> str | None:
    """Return what the built-in role of this name comes to; None where no built-in role is known by it."""
    return _tables()[1].get(name.lower())


def administering() -> tuple[str, ...]:
    """Return the ids of the built-in roles that administer."""
    names, comes_to = _tables()
    return tuple(id_ for id_, name in names.items() if comes_to[name.lower()] in ADMINISTER)
