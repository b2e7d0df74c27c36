from __future__ import annotations

import pytest

from tests.parity import NOT_APPLICABLE, from_api, values


@pytest.mark.parametrize(
    ("type_", "body", "setting"),
    [
        ("rds.describe_db_instances", {"DBInstanceIdentifier": "a", "Engine": "mysql"}, "inline_secrets"),
        (
            "rds.describe_db_clusters",
            {"DBClusterIdentifier": "a", "Engine": "aurora-mysql"},
            "inline_secrets",
        ),
        ("elasticache.describe_replication_groups", {"ReplicationGroupId": "a"}, "inline_secrets"),
        ("secretsmanager.list_secrets", {"Name": "a"}, "inline"),
    ],
)
def test_an_account_does_not_tell_whether_a_credential_is_written_in_code(
    type_: str, body: dict[str, str], setting: str
) -> None:
    (found,) = from_api(type_, body)
    assert values(found, [setting]) == {setting: NOT_APPLICABLE}
