"""What a plane can be judged by, asked setting by setting of the services' own tables."""

from __future__ import annotations

import pytest

from tfaudit.policies.select import available
from tfaudit.services.readable import Readable
from tfaudit.services.registry import PLANES, Registry

REGISTRY = Registry()
READABLE = {plane: Readable(REGISTRY, plane) for plane in PLANES}
JUDGED = {
    plane: {each.id for each in available() if readable.judges(each.kinds, each.when, each.require)}
    for plane, readable in READABLE.items()
}


@pytest.mark.parametrize(
    ("policy", "planes"),
    [
        ("identity-mfa", {"live"}),
        ("identity-in-use", {"live"}),
        ("root-mfa", {"live"}),
        ("object-store-mfa-delete", {"terraform", "cloudformation", "live"}),  # by default in CloudFormation
        ("secret-rotation", {"terraform", "cloudformation", "live"}),
        ("container-not-root", {"kubernetes", "live"}),
        ("database-encrypted", {"terraform", "cloudformation", "arm", "live"}),
    ],
)
def test_a_policy_counts_where_what_it_asks_is_told(policy: str, planes: set[str]) -> None:
    assert {plane for plane in PLANES if policy in JUDGED[plane]} == planes


def test_every_policy_is_judged_somewhere() -> None:
    assert {each.id for each in available()} == set().union(*JUDGED.values())
