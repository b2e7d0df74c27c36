"""What a template's parameters are given: by files of parameters, and by options.

learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Unresolved
from tfaudit.sources.arm.frames import Given, Parameter, Source

if TYPE_CHECKING:
    from tfaudit.sources.text.document import Document
    from tfaudit.sources.tree.files import Tree

_IN_VAULT = Unresolved("it is read from a vault at deployment", "scan the live subscription")

_PLACEHOLDER = re.compile(r"GE[NT]-[A-Z][A-Z0-9-]*+(?:[\w.][\w.-]*+)?")
"""What the tests of Azure's quickstarts put a value in place of, `GEN-PASSWORD`.

github.com/Azure/azure-quickstart-templates/blob/master/1-CONTRIBUTION-GUIDE/README.md, "Parameters file"
"""


def files_for(name: str, files: Iterable[str]) -> list[str]:
    """Return the parameter files that are called after the template `name`, and lie beside it or in `parameters`."""
    folder, base = posixpath.split(name)
    stem = posixpath.splitext(base)[0].lower()
    found: list[str] = []
    for each in files:
        where, own = posixpath.split(each)
        if where == folder or posixpath.join(folder, "parameters") == where:
            first, dot, rest = own.lower().partition(".")
            if (dot and f"{first}." == f"{stem}." and "parameters" in rest.split(".")) or (
                own.lower().startswith(f"{stem}.") and "parameters" in own.lower().split(".")
            ):
                found.append(each)
    return sorted(found)


def given_by(found: Document) -> dict[str, Given]:
    """Return the values that a parameter file gives, by name in lower case."""
    written = found.value.get("parameters") if isinstance(found.value, dict) else None
    source = Source(found.origin, found.place)
    given: dict[str, Given] = {}
    for name, each in written.items() if isinstance(written, dict) else ():
        if not isinstance(each, dict):
            continue
        value = each.get("value") if "value" in each else _IN_VAULT
        if isinstance(value, str) and _PLACEHOLDER.fullmatch(value):
            because = f"the file of parameters has a placeholder for {name[:80]}, {value[:40]}"
            value = Unresolved(because, f"pass --parameter {name}=...", f"${{parameters('{name}')}}")
        given[name.lower()] = Given(value, "", source, ("parameters", name))
    return given


def from_options(parameters: Mapping[str, Parameter], tree: Tree) -> dict[str, Given]:
    """Return the values that options or the configuration give, as the types that the template declares."""
    found: dict[str, Given] = {}
    for name, value in tree.parameters:
        declared = parameters.get(name.lower())
        if declared is not None:
            by = tree.stated_in.get(name) or "--parameter"
            found[name.lower()] = Given(typed(value, declared.type), by)
    return found


def typed(text: str, type_: str) -> Any:
    """Return a text of the command line as a value of a parameter's type."""
    if type_ in ("string", "securestring"):
        return text
    try:
        return json.loads(text.lower() if type_ == "bool" else text)
    except (ValueError, RecursionError):
        return text
