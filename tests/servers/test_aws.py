from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.servers.aws import Aws


@pytest.mark.parametrize("name", ["first", "second"])
def test_each_test_finds_an_empty_account(aws: Aws, name: str) -> None:
    storage = aws.client("s3", "us-east-1")

    storage.create_bucket(Bucket=name)

    assert [bucket["Name"] for bucket in storage.list_buckets()["Buckets"]] == [name]
