"""Templates that were compiled from the Bicep file beside them: left out where both say the same.

A template's word that it was compiled is not taken: both are evaluated and compared, resource by resource.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Unread, Unresolved

if TYPE_CHECKING:
    from tfaudit.sources.arm.emit import Stated
    from tfaudit.sources.tree.files import Tree

_NAMED = re.compile(r"(?:parameters|variables)\('(\w+)'\)")
_OURS = frozenset({"id", "name", "type", "apiVersion", "scope", "parent"})


def is_compiled(template: Any) -> bool:
    """Whether a template says of itself that it was compiled from Bicep."""
    found: Any = template
    for name in ("metadata", "_generator", "name"):
        found = found.get(name) if isinstance(found, dict) else None
    return str(found).lower() == "bicep"


def source_beside(name: str, tree: Tree) -> str:
    """Return the Bicep file that a template called `name` would be compiled from, "" where none beside it is judged."""
    source = name.removesuffix(".json") + ".bicep"
    bicep = tree.opened.get("bicep")
    return source if bicep is not None and source in bicep.data else ""


def says_the_same(template: Iterable[Stated | Unread], source: str, tree: Tree) -> bool:
    """Whether the Bicep file `source` declares what a template does, no more and no less."""
    own = _told(tree.opened["bicep"].stated(source))
    return own is not None and own == _told(template)


def _told(found: Iterable[Stated | Unread]) -> dict[tuple[str, str], list[str]] | None:
    """Return what is declared, by type and id; None where something could not be read."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in found:
        if isinstance(each, Unread):
            return None
        body = {name: value for name, value in each.body.items() if name not in _OURS}
        told[each.type, _plain(each.id)].append(repr(_value(body)))
    return {key: sorted(values) for key, values in told.items()}


def _value(value: Any) -> Any:
    """Return a value as both languages have it: of what is not known, only that it is not."""
    if isinstance(value, (Unresolved, Reference)):
        return "?"
    if isinstance(value, dict):
        stated = {_plain(name): _value(each) for name, each in value.items() if each is not None}
        return dict(sorted(stated.items()))
    if isinstance(value, list):
        return [_value(each) for each in value]
    return _plain(value) if isinstance(value, str) and "${" in value else value


def _plain(text: str) -> str:
    return _NAMED.sub(r"\1", text).lower()
