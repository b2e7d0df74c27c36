"""Who may reach an S3 bucket: its public access block, access control lists and policy, taken together.

A declared or observed public access block makes public lists and policies ineffective
(docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html). The block that new
buckets get by default does not excuse a public list in code: an older bucket does not have it.
The account's own block counts as well: of the two the stricter holds, flag by flag (same page).
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.documented import Documented
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity.attached_policies import attached
from tfaudit.services.aws.identity.policy_documents import Document, read_document
from tfaudit.services.aws.identity.policy_questions import denies_plain_transport, public_principal

_NEW_BUCKETS = (
    "docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html: "
    "buckets created since April 2023, whatever creates them"
)
_NOT_SET = "docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html: none is set on this bucket"
_NO_OWNERSHIP = (
    "docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html: none are set on this bucket"
)
_BLOCK = "aws_s3_bucket_public_access_block"
_ACCOUNT_BLOCK = "aws_s3_account_public_access_block"
_FLAGS = {
    "BlockPublicAcls": "block_public_acls",
    "BlockPublicPolicy": "block_public_policy",
    "IgnorePublicAcls": "ignore_public_acls",
    "RestrictPublicBuckets": "restrict_public_buckets",
}
_PUBLIC_LISTS = frozenset({"publicread", "publicreadwrite", "authenticatedread"})
_PUBLIC_GROUPS = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")


def access_blocked(view: View) -> Reading:
    """Return whether all four blocks are on for the bucket; `ABSENT` where no block is declared or reported."""
    block = _block(view)
    readings = [_flag(view, block, name) for name in _FLAGS]
    if all(each.absent for each in readings):
        return readings[0]
    for each in readings:
        if each.absent or as_bool(each.value) is False:
            return Reading(False, each.resource, each.path)
    return next((each for each in readings if not each.known), readings[0])


def missing_blocks(view: View) -> list[Any]:
    """Return the names of the four blocks that are not on; a value that is not known stands for itself."""
    block = _block(view)
    readings = {name: _flag(view, block, name) for name in _FLAGS}
    return [
        each.value if isinstance(each.value, Unresolved) else name
        for name, each in readings.items()
        if not _on(each)
    ]


def public_rights(view: View) -> list[Any]:
    """Return what lists let everyone do: `read`, `write`, or `authenticated` for what takes any account of AWS."""
    canned = (
        view.first("aws_s3_bucket_acl/acl", "acl", "AccessControl")
        if view.dialect != "api"
        else view.first("-")
    )
    if canned.known:
        return list(_RIGHTS.get(str(canned.value).replace("-", "").lower(), ()))
    if isinstance(canned.value, Unresolved):
        return [canned.value]
    paths = {
        "terraform": ("aws_s3_bucket_acl/access_control_policy.grant", "grant"),
        "api": ("get_bucket_acl/Grants",),
    }
    found: list[Any] = []
    for grant in (each for path in paths.get(view.dialect, ()) for each in view.each(path)):
        group = grant.first("grantee.uri", "uri", "Grantee.URI").value
        rights = grant.first("permission", "permissions", "Permission").value
        if isinstance(group, str) and group.endswith(_PUBLIC_GROUPS[1]):
            found.append("authenticated")
        elif isinstance(group, str) and group.endswith(_PUBLIC_GROUPS[0]):
            for right in rights if isinstance(rights, list) else [rights]:
                found += ["read", "write"] if right == "FULL_CONTROL" else [str(right).lower()]
    return found


_RIGHTS = {
    "publicread": ("read",),
    "publicreadwrite": ("read", "write"),
    "authenticatedread": ("authenticated",),
}


def default_blocked(view: View) -> Documented:
    """Return what holds without a block: on for new buckets; off where the account tells that there is none."""
    return Documented(False, _NOT_SET) if view.dialect == "api" else Documented(True, _NEW_BUCKETS)


def default_lists_disabled(view: View) -> Documented:
    """Return what holds without ownership controls: lists disabled for new buckets; enabled where none are reported."""
    return Documented(False, _NO_OWNERSHIP) if view.dialect == "api" else Documented(True, _NEW_BUCKETS)


def _block(view: View) -> Reading:
    """Return the bucket's own block as a map, `ABSENT`, or why it cannot be told."""
    if view.dialect == "cloudformation":
        return view.read("PublicAccessBlockConfiguration")
    if view.dialect == "api":
        return view.read("get_public_access_block/PublicAccessBlockConfiguration")
    found, unsure = view.companions(_BLOCK)
    if found:
        return Reading(found[0].body, found[0].resource)
    return Reading(unsure or ABSENT, view.resource)


def _flag(view: View, block: Reading, name: str) -> Reading:
    """Return one of the four flags: on where the bucket's block or the account's sets it."""
    own, account = _own_flag(view, block, name), _account_flag(view, name)
    if _on(own):
        return own
    return account if _on(account) or not (account.known or account.absent) else own


