"""API calls as data: what a service needs to know of a live account, and the permission that each call takes.

    CALLS = (
        Listing(
            "s3",
            "list_buckets",
            "Buckets",
            "arn:{partition}:s3:::{Name}",
            name="Name",
            per_region=False,
            region_at="get_bucket_location/LocationConstraint",
            details=(
                Detail("get_bucket_location", {"Bucket": "Name"}),
                Detail("get_bucket_policy", {"Bucket": "Name"}, absent=("NoSuchBucketPolicy",)),
            ),
        ),
    )

The items of a `Listing` become resources. The answers of its `Detail`s stand in their bodies under their names,
`{"Name": "orders", "get_bucket_policy": {"Policy": "..."}}`: None where the API says that nothing is configured, and
`Unresolved` where the call was denied or failed, or where no chosen policy needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from msgspec import Struct, field

from tfaudit.model.resources import Unresolved

NOT_WANTED = Unresolved("it was not asked for: no chosen policy needs it", "choose a policy that needs it")
"""What stands in a body for a call that was left out."""

UNSENT = Unresolved(
    "the answer does not state it, which the API always does",
    "check what stands between here and the API: a proxy, say",
)
"""What stands in a body for what the API always sends, and did not."""

Call: TypeAlias = Callable[..., Mapping[str, Any]]
"""Makes one API call and returns its whole answer, all pages: `call("describe_key", KeyId="...")`."""


class Detail(Struct, frozen=True):
    """A call that tells more of one item; its answer is put into the item's body under `name`.

    `parameters` maps each parameter of the call to one of

    - a dotted path in the item (`"Bucket": "Name"`), in brackets for a list of one (`"names": "[value]"`); in a detail
      of a detail's items a path after `^` is read in the item around it (`"clusterName": "^value"`);
    - `?` and a filter of EC2's kind by such a path (`"Filter": "?resource-id=VpcId"`);
    - `=` and a literal (`"=all"`), where `{account}`, `{region}` and `{partition}` are filled in.

    The call is left out where a path leads nowhere. `name` is by default the operation, and to be given where an item
    has two details of one operation, of two clients or with other parameters. `absent` are the error codes by which the
    API says "not configured": they give None. `permission` is the IAM action where `tfaudit.permissions` does not tell
    it rightly. `client` is by default the listing's. `items` is the dotted path of what is wanted in the answer, its
    lists collected over all pages, "" for the whole answer; `details` tell more of each of these items, of which a mere
    text becomes `{"value": text}`. `fetch` replaces the call where one is not enough: it gets the means to call and the
    item, and returns the answer; `also_permissions` are the IAM actions that it takes beside its own. `settings` are
    those that need the call, to be given only where facts read it in a way that `tfaudit.services.needs` cannot see;
    `wanted` is false for a call that no chosen policy needs.

    An answer without the first step of `items` is a failed call, unless the API leaves it out where there is nothing to
    tell: `left_out`. `sent` are the dotted paths of what the API always sends in what is wanted of an answer, however
    it is set: where one is missing, nothing documented may stand in for it, and it is not known.
    """

    operation: str
    parameters: Mapping[str, str]
    permission: str = ""
    absent: tuple[str, ...] = ()
    items: str = ""
    client: str = ""
    details: tuple[Detail, ...] = ()
    settings: tuple[str, ...] = ()
    wanted: bool = True
    fetch: Callable[[Call, Mapping[str, Any]], Any] | None = None
    also_permissions: tuple[str, ...] = ()
    name: str = ""
    sent: tuple[str, ...] = ()
    left_out: bool = False

    @property
    def key(self) -> str:
        """Where the answer stands in the item's body."""
        return self.name or self.operation


class Listing(Struct, frozen=True):
    """A paged call that lists items, each of which becomes a resource of type `client.operation`.

    `items` is the dotted path to the list in a page (`Reservations.Instances` goes through nested lists), "" where the
    whole answer is the one item. An item that is mere text (a name, an ARN) becomes the body `{"value": text}`.
    `identify` is the dotted path to the item's ARN or id, used as its address, or a pattern
    (`arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}`). `name` is the path to what people call it.
    `parameters` are literal. `absent` codes give no items, or one resource with an empty body where `items` is "".

    `per_region` is False for calls that answer for the whole account; `region_at` then tells the region of an item,
    which its details are asked of: a dotted path, or `operation/path` in the answer of a detail; of several after
    commas, the first that tells it (`BucketRegion, get_bucket_location/LocationConstraint`), and only it is asked.
    `part` is for answers that hold several lists (`get_account_authorization_details`): it is added to the type,
    `iam.get_account_authorization_details.RoleDetailList`. Equal calls of several listings are made once.
    `fetch` replaces the call where one is not enough: it gets the means to call, and yields items; `also_permissions`
    are the IAM actions that it takes beside its own. An answer without the first step of `items` is a failed call,
    unless the API leaves an empty list out: `left_out`. `sent` are the dotted paths of what it always sends of an item.
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
    name: str = ""
    part: str = ""
    region_at: str = ""
    fetch: Callable[[Call], Iterable[Mapping[str, Any]]] | None = None
    also_permissions: tuple[str, ...] = ()
    left_out: bool = False
    sent: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The type of the resources that it yields."""
        return f"{self.client}.{self.operation}" + (f".{self.part}" if self.part else "")
