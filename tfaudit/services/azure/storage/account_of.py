"""The storage account of what stands inside it: a container, a share, a queue, a table."""

from __future__ import annotations

from tfaudit.model.asset import Key
from tfaudit.model.resources import Resource, Unresolved
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import RESOURCE, below, inside, named, raw

ACCOUNT_TYPE = "microsoft.storage/storageaccounts"
ACCOUNTS = ("azurerm_storage_account", ACCOUNT_TYPE)

INSIDE: Spelling = {
    "id": RESOURCE["id"],
    "name": RESOURCE["name"],
    # word, then its path in Terraform, whose older resources name their account, and in ARM
    "account": azure("storage_account_id", "parent"),
    "account_name": azure("storage_account_name", NOTHING),
}
"""The words of what stands inside an account."""


def _by_name(inventory: Inventory) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for each in inventory.of_type(*ACCOUNTS):
        if isinstance(name := raw(View(each, inventory, table=RESOURCE), "name"), str):
            found[name] = each
    return found


def account_of(view: View) -> View | None:
    """Return the account, without words; None where it is not declared here."""
    for word in ("account", "account_name"):
        for target in view.leads_to(word):
            if target.resource.type in ACCOUNTS:
                return target
    found = view.inventory.derived(_by_name).get(str(raw(view, "account_name")))
    return View(found, view.inventory) if found else None


def key_inside(view: View, service: str, child: str) -> Key:
    """Return the key of what is a `child` of one of an account's services: `blobservices`, `containers`."""
    own = raw(view, "name")
    if not isinstance(own, str):
        return Unresolved(f"its name is {own}", "scan the plan or the live subscription")
    if not isinstance(view.word("account"), Absent):
        return below(view, "account", ACCOUNT_TYPE, f"{service}/{child}", f"default/{own}")
    account = account_of(view)
    above = named(account, ACCOUNT_TYPE) if account else raw(view, "account_name")
    if isinstance(above, str):
        name = above.rpartition("/")[2]
        return inside(f"azure:{ACCOUNT_TYPE}/{name}", ACCOUNT_TYPE, f"{service}/{child}", f"default/{own}")
    return Unresolved("its account is not known", "scan the plan or the live subscription")
