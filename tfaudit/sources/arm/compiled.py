"""Templates that were compiled from the Bicep file beside them: left out where both say the same.

A template's word that it was compiled is not taken: both are evaluated and compared, resource by resource.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Reference, Resource, Unread, Unresolved

if TYPE_CHECKING:
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
    """Return the Bicep file that a template called `name` would be compiled from, "" where none lies beside it."""
    source = name.removesuffix(".json") + ".bicep"
    return source if (tree.root / source).is_file() else ""


def says_the_same(template: Iterable[Resource | Unread], source: str, tree: Tree) -> bool:
    """Whether the Bicep file `source` declares what was read of a template, no more and no less."""
    from tfaudit.sources.bicep.loading import Loader

    loader = Loader(tree)
    data = loader.bytes_of(source)
    if not isinstance(data, bytes):
        return False
    loader.data[source] = data
    own = _told(loader.deployed(source, {}, source))
    return own is not None and own == _told(template)


def _told(found: Iterable[Resource | Unread]) -> dict[tuple[str, str], list[str]] | None:
    """Return what resources say, by type and id; None where something could not be read."""
    stated: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in found:
        if isinstance(each, Unread):
            return None
        body = {name: value for name, value in each.body.items() if name not in _OURS}
        id_ = each.body["id"]
        text = id_.expression if isinstance(id_, Unresolved) else str(id_)
        stated[each.type, _plain(text)].append(repr(_value(body)))
    return {key: sorted(values) for key, values in stated.items()}


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
