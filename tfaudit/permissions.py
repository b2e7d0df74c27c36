"""The read access that calls to AWS take: listings in, IAM actions and a least-privilege policy document out."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfaudit.model.calls import Detail, Listing

ALWAYS = ("ec2:DescribeRegions", "sts:GetCallerIdentity")
"""What finding the account and its enabled regions takes."""

# Actions that are not named after their operation: docs.aws.amazon.com/service-authorization/latest/reference/.
_ACTIONS = {
    "s3.get_bucket_accelerate_configuration": "s3:GetAccelerateConfiguration",
    "s3.get_bucket_cors": "s3:GetBucketCORS",
    "s3.get_bucket_encryption": "s3:GetEncryptionConfiguration",
    "s3.get_bucket_lifecycle_configuration": "s3:GetLifecycleConfiguration",
    "s3.get_bucket_notification_configuration": "s3:GetBucketNotification",
    "s3.get_bucket_replication": "s3:GetReplicationConfiguration",
    "s3.get_object_lock_configuration": "s3:GetBucketObjectLockConfiguration",
    "s3.get_public_access_block": "s3:GetBucketPublicAccessBlock",
    "s3.list_buckets": "s3:ListAllMyBuckets",
    "s3control.get_public_access_block": "s3:GetAccountPublicAccessBlock",
}
# IAM's prefix where it is neither the client's signing name nor its endpoint's.
_PREFIXES = {"cloudwatch": "cloudwatch", "s3control": "s3", "sso-admin": "sso"}


def action(client: str, operation: str) -> str:
    """Return the IAM action that `operation` of boto3's `client` takes, by its service's model.

    `UsageError` where boto3 knows no such client or operation.
    """
    known = _ACTIONS.get(f"{client}.{operation}")
    if known is not None:
        return known
    prefix, names = _service(client)
    if operation not in names:
        from tfaudit.errors import UsageError, did_you_mean

        near = did_you_mean(operation, names)
        raise UsageError(f'calls of {client}: boto3 has no operation "{operation}"{near}')
    return f"{prefix}:{names[operation]}"


def actions(listings: Iterable[Listing]) -> list[str]:
    """Return every IAM action that `listings` and their details take, sorted, with those that are always taken."""
    found = set(ALWAYS)
    for listing in listings:
        found.add(listing.permission or action(listing.client, listing.operation))
        found.update(listing.also_permissions)
        found.update(_of_details(listing.details, listing.client))
    return sorted(found)


def policy_document(listings: Iterable[Listing]) -> dict[str, Any]:
    """Return an IAM policy document that allows what `listings` take, and nothing else."""
    statement = {"Sid": "TfauditRead", "Effect": "Allow", "Action": actions(listings), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _of_details(details: Iterable[Detail], client: str) -> Iterator[str]:
    for detail in (each for each in details if each.wanted):
        own = detail.client or client
        yield detail.permission or action(own, detail.operation)
        yield from detail.also_permissions
        yield from _of_details(detail.details, own)


@cache
def _service(client: str) -> tuple[str, dict[str, str]]:
    """Return IAM's prefix for `client`, and its operations: boto3's name and the API's."""
    import botocore.session
    from botocore import xform_name
    from botocore.exceptions import UnknownServiceError

    try:
        model = botocore.session.Session().get_service_model(client)
    except UnknownServiceError as error:
        from tfaudit.errors import UsageError

        raise UsageError(f'calls: boto3 has no client "{client}"') from error
    prefix = _PREFIXES.get(client) or model.metadata.get("signingName") or model.metadata["endpointPrefix"]
    return prefix, {xform_name(name): name for name in model.operation_names}


def cluster_role(types: Iterable[str]) -> dict[str, Any]:
    """Return the ClusterRole that lets a user list the objects of `types` (`apps/Deployment`), and see what is served.

    Namespaces may also be read one by one, as `--namespace` does.
    """
    groups: dict[str, set[str]] = {}
    for each in types:
        group, _, kind = each.rpartition("/")
        groups.setdefault("" if group == "core" else group, set()).add(_plural(kind))
    rules: list[dict[str, Any]] = [
        {"apiGroups": [group], "resources": sorted(groups[group]), "verbs": ["list"]}
        for group in sorted(groups)
    ]
    if "namespaces" in groups.get("", ()):
        rules.append({"apiGroups": [""], "resources": ["namespaces"], "verbs": ["get"]})
    rules.append({"nonResourceURLs": ["/api", "/api/*", "/apis", "/apis/*", "/version"], "verbs": ["get"]})
    return {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "tfaudit-read"},
        "rules": rules,
    }


def _plural(kind: str) -> str:
    """Return how RBAC names the objects of `kind`, as the built-in ones and most custom ones are called."""
    word = kind.lower()
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
