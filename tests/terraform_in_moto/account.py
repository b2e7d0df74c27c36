"""An account that is being filled, and what all makers of resources share."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from tfaudit.model.resources import Reference, Unresolved

if TYPE_CHECKING:
    from tests.servers.aws import Aws

Body: TypeAlias = Mapping[str, Any]
Attributes: TypeAlias = dict[str, Any]

ACCOUNT = "123456789012"


class Waiting(Exception):
    """A resource names another one that is not made yet."""


@dataclass
class Account:
    """An account that is being filled: the server, and the attributes of what is made, by address."""

    aws: Aws
    made: dict[str, Attributes] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    _clients: dict[str, Any] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """A client of the estate's region."""
        if service not in self._clients:
            self._clients[service] = self.aws.client(service)
        return self._clients[service]

    def value(self, value: Any, address: str) -> Any:
        """Return `value` of the resource at `address` with every reference in it followed."""
        if isinstance(value, Reference):
            return self._attribute(value.address, value.attribute)
        if isinstance(value, Unresolved):
            module = re.match(r"((?:module\.\w+(?:\[[^\]]*\])?\.)*)", address)
            prefix = module[1] if module else ""

            def followed(part: re.Match[str]) -> str:
                return str(self._attribute(prefix + part[1], part[2]))

            text, count = re.subn(r"\$\{([^{}]+)\.(\w+)\}", followed, value.expression)
            # A variable without a value: here, what the provider does by itself.
            return text if count else None
        if isinstance(value, Mapping):
            return {name: self.value(each, address) for name, each in value.items()}
        if isinstance(value, list):
            return [self.value(each, address) for each in value]
        return value

    def _attribute(self, address: str, attribute: str) -> Any:
        if address not in self.made:
            raise Waiting(address)
        return self.made[address][attribute]


Maker: TypeAlias = Callable[[Account, Body], Attributes]
"""Makes one resource, whose references are followed, and returns the attributes that others may ask for."""


def stated(body: Body, **names: str) -> dict[str, Any]:
    """Return the arguments of a call: `Name="attribute"` for each attribute that is set."""
    return {name: body[attribute] for name, attribute in names.items() if body.get(attribute) is not None}


def tags_of(body: Body) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in (body.get("tags") or {}).items()]


def tag_specifications(kind: str, body: Body) -> dict[str, Any]:
    tags = tags_of(body)
    return {"TagSpecifications": [{"ResourceType": kind, "Tags": tags}]} if tags else {}


def first(body: Body, block: str) -> Body:
    blocks: list[Body] = body.get(block) or [{}]
    return blocks[0]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def document(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
