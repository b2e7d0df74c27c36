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
from tfaudit.sources.arm.functions.signature import member

if TYPE_CHECKING:
    from tfaudit.sources.text.document import Document
    from tfaudit.sources.tree.files import Tree

_IN_VAULT = Unresolved("it is read from a vault at deployment", "scan the live subscription")

_PLACEHOLDER = re.compile(r"GE[NT]-[A-Z][A-Z0-9-]*+(?:[\w.][\w.-]*+)?")
"""What the tests of Azure's quickstarts put a value in place of, `GEN-PASSWORD`.

github.com/Azure/azure-quickstart-templates/blob/master/1-CONTRIBUTION-GUIDE/README.md, "Parameters file"
"""

_OF_AZD = re.compile(r"\$\{[A-Za-z_]\w*+(?:=[^}]*+)?\}|\$\(secretOrRandomPassword\b")
"""What the Azure Developer CLI puts a value of its environment, or a secret of a vault, in place of.

learn.microsoft.com/azure/developer/azure-developer-cli/manage-environment-variables
"""


_PLAIN = re.compile(r"(?i)param(?:eter)?s?(?:[._-][\w.-]*+)?(?<=\.json)")


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


def only_ones(names: Iterable[str]) -> set[str]:
    """Return those of the templates `names` that lie alone in their folder: a file of parameters there is for them."""
    by_folder: dict[str, list[str]] = {}
    for name in names:
        by_folder.setdefault(posixpath.dirname(name), []).append(name)
    return {found[0] for found in by_folder.values() if len(found) == 1}


def says_no_template(base: str) -> bool:
    """Whether a file of parameters is called after no template: `parameters.json`, as what the portal exports is.

    learn.microsoft.com/azure/azure-resource-manager/templates/export-template-portal
    """
    return _PLAIN.fullmatch(base) is not None


def fits(given: Mapping[str, Given], template: bytes) -> bool:
    """Whether all that a file of parameters gives is spoken of in a template: Azure takes no other."""
    text = template.lower()
    return bool(given) and all(each.encode() in text for each in given)


def given_by(found: Document) -> dict[str, Given]:
    """Return the values that a parameter file gives, by name in lower case."""
    section = member(found.value, "parameters") if isinstance(found.value, dict) else None
    written = found.value[section] if section is not None else None
    source = Source(found.origin, found.place)
    given: dict[str, Given] = {}
    for name, each in written.items() if isinstance(written, dict) else ():
        if not isinstance(each, dict):
            because = f"the file of parameters gives {name[:80]} no mapping with a value"
            given[name.lower()] = Given(Unresolved(because, "mend it"), "", source, (section, name))
            continue
        key = member(each, "value")
        value = _filled(_IN_VAULT if key is None else each[key], name, f"parameters('{name}')")
        given[name.lower()] = Given(value, "", source, (section, name))
    return given


def not_read(name: str) -> dict[str, Given]:
    """Return what the parameter file `name`, which cannot be read, may give to any parameter."""
    return {"": Given(Unresolved(f"{name[:160]} is not read, and may set it", "mend it"), name)}


def _filled(value: Any, name: str, within: str) -> Any:
    """Return a value of the parameter `name` with what is put in place of others left open; `within` says where."""
    if isinstance(value, dict):
        return {key: _filled(each, name, f"{within}.{key}") for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, name, f"{within}[{number}]") for number, each in enumerate(value)]
    if not isinstance(value, str) or not (_PLACEHOLDER.fullmatch(value) or _OF_AZD.search(value)):
        return value
    because = f"the file of parameters has a placeholder for {name[:80]}, {value[:40]}"
    return Unresolved(because, f"pass --parameter {name}=...", f"${{{within}}}")


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
