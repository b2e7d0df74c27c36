"""What holds of every queue and topic of AWS: they are reached through its API, with signed requests."""

from __future__ import annotations

from tfaudit.reading.fact import Facts, always, inapplicable

SIGNED: Facts = {
    "tls.min_version": always("1.2", "aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints"),
    "network.public": inapplicable("it has no address of its own: its policy says who may use the API on it"),
    "network.private_endpoint": inapplicable("an endpoint for the API belongs to a network, and not to it"),
    "shared_key_access": inapplicable("every request is signed by an identity: there is no shared key"),
}
