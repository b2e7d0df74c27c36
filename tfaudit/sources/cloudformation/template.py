"""What a template says around its resources: short tags, parameters, transforms, and SAM's globals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.resources import Unresolved
from tfaudit.redaction import REDACTED
from tfaudit.sources.cloudformation.values import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLAIN_TAGS = {"Ref": "Ref", "Condition": "Condition"}
# Transforms that AWS itself runs and that add to a template, where others may rewrite all of it.
_KNOWN_TRANSFORMS = frozenset(
    {
        "AWS::CodeDeployBlueGreen",
        "AWS::LanguageExtensions",
        "AWS::SecretsManager-2020-07-23",
        "AWS::SecretsManager-2024-09-16",
        "AWS::Serverless-2016-10-31",
        "AWS::ServiceCatalog",
    }
)
_PSEUDO = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"}


def tagged(tag: str, value: Any) -> Any:
    """Return the long form of a short tag: `!Sub x` as `{"Fn::Sub": "x"}`; under a foreign tag the value."""
    name = tag.removeprefix("!")
    if not name or tag == name or name.startswith("!") or ":" in name:
        return value
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {_PLAIN_TAGS.get(name, f"Fn::{name}"): value}


def scope_of(template: Mapping[str, Any], given: Mapping[str, Any]) -> Scope:
    """Return what functions of `template` may refer to, but for its resources; `given` are parameters."""
    values = {name: value for name, value in given.items() if name.startswith("AWS::")}
    region = values.get("AWS::Region", "")
    pseudo = {**_PSEUDO, **_partition(region), **values}
    secrets: dict[str, Any] = {}
    shown: dict[str, Any] = dict(pseudo)
    for name, declared in _section(template, "Parameters").items():
        value = _parameter(name, declared if isinstance(declared, dict) else {}, given)
        if isinstance(declared, dict) and str(declared.get("NoEcho", "")).lower() == "true":
            secrets[name] = value
            value = _kept_back(name, value, name in given)
        shown[name] = value
    transforms = template.get("Transform", [])
    stated = [_name(each) for each in (transforms if isinstance(transforms, list) else [transforms])]
    names = [name for name in stated if name]
    return Scope(
        parameters=shown,
        secrets=secrets,
        mappings=_section(template, "Mappings"),
        conditions=_section(template, "Conditions"),
        macros=tuple(name for name in names if name not in _KNOWN_TRANSFORMS),
        transformed=bool([name for name in names if name != "AWS::LanguageExtensions"]),
    )


def globals_of(template: Mapping[str, Any], type_: str) -> Mapping[str, Any]:
    """Return what SAM's section `Globals` gives to every resource of `type_`, as written."""
    if not type_.startswith("AWS::Serverless::"):
        return {}
    shared = _section(template, "Globals").get(type_.rpartition("::")[2])
    return shared if isinstance(shared, dict) else {}


def merge(body: dict[str, Any], shared: Mapping[str, Any]) -> None:
    """Add `shared` to `body` as SAM does: maps merge, lists begin with what is shared, else its own count."""
    for name, value in shared.items():
        own = body.get(name)
        if name not in body:
            body[name] = value
        elif isinstance(own, dict) and isinstance(value, dict):
            merge(own, value)
        elif isinstance(own, list) and isinstance(value, list):
            own[:0] = value


def _kept_back(name: str, value: Any, given: bool) -> Any:
    """Return what is shown of a NoEcho parameter: that a literal stands in the template, if one does, but not which."""
    if isinstance(value, Unresolved) or value == "" or str(value).startswith("{{resolve:"):
        return value
    if given:
        return Unresolved(f"the parameter {name} is NoEcho: its value is not shown", "scan the live account")
    return REDACTED


def _name(transform: Any) -> str:
    if isinstance(transform, dict):
        return str(transform.get("Name") or transform.get("Fn::Transform", ""))
    return transform if isinstance(transform, str) else ""


def _section(template: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = template.get(name)
    return section if isinstance(section, dict) else {}


def _partition(region: str) -> dict[str, str]:
    if region.startswith("cn-"):
        return {"AWS::Partition": "aws-cn", "AWS::URLSuffix": "amazonaws.com.cn"}
    if region.startswith("us-gov-"):
        return {"AWS::Partition": "aws-us-gov"}
    return {}


def _parameter(name: str, declared: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
    type_ = str(declared.get("Type", "String"))
    value = given.get(name, declared.get("Default"))
    allowed = declared.get("AllowedValues")
    if value is None and isinstance(allowed, list) and len(allowed) == 1:
        value = allowed[0]
    if isinstance(value, Unresolved):
        return value
    if type_.startswith("AWS::SSM::Parameter::Value"):
        return Unresolved(
            f"the parameter {name} is looked up in the parameter store as {str(value)[:80]}",
            "scan the live account",
        )
    if value is None:
        return Unresolved(
            f"the parameter {name} has no value here", f"pass --parameter {name}=...", f"${{{name}}}"
        )
    if isinstance(value, str) and (type_ == "CommaDelimitedList" or type_.startswith("List<")):
        return [each.strip() for each in value.split(",")] if value else []
    return value
