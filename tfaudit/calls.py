"""API calls as data: what a service needs to know of a live account, and the permission that each call takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class Detail:
    """A call that tells more of one item; its answer is put into the item's body under the operation's name.

    `parameters` maps the call's parameter to a dotted path in the item (`"Bucket": "Name"`), or to a literal after
    `=` (`"=all"`), or after `?` to a filter of EC2's kind by such a path (`"Filter": "?resource-id=VpcId"`). `items` is
    the dotted path to a list that is the answer, all pages of it; `details` tell more of each of these items, and there
    a path that starts with `^` is read in the item around it (`"clusterName": "^value"`). `absent` are the error codes by which the API says "not configured": they give None. `permission` is
    the IAM action where it is not `client:Operation`. `client` is by default the list call's.
    """

    operation: str
    parameters: Mapping[str, str]
    permission: str = ""
    absent: tuple[str, ...] = ()
    items: str = ""
    client: str = ""
    details: tuple[Detail, ...] = ()


@dataclass(slots=True, frozen=True)
class Listing:
    """A paged call that lists items, each of which becomes a resource of type `client.operation`.

    An item that is mere text (a name, an ARN) becomes the body `{"value": text}`; the same holds for a detail's items.
    Equal listings of several services are called once.

    `items` is the dotted path to the list in a page (`Reservations.Instances` goes through nested lists), "" where the
    whole answer is the item. `identify` is the dotted path to the item's ARN or id, used as its address. `name` is the
    path to what people call it. `parameters` are literal. `per_region` is False for calls that answer for the account.
    """

    client: str
    operation: str
    items: str
    identify: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    permission: str = ""
    absent: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    per_region: bool = True

    @property
    def type(self) -> str:
        """The type of the resources that it yields."""
        return f"{self.client}.{self.operation}"
