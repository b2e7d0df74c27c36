"""The JSON report: one document as `schemas/report.schema.json` describes it, passes included, one verdict a line.

It is written as it is made, so that hundreds of thousands of verdicts take no memory beside themselves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tfaudit import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from tfaudit.assets.asset import Asset
    from tfaudit.verdicts import Policy, ScanResult

FORMAT = "json"
FORM = "json"
SCHEMA = "tfaudit/report/1"

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(", ", ": ")).encode


def write(result: ScanResult, out: TextIO) -> None:
    """Write the run to `out`; keys and verdicts keep their order, so equal runs give equal bytes."""
    head = {"schema": SCHEMA, **documents.run(result), "scanned": documents.scanned(result)}
    out.write("{\n")
    out.writelines(f"{_encode(name)}: {_encode(value)},\n" for name, value in head.items())
    _list(out, "verdicts", _verdicts(result))
    out.write(",\n")
    _list(out, "unread", (_encode(documents.unread(each)) for each in result.unread))
    out.write(f",\n{_encode('summary')}: {_encode(documents.summary(result))}\n}}\n")


def _verdicts(result: ScanResult) -> Iterator[str]:
    """Yield each verdict as JSON; what many verdicts share is encoded once: a policy's controls, an asset's names."""
    controls: dict[str, str] = {}
    asset: Asset | None = None
    named = ""
    for each in result.verdicts:
        joined = controls.get(each.policy.id)
        if joined is None:
            joined = controls[each.policy.id] = f', "controls": {_encode(_controls(each.policy))}}}'
        data = documents.verdict(each)
        if each.asset is not asset:
            asset, named = each.asset, f'"asset": {_encode(data["asset"])}'
        data["asset"] = 0
        # Only a policy's id, an outcome and a severity stand before it.
        yield _encode(data)[:-1].replace('"asset": 0', named, 1) + joined


def _controls(policy: Policy) -> list[dict[str, str]]:
    """Return what `policy` is evidence for; why it is would be two thirds of a report, and `controls show` tells it."""
    return [
        {"framework": link.framework, "control": link.control, "strength": link.strength}
        for link in policy.links
    ]


def _list(out: TextIO, name: str, items: Iterable[str]) -> None:
    out.write(f"{_encode(name)}: [")
    mark = "\n"
    for item in items:
        out.write(mark + item)
        mark = ",\n"
    out.write("]" if mark == "\n" else "\n]")
