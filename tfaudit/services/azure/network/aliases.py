"""Names of somebody's own that a public DNS zone declared here leads on: to another name, an address, or a resource.

`shop.example.org` is what its record says, be it by several records in a row. A name without a record here is asked for
nowhere. learn.microsoft.com/azure/dns/dns-zones-records, learn.microsoft.com/azure/dns/dns-alias
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.companions import may_be_missing
from tfaudit.reading.inventory import Inventory
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.view import View
from tfaudit.services.azure.keys.keys import id_text

ARM_TYPES = ("Microsoft.Network/dnsZones/CNAME", "Microsoft.Network/dnsZones/A")
BESIDE = tuple(each.lower() for each in ARM_TYPES)

RECORDS = ("azurerm_dns_cname_record", "azurerm_dns_a_record", *BESIDE)
_ZONES = ("azurerm_dns_zone",)
_LONGEST = 8
"""So many records in a row are followed."""

TABLE: Spelling = {
    # word of a record, then its path in Terraform and in ARM
    "name": azure("name", "name"),
    "zone": azure("zone_name", NOTHING),
    "other": azure("record", "properties.cnameRecord.cname"),
    "addresses": azure("records", "properties.aRecords"),
    "resource": azure("target_resource_id", "properties.targetResource.id"),
}


def of_scope(inventory: Inventory) -> dict[str, Any]:
    """Return where names lead to, by the name in small letters and by the record's address, for `inventory.derived`."""
    found: dict[str, Any] = {}
    for each in inventory.of_type(*RECORDS):
        record = View(each, inventory, table=TABLE)
        doubt = may_be_missing(each)
        leads = doubt if doubt is not None else _leads(record)
        found[each.address] = leads
        if (name := _name(record)) is not None:
            found[name] = leads
    return found


def followed(host: Any, inventory: Inventory) -> Any:
    """Return what a host, a text or a reference, leads to by the records that are declared; itself without any."""
    known = inventory.derived(of_scope)
    for _ in range(_LONGEST if known else 0):
        named = host.address if isinstance(host, Reference) else host
        key = named.lower().rstrip(".") if isinstance(host, str) else named
        if not isinstance(key, str) or key not in known:
            break
        host = known[key]
    return host


def _name(record: View) -> str | None:
    """Return the whole name that a record is for, in small letters; None where it is not known."""
    if record.dialect == "arm":
        steps = id_text(record).split("/")
        parts = (steps[-1], steps[-3]) if len(steps) > len(("zone", "type", "name")) else ()
    else:
        parts = (_text(record, "name"), _zone(record))
    if len(parts) != 2 or not all(parts) or any("$" in each for each in parts):
        return None
    name, zone = (each.lower() for each in parts)
    return zone if name == "@" else f"{name}.{zone}"


def _zone(record: View) -> str:
    for zone in record.leads_to("zone", *_ZONES):
        return _text(zone.spelled(TABLE), "name")
    return _text(record, "zone")


def _text(view: View, word: str) -> str:
    reading = view.word(word)
    return str(reading.value) if isinstance(reading, Known) else ""


def _leads(record: View) -> Any:
    """Return where a record leads to: one name, one address or one resource; else why that is not known."""
    for word in ("resource", "other"):
        stated = record.stated(word)
        if not stated.absent:
            return stated.value
    addresses = record.stated("addresses").value
    listed = addresses if isinstance(addresses, list) else []
    if len(listed) == 1:
        only = listed[0]
        return only.get("ipv4Address", only) if isinstance(only, dict) else only
    because = f"to which of several addresses {record.resource.address} leads is not known"
    return addresses if isinstance(addresses, Unresolved) else Unresolved(because, "look at the record")
