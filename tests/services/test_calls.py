"""Every call that a service states is held against AWS's own description of its API, as botocore carries it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.parity import from_api
from tfaudit.permissions import action, actions, policy_document
from tfaudit.services.needs import calls
from tfaudit.services.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.model.calls import Detail, Listing

LISTINGS = calls(Registry(), "aws")


@cache
def operation_model(client: str, operation: str) -> Any:
    import botocore.session
    from botocore import xform_name

    model = botocore.session.Session().get_service_model(client)
    named = {xform_name(name): name for name in model.operation_names}
    assert operation in named, f"{client} has no {operation}"
    return model.operation_model(named[operation])


def member(shape: Any, path: str) -> Any:
    """The shape at a dotted path; a list on the way stands for its elements. None where the API has no such field."""
    for step in [each for each in path.split(".") if each]:
        if shape.type_name == "list":
            shape = shape.member
            if step.isdecimal():
                continue
        if shape.type_name == "map":
            shape = shape.value
        elif shape.type_name == "structure" and step in shape.members:
            shape = shape.members[step]
        else:
            return None
    return shape


def item_shape(output: Any, items: str) -> Any:
    found = member(output, items)
    return found.member if found is not None and items and found.type_name == "list" else found


def faults(listing: Listing) -> Iterator[str]:
    if listing.fetch is not None:
        yield from () if listing.identify else ("no identify",)
        return
    model = operation_model(listing.client, listing.operation)
    for name in listing.parameters:
        if name not in model.input_shape.members:
            yield f"it has no parameter {name}"
    item = item_shape(model.output_shape, listing.items)
    if item is None:
        yield f"its answer has no {listing.items}"
        return
    text = item.type_name == "string"
    paths = re.findall(r"\{([\w.]+)\}", listing.identify) if "{" in listing.identify else [listing.identify]
    for path in [*paths, *([listing.name] if listing.name else [])]:
        known = (
            path in ("account", "region", "partition")
            or (text and path == "value")
            or member(item, path) is not None
        )
        if not known:
            yield f"its items have no {path}"
    for detail in listing.details:
        yield from detail_faults(detail, listing.client, item, None)


def detail_faults(detail: Detail, client: str, item: Any, outer: Any) -> Iterator[str]:
    client = detail.client or client
    if detail.fetch is not None:
        return
    model = operation_model(client, detail.operation)
    for name, path in detail.parameters.items():
        if model.input_shape is None or name not in model.input_shape.members:
            yield f"{detail.operation} has no parameter {name}"
        bare = path.partition("=")[2] if path.startswith("?") else path.strip("[]")
        of = outer if bare.startswith("^") else item
        bare = bare.removeprefix("^")
        if (
            path.startswith("=")
            or (of.type_name == "string" and bare == "value")
            or bare.split(".")[0].startswith(("get_", "describe_", "list_"))
        ):
            continue
        if member(of, bare) is None:
            yield f"{detail.operation}: the item has no {bare}"
    required = set(model.input_shape.required_members if model.input_shape else ())
    missing = required - {*detail.parameters}
    if missing:
        yield f"{detail.operation} wants {sorted(missing)}"
    inner = item_shape(model.output_shape, detail.items)
    if inner is None:
        yield f"the answer of {detail.operation} has no {detail.items}"
        return
    for each in detail.details:
        yield from detail_faults(each, client, inner, item)


@pytest.mark.parametrize("listing", LISTINGS, ids=[each.type for each in LISTINGS])
def test_every_stated_call_is_one_that_the_api_has(listing: Listing) -> None:
    assert list(faults(listing)) == []


def test_every_type_that_calls_yield_is_read_by_some_service() -> None:
    assert {each.type for each in LISTINGS} <= {*Registry().types}


def test_every_api_type_that_a_service_reads_is_yielded_by_some_call() -> None:
    read = {each for each in Registry().types if re.fullmatch(r"[a-z0-9-]+\.[a-z]+_[\w.]+", each)}

    assert (
        read - {each.type for each in LISTINGS} - {each for each in read if each.startswith("data.")} == set()
    )


def test_the_policy_document_names_actions_and_nothing_that_writes() -> None:
    document = policy_document(LISTINGS)

    assert actions(LISTINGS) == document["Statement"][0]["Action"]
    for each in document["Statement"][0]["Action"]:
        assert re.fullmatch(r"[a-z0-9-]+:(?:Get|List|Describe|Generate|BatchGet)\w+", each), each


def test_only_the_calls_of_the_chosen_settings_are_wanted() -> None:
    chosen = calls(Registry(), "aws", frozenset({"database"}), frozenset({"encryption.at_rest"}))

    assert "rds:DescribeDBInstances" in actions(chosen)
    assert "rds:DescribeDBParameters" not in actions(chosen)
    assert "rds:DescribeDBParameters" in actions(
        calls(Registry(), "aws", frozenset({"database"}), frozenset({"tls.required"}))
    )


@pytest.mark.parametrize(
    ("client", "operation", "wanted"),
    [
        ("s3", "list_buckets", "s3:ListAllMyBuckets"),
        ("s3", "get_bucket_encryption", "s3:GetEncryptionConfiguration"),
        ("s3control", "get_public_access_block", "s3:GetAccountPublicAccessBlock"),
        ("elbv2", "describe_load_balancers", "elasticloadbalancing:DescribeLoadBalancers"),
        ("rds", "describe_db_instances", "rds:DescribeDBInstances"),
    ],
)
def test_actions_are_iams(client: str, operation: str, wanted: str) -> None:
    assert action(client, operation) == wanted


def test_recorded_answers_of_nothing_do_not_crash_a_service() -> None:
    for listing in LISTINGS:
        from_api(listing.type, {})
