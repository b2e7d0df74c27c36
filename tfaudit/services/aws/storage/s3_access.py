"""Who may reach an S3 bucket: its public access block, access control lists and policy, taken together.

A declared or observed public access block makes public lists and policies ineffective
(docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html). The block that new
buckets get by default does not excuse a public list in code: an older bucket does not have it.
The account's own block counts as well: of the two the stricter holds, flag by flag (same page).
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.aws.identity.attached_policies import policies_of
from tfaudit.services.aws.identity.policy_questions import open_to_everyone, refuses_plain_transport

_NEW_BUCKETS = (
    "docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html: "
    "buckets created since April 2023, whatever creates them"
)
_NOT_SET = "docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html: none is set on this bucket"
_NO_OWNERSHIP = (
    "docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html: none are set on this bucket"
)
_LISTS = "docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html"
_POLICIES = "docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"
_NO_POLICY = (
    "docs.aws.amazon.com/AmazonS3/latest/userguide/access-management.html: buckets are private by default"
)

_FLAGS: Spelling = {
    "BlockPublicAcls": aws("block_public_acls", "BlockPublicAcls"),
    "BlockPublicPolicy": aws("block_public_policy", "BlockPublicPolicy"),
    "IgnorePublicAcls": aws("ignore_public_acls", "IgnorePublicAcls"),
    "RestrictPublicBuckets": aws("restrict_public_buckets", "RestrictPublicBuckets"),
}
_GRANT: Spelling = {
    "group": aws(("grantee.uri", "uri"), NOTHING, "Grantee.URI"),
    "rights": aws(("permission", "permissions"), NOTHING, "Permission"),
}
ACCESS: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "block": aws(
        "aws_s3_bucket_public_access_block/",
        "PublicAccessBlockConfiguration",
        "get_public_access_block/PublicAccessBlockConfiguration",
        rows=_FLAGS,
    ),
    "account_block": aws(
        "aws_s3_account_public_access_block/",
        NOTHING,
        "account_public_access_block/PublicAccessBlockConfiguration",
        rows=_FLAGS,
    ),
    "ownership": aws(
        "aws_s3_bucket_ownership_controls/rule.object_ownership",
        "OwnershipControls.Rules.0.ObjectOwnership",
        "get_bucket_ownership_controls/OwnershipControls.Rules.0.ObjectOwnership",
    ),
    # A list is one of those that S3 has names for, or grants; what an account reports are grants.
    "canned_list": aws(("aws_s3_bucket_acl/acl", "acl"), "AccessControl", NOTHING),
    "grants": aws(
        "aws_s3_bucket_acl/access_control_policy.grant", NOTHING, "get_bucket_acl/Grants", rows=_GRANT
    ),
    "own_grants": aws("grant", NOTHING, NOTHING, rows=_GRANT),
    "policy": aws(
        ("aws_s3_bucket_policy/policy", "policy"),
        "AWS::S3::BucketPolicy/PolicyDocument",
        "get_bucket_policy/Policy",
    ),
}
_BLOCKS = ("block", "account_block")
_LISTED = ("canned_list", "grants", "own_grants")

_EVERYONE, _ANY_ACCOUNT = "/groups/global/AllUsers", "/groups/global/AuthenticatedUsers"
_CANNED = {
    "publicread": ("read",),
    "publicreadwrite": ("read", "write"),
    "authenticatedread": ("authenticated",),
}


def _access_blocked(view: View) -> Reading:
    """Return whether all four blocks are on for the bucket; absent where no block is declared or reported."""
    flags = [_flag(view, name) for name in _FLAGS]
    if all(isinstance(each, Absent) for each in flags):
        return flags[0]
    for each in flags:
        if isinstance(each, Absent) or (isinstance(each, Known) and as_bool(each.value) is False):
            return Known(False, each.resource, each.path)
    return next((each for each in flags if not _on(each)), flags[0])


def _missing_blocks(view: View) -> list[Any]:
    """Return the names of the four blocks that are not on; a value that is not known stands for itself."""
    flags = {name: _flag(view, name) for name in _FLAGS}
    return [
        Unresolved(each.because, each.settle_with) if isinstance(each, Unknown) else name
        for name, each in flags.items()
        if not _on(each)
    ]


def _flag(view: View, name: str) -> Known | Absent | Unknown:
    """Return one of the four flags: on where the bucket's block or the account's sets it."""
    own, account = _flag_of(view, "block", name), _flag_of(view, "account_block", name)
    if _on(own):
        return own
    return account if _on(account) or isinstance(account, Unknown) else own


def _flag_of(view: View, block: str, name: str) -> Known | Absent | Unknown:
    """Return the flag in the block that the word `block` is; absent where there is no such block."""
    found = view.rows(block)
    if not isinstance(found, list):
        return found
    for each in found:
        flag = each.word(name)
        match flag:
            case Absent():  # the block is there, and leaves this flag at its default, off
                return Known(False, each.resource, each.base)
            case Pointer():
                return flag.unknown
            case Known() | Unknown():
                return flag
    return Absent(view.resource, view.base)


def _on(flag: Reading) -> bool:
    return isinstance(flag, Known) and as_bool(flag.value) is True


def _lists_disabled(ownership: Any) -> bool | None:
    """Return whether an object ownership setting disables access control lists."""
    return None if ownership is None else str(ownership) == "BucketOwnerEnforced"


def _public_list(view: View) -> Reading:
    """Return whether an access control list opens the bucket to everyone, or to every AWS account."""
    found = _opened_by_list(view)
    if isinstance(found, Absent) or (isinstance(found, Known) and found.value is False):
        return found
    owner = view.word("ownership")
    if isinstance(owner, Known) and _lists_disabled(owner.value):
        return Known(False, owner.resource, owner.path)
    opened = _unless(_flag(view, "IgnorePublicAcls"), found)
    if isinstance(opened, Known) and opened.value is False:
        return opened
    return owner if isinstance(owner, (Pointer, Unknown)) else opened


def _opened_by_list(view: View) -> Reading:
    canned = view.word("canned_list")
    match canned:
        case Known(value=value):
            return Known(_canned(value) in _CANNED, canned.resource, canned.path)
        case Pointer() | Unknown():
            return canned
        case Absent():
            granted = _opened_by_grant(view, "grants")
            return _opened_by_grant(view, "own_grants") if isinstance(granted, Absent) else granted


def _canned(value: Any) -> str:
    return str(value).replace("-", "").lower()


def _opened_by_grant(view: View, word: str) -> Reading:
    """Return whether one of the grants is to a group of everyone; absent for none that is."""
    grants = view.rows(word)
    if not isinstance(grants, list):
        return grants
    open_: Reading | None = None
    for grant in grants:
        group = grant.word("group")
        match group:
            case Known(value=value) if str(value).endswith((_EVERYONE, _ANY_ACCOUNT)):
                return Known(True, group.resource, group.path)
            case Pointer() | Unknown():
                open_ = open_ or group
            case Known() | Absent():
                pass
    return open_ or Absent(view.resource, view.base)


def _public_rights(view: View) -> list[Any]:
    """Return what lists let everyone do: `read`, `write`, or `authenticated` for what takes any account of AWS."""
    canned = view.word("canned_list")
    match canned:
        case Known(value=value):
            return list(_CANNED.get(_canned(value), ()))
        case Pointer() | Unknown():
            return [_unresolved(canned)]
        case Absent():
            return [right for word in ("grants", "own_grants") for right in _granted(view, word)]


def _granted(view: View, word: str) -> list[Any]:
    grants = view.rows(word)
    if isinstance(grants, Absent):
        return []
    if isinstance(grants, Unknown):
        return [_unresolved(grants)]
    found: list[Any] = []
    for grant in grants:
        group = grant.word("group")
        match group:
            case Pointer() | Unknown():
                found.append(_unresolved(group))
            case Known(value=str(value)) if value.endswith(_ANY_ACCOUNT):
                found.append("authenticated")
            case Known(value=str(value)) if value.endswith(_EVERYONE):
                found += _rights(grant.word("rights"))
    return found


def _rights(rights: Reading) -> list[Any]:
    match rights:
        case Absent():
            return []
        case Pointer() | Unknown():
            return [_unresolved(rights)]
        case Known(value=value):
            found: list[Any] = []
            for right in value if isinstance(value, list) else [value]:
                if right == "FULL_CONTROL":
                    found += ["read", "write"]
                else:
                    found.append(str(right).lower() if isinstance(right, str) else right)
            return found


def _unresolved(reading: Pointer | Unknown) -> Unresolved:
    why = reading.unknown if isinstance(reading, Pointer) else reading
    return Unresolved(why.because, why.settle_with)


def _unless(flag: Known | Absent | Unknown, opened: Reading) -> Reading:
    """Return what `opened` comes to under a block: nothing where `flag` is on, and no more than is known of it."""
    if _on(flag):
        return Known(False, opened.resource, opened.path)
    return flag if isinstance(flag, Unknown) else opened


def _public_policy(view: View) -> Reading:
    """Return whether the bucket's policy opens it to everyone."""
    found = open_to_everyone(policies_of(view, "policy"))
    if isinstance(found, Absent) or (isinstance(found, Known) and found.value is False):
        return found
    return _unless(_flag(view, "RestrictPublicBuckets"), found)


def _tls_required(view: View) -> Reading:
    """Return whether the bucket's policy denies requests over an unencrypted connection."""
    return refuses_plain_transport(policies_of(view, "policy"), ("", "/*"))


ACCESS_FACTS: Facts = {
    "tls.required": Fact(joins=_tls_required, of=("policy",), default=Documented(False, _POLICIES)),
    "public_access_blocked": Fact(
        joins=_access_blocked,
        of=_BLOCKS,
        default=Documented(True, _NEW_BUCKETS),
        reported=Documented(False, _NOT_SET),
    ),
    "public_access_blocked.missing": Fact(joins=_missing_blocks, of=_BLOCKS),
    "public_acl.rights": Fact(joins=_public_rights, of=_LISTED),
    "public_acl": Fact(
        joins=_public_list, of=(*_LISTED, "ownership", *_BLOCKS), default=Documented(False, _LISTS)
    ),
    "policy.public": Fact(
        joins=_public_policy, of=("policy", *_BLOCKS), default=Documented(False, _NO_POLICY)
    ),
    "acl_disabled": Fact(
        _lists_disabled,
        of=("ownership",),
        default=Documented(True, _NEW_BUCKETS),
        reported=Documented(False, _NO_OWNERSHIP),
    ),
}
