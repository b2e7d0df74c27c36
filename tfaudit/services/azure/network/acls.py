"""The network rules that a storage account or a vault has of its own, by the words that both have.

"endpoint"        whether it has an address that is public
"default_action"  what becomes of those whom no rule names: Deny, or Allow
"ip_rules"        the addresses that are let in all the same
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading import states
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.inventory import Elsewhere
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool, as_list
from tfaudit.reading.view import View

_EVERYONE = "0.0.0.0/0"
_PERIMETER = "securedbyperimeter"  # who gets in is said by the network security perimeter alone
_WORDS = ("endpoint", "default_action")


def _open(view: View) -> states.Reading:
    """Return whether everybody's network is let in."""
    endpoint, action = view.word("endpoint"), view.word("default_action")
    if isinstance(view.resource.body, Elsewhere) and isinstance(endpoint, Unknown):
        endpoint = Absent(view.resource, view.base)  # what is said here is judged as it stands
    match endpoint, action:
        case (Known(value=value), _) if as_bool(value) is False or str(value).lower() == _PERIMETER:
            return Known(False, endpoint.resource, endpoint.path)
        case (_, Known(value=value)) if str(value).lower() == "deny":
            return Known(False, action.resource, action.path)
        case (_, Unknown() | Pointer()):
            return action
        case (Unknown() | Pointer(), _):
            return endpoint
        case (Known(value=value), _) if as_bool(value) is None:
            because = f"its value {str(value)[:80]!r} is not one that tfaudit can judge"
            return Unknown(because, "check it by hand", endpoint.resource, endpoint.path)
        case (_, Known()):
            return Known(True, action.resource, action.path)
        case _:
            return Absent(view.resource, view.base)


def _allowed(view: View) -> Any:
    everyone = _open(view)
    if not isinstance(everyone, Known):
        return everyone
    if everyone.value:
        return Known([_EVERYONE], everyone.resource, everyone.path)
    rules = view.word("ip_rules")
    match rules:
        case Absent():
            return Known([], everyone.resource, everyone.path)
        case Known(value=value):
            return Known([_address(each) for each in as_list(value) or ()], rules.resource, rules.path)
        case Unknown() | Pointer():
            return rules


def _address(rule: Any) -> Any:
    """Return the address of a rule: the rule itself in Terraform, its value in ARM."""
    if isinstance(rule, dict):
        return rule.get("value", Unresolved("a rule without an address", "check the rule"))
    return rule


def open_to_all(source: str) -> Fact:
    """Return the fact that it is open to all networks, which `source` says it is by default."""
    return Fact(joins=_open, of=_WORDS, default=Documented(True, source))


def allowed(source: str) -> Fact:
    """Return the fact which addresses are let in."""
    return Fact(joins=_allowed, of=(*_WORDS, "ip_rules"), default=Documented([_EVERYONE], source))
