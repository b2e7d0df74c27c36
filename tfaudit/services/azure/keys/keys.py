"""Keys of Azure assets: the part of an ARM id that code can know as well.

An ARM id reads `/subscriptions/S/resourceGroups/G/providers/N/T/NAME/CHILD_T/CHILD_NAME`. Code seldom knows the
subscription, so the key is `azure:` + namespace and types, lower case, + the names, lower case since ARM ignores
case:

    azure:microsoft.storage/storageaccounts/orders             a name that is unique in all of Azure
    azure:microsoft.keyvault/vaults/keys/orders-kv/payments    the child of one
    azure:microsoft.network/virtualnetworks/rg-app/hub         unique in its group only: the group comes first

`from_id` gives the same key for an ARM id, so that live resources meet the code that declares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from tfaudit.model.asset import Key
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View

GLOBAL = frozenset(
    {
        "microsoft.storage/storageaccounts",
        "microsoft.keyvault/vaults",
        "microsoft.keyvault/managedhsms",
        "microsoft.web/sites",
        "microsoft.servicebus/namespaces",
        "microsoft.eventhub/namespaces",
        "microsoft.documentdb/databaseaccounts",
        "microsoft.containerregistry/registries",
        "microsoft.dbforpostgresql/flexibleservers",
        "microsoft.dbforpostgresql/servers",
        "microsoft.dbformysql/flexibleservers",
        "microsoft.dbformysql/servers",
        "microsoft.dbformariadb/servers",
        "microsoft.sql/servers",
        "microsoft.cache/redis",
    }
)
"""Types whose names are unique in all of Azure, since they are DNS names."""

RESOURCE: Spelling = {
    # word, then its path in Terraform and in ARM
    "id": azure(NOTHING, "id"),
    "name": azure("name", "name"),
    "group": azure("resource_group_name", None),
}
"""What every resource of Azure is called by. Terraform's code has no id; where there is one, it is the whole name."""

IDENTITY = tuple(RESOURCE)

_SETTLE = "scan the plan or the live subscription"
_ID = re.compile(
    r"(?i)^/subscriptions/[^/]+(?:/resourcegroups/(?P<group>[^/]+))?/providers/(?P<namespace>[^/]+)/(?P<rest>[^/]+/[^/]+(?:/[^/]+/[^/]+)*)/?$"
)


def from_id(arm_id: str) -> str | None:
    """Return the key for a full ARM id; None for what is not the id of a resource below a provider."""
    found = _ID.match(arm_id.strip())
    if not found:
        return None
    steps = found["rest"].split("/")
    types = [found["namespace"], *steps[::2]]
    names = steps[1::2]
    if "/".join(types[:2]).lower() not in GLOBAL and found["group"]:
        names = [found["group"], *names]
    return _key("/".join(types), names)


def named(view: View, type_: str) -> Key:
    """Return the key of the resource of `type_` that `view` shows: from its id, or its name and group."""
    own = view.spelled(RESOURCE)
    if (known := by_id(own)) is not None:
        return known
    parts: list[str] = []
    for word in ("name",) if type_ in GLOBAL else ("group", "name"):
        part = name_of(own, word)
        if isinstance(part, Unresolved):
            return part
        parts.append(part)
    return _key(type_, parts)


def below(view: View, parent: str, parent_type: str, child: str, name: str = "") -> Key:
    """Return the key of a child of the resource whose id the word `parent` is.

    `child` is the last step of its type, `keys`; `name` its name where that is not the view's own `name`.
    """
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    above = parent_key(view, parent, parent_type)
    own = name or name_of(view.spelled(RESOURCE), "name")
    if isinstance(above, Unresolved):
        return above
    if isinstance(own, Unresolved):
        return own
    return inside(above, parent_type, child, own)


def inside(above: str, type_: str, child: str, name: str) -> str:
    """Return the key of the child called `name` of the resource with the key `above`."""
    return f"azure:{type_}/{child}{above.removeprefix('azure:' + type_)}/{name}".lower()


def part_of(above: Key, type_: str, child: str, name: Any) -> Key:
    """Return the key of a part of the resource with the key `above`; `name` is the part's, or why it is not known."""
    if isinstance(above, Unresolved):
        return above
    if not isinstance(name, str):
        return Unresolved(f"its name is {name}", _SETTLE)
    return inside(above, type_, child, name)


def part_of_named(view: View, type_: str, child: str) -> Key:
    """Return the key of a part that names its `account` and the `group` of that, of `type_`, beside its own `name`."""
    if (known := by_id(view.spelled(RESOURCE))) is not None:
        return known
    parts = [name_of(view, word) for word in ("group", "account", "name")]
    open_ = next((each for each in parts if isinstance(each, Unresolved)), None)
    if open_ is not None:
        return open_
    return part_of(f"azure:{type_}/{parts[0]}/{parts[1]}", type_, child, parts[2])


def parent_key(view: View, word: str, type_: str) -> Key:
    """Return the key of the resource of `type_` whose id, a reference or an ARM id, the word `word` is."""
    value = raw(view, word)
    if isinstance(value, Reference):
        for target in view.leads_to(word):
            return named(target, type_)
        return Unresolved(f"{_path(view, word)} leads to {value}, which is not declared here", _SETTLE)
    found = from_id(value) if isinstance(value, str) else None
    return found or Unresolved(f"{_path(view, word)} is {value}", _SETTLE)


def name_of(view: View, word: str) -> str | Unresolved:
    """Return the name that the word `word` is, or that of the resource which it leads to."""
    value = raw(view, word)
    if isinstance(value, str) and value:
        return value
    if isinstance(value, Reference):
        for target in view.leads_to(word):
            found = target.spelled(RESOURCE).word("name")
            if isinstance(found, Known) and isinstance(found.value, str):
                return found.value
    if isinstance(value, (Reference, Unresolved)):
        return Unresolved(f"{_path(view, word)} is {value}", _SETTLE)
    return Unresolved(f"{_path(view, word)} is not set: the provider makes a name up", _SETTLE)


def raw(view: View, word: str) -> Any:
    """Return what stands at a word as its source has it: the text of an id that is not known says what it may name."""
    return view.stated(word).value


def by_id(view: View) -> Key | None:
    """Return the key that an id makes; None where there is no id, as in Terraform's code."""
    match view.word("id"):
        case Known(value=arm_id):
            key = from_id(str(arm_id))
            if key is not None and "${" in key:
                return Unresolved("its resource group is chosen at deployment", _SETTLE)
            return key or Unresolved("its id is not known", _SETTLE)
        case Unknown(because=because, settle_with=settle_with):
            return Unresolved(because, settle_with)
        case _:
            return None


def id_text(view: View) -> str:
    """Return the id of what `view` shows as a text, with its expressions where it is not known; "" for none."""
    value = raw(view.spelled(RESOURCE), "id")
    text = value.expression if isinstance(value, Unresolved) else value
    return text.lower() if isinstance(text, str) else ""


def _path(view: View, word: str) -> str:
    """Return what a word is called where it stands."""
    return next(iter(view.table[word].paths(view.resource.dialect)), word)


def _key(type_: str, names: Iterable[str]) -> str:
    return f"azure:{type_}/{'/'.join(names)}".lower()