def _account_flag(view: View, name: str) -> Reading:
    """Return the flag in the account's block; `ABSENT` where none is declared or reported."""
    if view.dialect == "api":
        return view.read(f"account_public_access_block/PublicAccessBlockConfiguration.{name}")
    for account in view.inventory.of_type(_ACCOUNT_BLOCK):
        if as_bool(account.body.get(_FLAGS[name])) is True:
            return Reading(True, account, (_FLAGS[name],))
    return Reading(ABSENT, view.resource)


def _own_flag(view: View, block: Reading, name: str) -> Reading:
    if not isinstance(block.value, dict):
        return block
    word = _FLAGS[name] if view.dialect == "terraform" else name
    value = block.value.get(word)
    if value is None:  # the block is there, and leaves this flag at its default, off
        return Reading(False, block.resource, block.path)
    if isinstance(value, Reference):
        value = Unresolved(f"it is taken from {value}", "scan the plan or the live account")
    return Reading(value, block.resource, (*block.path, word))


def lists_disabled(ownership: Any) -> bool | None:
    """Return whether an object ownership setting disables access control lists."""
    return str(ownership) == "BucketOwnerEnforced"


def ownership(view: View) -> Reading:
    """Return the bucket's object ownership setting."""
    if view.dialect == "api":
        return view.read("get_bucket_ownership_controls/OwnershipControls.Rules.0.ObjectOwnership")
    if view.dialect == "cloudformation":
        return view.read("OwnershipControls.Rules.0.ObjectOwnership")
    return view.read("aws_s3_bucket_ownership_controls/rule.object_ownership")


def public_list(view: View) -> Reading:
    """Return whether an access control list opens the bucket to everyone, or to every AWS account."""
    found = _public_list(view)
    if found.value is False or found.absent:
        return found
    owner = ownership(view)
    if owner.known and lists_disabled(owner.value):
        return Reading(False, owner.resource, owner.path)
    return _unless(_flag(view, _block(view), "IgnorePublicAcls"), found)


def _public_list(view: View) -> Reading:
    if view.dialect == "api":
        return _public_grant(view, "get_bucket_acl/Grants")
    paths = ("aws_s3_bucket_acl/acl", "acl") if view.dialect == "terraform" else ("AccessControl",)
    canned = view.first(*paths)
    if canned.known:
        word = str(canned.value).replace("-", "").lower()
        return Reading(word in _PUBLIC_LISTS, canned.resource, canned.path)
    if not canned.absent or view.dialect == "cloudformation":
        return canned
    granted = _public_grant(view, "aws_s3_bucket_acl/access_control_policy.grant")
    return _public_grant(view, "grant") if granted.absent else granted


def _public_grant(view: View, path: str) -> Reading:
    """Return whether one of the grants at `path` is to a group of everyone; `ABSENT` for none that is."""
    grants = view.read(path)
    if not grants.known:
        return grants
    for grant in view.each(path):
        group = grant.first("grantee.uri", "uri", "Grantee.URI")
        if group.known and str(group.value).endswith(_PUBLIC_GROUPS):
            return Reading(True, group.resource, group.path)
        if not group.known and not group.absent:
            return group
    return Reading(ABSENT, view.resource, view.base)


def _unless(flag: Reading, opened: Reading) -> Reading:
    """Return what `opened` comes to under a block: nothing where `flag` is on, and no more than is known of it."""
    if _on(flag):
        return Reading(False, opened.resource, opened.path)
    return opened if flag.known or flag.absent else flag


def _on(flag: Reading) -> bool:
    return flag.known and as_bool(flag.value) is True


def _policy(view: View) -> Document:
    if view.dialect == "terraform":
        return attached(view, "aws_s3_bucket_policy", "policy", "policy")
    if view.dialect == "cloudformation":
        return attached(view, "AWS::S3::BucketPolicy", "PolicyDocument")
    return read_document(view, "get_bucket_policy/Policy")


def public_policy(view: View) -> Reading:
    """Return whether the bucket's policy opens it to everyone."""
    found = public_principal(_policy(view))
    if found.value is False or found.absent:
        return found
    return _unless(_flag(view, _block(view), "RestrictPublicBuckets"), found)


def tls_required(view: View) -> Reading:
    """Return whether the bucket's policy denies requests over an unencrypted connection."""
    return denies_plain_transport(_policy(view), ("", "/*"))


def public(view: View) -> Reading:
    """Return whether a list or the policy opens the bucket to everyone."""
    by_list, by_policy = public_list(view), public_policy(view)
    for each in (by_list, by_policy):
        if each.value is True:
            return each
    for each in (by_list, by_policy):
        if not each.known and not each.absent:
            return each
    return by_policy if by_list.absent else by_list
