"""What a plan says is not in it, and members of it that do not have a member's form.

The form is that of developer.hashicorp.com/terraform/internals/json-format: a reader must refuse another major version;
`complete` is false where changes were left for a later round or by `-target`, `errored` true where planning broke off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfaudit.model.resources import Place, Unread

_MAJORS = ("0", "1")
_WHOLE = "plan again until it is whole, and scan that plan"
_IDENTITY = ("address", "mode", "type", "name")


class Odd(ValueError):
    """A member of a plan without the form that it must have; the message says how."""


def version_gap(plan: Mapping[str, Any], origin: str) -> Unread | None:
    """Return why a document is not read as a plan, None where its version is one that is known."""
    version = plan.get("format_version")
    if version is None:
        return Unread(
            Place(origin, 1),
            "it is no plan: it states no format_version",
            "write it with terraform show -json",
        )
    if str(version).split(".", 1)[0] in _MAJORS:
        return None
    because = f"its format_version is {str(version)[:20]}, and only 0 and 1 are known"
    return Unread(Place(origin, at="format_version"), because, "plan with a Terraform that writes version 1")


def gaps(plan: Mapping[str, Any], origin: str) -> Iterator[Unread]:
    """Yield what the plan says is missing from it."""
    if plan.get("errored") not in (None, False):
        yield Unread(
            Place(origin, at="errored"),
            "Terraform broke this plan off: what else it would do is not in it",
            _WHOLE,
        )
    deferred = False
    for name in ("deferred_changes", "deferred_action_invocations"):
        for index, each in enumerate(_listed(plan, name)):
            deferred = True
            yield _deferred(each, Place(origin, at=f"{name}[{index}]"))
    if plan.get("complete") not in (None, True) and not deferred and plan.get("errored") in (None, False):
        because = "it says that it is not complete: changes were left out, by -target or for a later round"
        yield Unread(Place(origin, at="complete"), because, _WHOLE)


def _deferred(each: Any, place: Place) -> Unread:
    inner: Any = each if isinstance(each, dict) else {}
    change = inner.get("resource_change") or inner.get("action_invocation") or {}
    address = change.get("address") if isinstance(change, dict) else None
    reason = inner.get("reason")
    answer = f" ({reason[:80]})" if isinstance(reason, str) and reason else ""
    at = Place(place.origin, at=address) if isinstance(address, str) and address else place
    return Unread(at, f"Terraform leaves this change for a later round{answer}, so it is not judged", _WHOLE)


def _listed(plan: Mapping[str, Any], name: str) -> list[Any]:
    stated = plan.get(name)
    return stated if isinstance(stated, list) else [stated] if stated else []


def odd_member(where: str, each: Any, origin: str, because: str) -> Unread:
    """Return the gap for one member of a plan, at its address where it states one, else at `where`."""
    address = each.get("address") if isinstance(each, dict) else None
    at = address[:500] if isinstance(address, str) and address else where
    return Unread(
        Place(origin, at=at), f"it does not have the form of a planned resource: {because}", "plan again"
    )


def identity(each: Any) -> tuple[str, str, str, str]:
    """Return address, mode, type and name of a member; raises `Odd`."""
    if not isinstance(each, dict):
        raise Odd("it is no JSON object")
    for name in _IDENTITY:
        if not isinstance(each.get(name), str) or not each[name]:
            raise Odd(f"its {name} is not stated")
    address, mode, type_, name = (each[key] for key in _IDENTITY)
    if f"{'data.' if mode == 'data' else ''}{type_}.{name}" not in address:
        raise Odd("its address is not that of its type and name")
    return address, mode, type_, name


def mapping(holder: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return a member that is a mapping, {} where it is absent or null; raises `Odd` for anything else."""
    value = holder.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Odd(f"its {name} is no JSON object")
    return value


def mask(holder: Mapping[str, Any], name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return what marks parts of `values` as unknown or sensitive; raises `Odd` where it fits them not.

    A mark that cannot be read may say of any value that it is not what it seems.
    """
    stated = holder.get(name)
    if stated is True and name == "after_unknown":
        raise Odd("all of it is known only after apply")
    if stated is True:
        return dict.fromkeys(values, True)
    if stated is None or stated is False:
        return {}
    if not isinstance(stated, dict) or not all(
        _fits(values.get(key), inner) for key, inner in stated.items()
    ):
        raise Odd(f"its {name} does not fit its values")
    return stated


def _fits(value: Any, marks: Any) -> bool:
    if isinstance(marks, dict):
        if value is not None and not isinstance(value, dict):
            return False
        return all(_fits((value or {}).get(key), inner) for key, inner in marks.items())
    if isinstance(marks, list):
        if value is not None and not isinstance(value, list):
            return False
        known = value or []
        return all(_fits(known[at] if at < len(known) else None, inner) for at, inner in enumerate(marks))
    return marks is None or isinstance(marks, bool)
