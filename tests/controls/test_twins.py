"""Policies that ask the same of things of different kinds are evidence for the same controls, equally strongly.

Where the kinds differ in what they hold or where they stand (a snapshot is a copy, a cache is behind a network), the
group below leaves the policy out.
"""

from __future__ import annotations

import pytest

from tfaudit.policies.select import available

LINKS = {
    policy.id: {(link.framework, link.control, link.strength) for link in policy.links}
    for policy in available()
}
GROUPS = (
    (
        "cache-encrypted",
        "database-encrypted",
        "file-store-encrypted",
        "object-store-encrypted",
        "queue-encrypted",
    ),
    tuple(
        f"{what}-customer-managed-key"
        for what in (
            "cache",
            "database",
            "file-store",
            "object-store",
            "queue",
            "registry",
            "snapshot",
            "volume",
        )
    ),
    ("audit-trail-encrypted", "log-store-customer-managed-key"),
    tuple(f"{what}-minimum-tls" for what in ("gateway", "listener", "object-store", "queue", "web-app")),
    ("cache-minimum-tls", "database-minimum-tls"),
    ("cache-requires-tls", "database-requires-tls"),
    ("listener-encrypted", "web-app-https-only"),
    ("cache-not-public", "database-not-public", "queue-not-public"),
    ("object-store-not-public", "object-store-blocks-public-access"),
    ("cache-multi-zone", "database-multi-zone"),
    tuple(f"{what}-no-inline-secrets" for what in ("container", "web-app")),
    ("cache-password-not-inline", "database-password-not-inline", "container-no-inline-secrets"),
    ("managed-service-managed-identity", "web-app-managed-identity"),
    ("managed-service-no-shared-keys", "object-store-no-shared-key", "queue-no-shared-keys"),
    tuple(f"{what}-version-supported" for what in ("cluster", "mariadb", "mysql", "postgresql")),
)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_twins_have_equal_links(group: tuple[str, ...]) -> None:
    first, *others = group
    for each in others:
        assert LINKS[each] == LINKS[first], f"{each} and {first}: {sorted(LINKS[each] ^ LINKS[first])}"


def test_one_reason_has_one_strength() -> None:
    """Two policies that give a control the same sentence show the same part of it, or one sentence is not its own."""
    strengths: dict[tuple[str, str, str], dict[str, str]] = {}
    for policy in available():
        for link in policy.links:
            told = strengths.setdefault((link.framework, link.control, link.because), {})
            told[policy.id] = link.strength
    assert len(strengths) > 1000
    assert not {reason: told for reason, told in strengths.items() if len(set(told.values())) > 1}
