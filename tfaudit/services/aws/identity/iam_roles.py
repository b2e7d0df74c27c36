"""IAM roles, as `role` assets: who may assume them, and what their policies give together.

The account's own policies of a role are assets by themselves (`iam_policies`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tfaudit.enclosed import text_of
from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import SETTLE, Absent, Known, Pointer, Reading, Unknown
from tfaudit.reading.view import View
from tfaudit.services.aws.identity.iam_calls import POLICIES, ROLES
from tfaudit.services.aws.identity.iam_given import GIVEN, admin_given, escalations_given
from tfaudit.services.aws.identity.iam_words import HOLDER, holder, holder_key, of_service
from tfaudit.services.aws.identity.policy_coverage import all_true, any_true
from tfaudit.services.aws.identity.policy_documents import ANY_TYPE, Condition, Statement, policy_of
from tfaudit.services.aws.identity.policy_questions import (
    allows,
    is_false,
    is_true,
    is_wildcard,
    open_to_everyone,
    some,
)
from tfaudit.services.aws.identity.trusted_accounts import accounts
from tfaudit.services.aws.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = ("aws_iam_role", "AWS::IAM::Role", "iam.get_account_authorization_details")
KINDS = ("role",)
CALLS = (ROLES, POLICIES)
TABLE = HOLDER
IDENTITY = ("name", "path")

# Identity providers at which anyone can have an account, with the condition key that tells whose token it is.
# docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
_OPEN_PROVIDERS = {
    "token.actions.githubusercontent.com": ("sub", "repository_owner", "repository_owner_id", "repository"),
    "gitlab.com": ("sub", "namespace_id", "project_path", "project_id"),
    "bitbucket.org": ("sub", "aud"),
    "app.terraform.io": ("sub",),
    "cognito-identity.amazonaws.com": ("aud",),
    "accounts.google.com": ("aud", "sub"),
    "www.amazon.com": ("app_id",),
    "graph.facebook.com": ("app_id",),
}
PROVIDER: Spelling = {"url": aws(("url", "arn"), "Url", NOTHING)}
"""Of an identity provider of the account."""
_LOOKED_UP = re.compile(r"(?:.*\.)?data\.(?!aws_eks_cluster\b)")

_ROLES = "docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html"
_OF_POLICIES = "the role's policies are judged by themselves"


def _trusted(answer: Reading) -> Reading:
    if isinstance(answer, Absent):
        because = "it has no trust policy here"
        return Unknown(because, SETTLE, answer.resource, answer.path)
    return answer


def _public(view: View) -> Reading:
    trust = policy_of(view, "trust")
    everyone = open_to_everyone(trust)
    if is_true(everyone) or isinstance(everyone, Absent):
        return _trusted(everyone)
    federated = some(trust, lambda statement: _open_federation(view, statement))
    return everyone if is_false(federated) else federated


def _public_by(view: View) -> list[Any]:
    """Return how everyone may assume it: as a `principal` of AWS, or by a `federation` that is open to all."""
    trust = policy_of(view, "trust")
    answers = {
        "principal": open_to_everyone(trust),
        "federation": some(trust, lambda statement: _open_federation(view, statement)),
    }
    return [
        Unresolved(answer.because, answer.settle_with) if isinstance(answer, Unknown) else name
        for name, answer in answers.items()
        if is_true(answer) or isinstance(answer, Unknown)
    ]


def _open_federation(view: View, statement: Statement) -> bool | None:
    """Whether it trusts a public identity provider without saying whose token it must be."""

    def open_(type_: str, value: Any) -> bool | None:
        if type_ not in ("Federated", ANY_TYPE):
            return False
        provider = _open_provider(view, value)
        if isinstance(provider, Unresolved):
            # Whichever it is, its token must say whose it is.
            return False if _names_subject(statement) and statement.whole else None
        if not provider:
            return False
        says_whose = _says_whose(statement, provider)
        return None if says_whose is None or not statement.whole or type_ == ANY_TYPE else not says_whose

    return all_true((allows(statement), any_true(open_(*each) for each in statement.principals)))


def _open_provider(view: View, value: Any) -> str | Unresolved:
    """Return which public identity provider a principal names, by its ARN or by the resource that declares it.

    "" is for one that is not open to everyone; `Unresolved` for one that is not known.
    """
    if not isinstance(value, Reference):
        text = value if isinstance(value, str) else text_of(value.expression)
        return _provider_in(text, None if isinstance(value, str) else value)
    declared = view.inventory.at(value.address)
    if any("saml" in each.type.lower() for each in declared) or "saml" in value.address:
        return ""
    if not declared:
        return Unresolved(f"the identity provider {value} is not declared here", "scan it with the rest")
    unclear: Unresolved | None = None
    for each in declared:
        found = _declared_provider(View(each, view.inventory, table=PROVIDER))
        if isinstance(found, str) and found:
            return found
        unclear = found if isinstance(found, Unresolved) else unclear
    return unclear or ""


def _declared_provider(provider: View) -> str | Unresolved:
    match provider.word("url"):
        case Known(value=url):
            return _provider_in(str(url), None)
        case Unknown(because=because, settle_with=settle_with, expression=text):
            return _provider_in(text.strip('"'), Unresolved(because, settle_with, text))
        case Pointer(reference=reference) if _LOOKED_UP.match(reference.address):
            return Unresolved(f"whose tokens it takes is read from {reference}", SETTLE)
        case Pointer() | Absent():
            return ""  # what is declared here itself, a cluster say, issues tokens to its own


def _provider_in(text: str, unclear: Unresolved | None) -> str | Unresolved:
    """Return the public provider that a name or ARN ends in, `unclear` where text around an expression may be one's."""
    found = next((name for name in _OPEN_PROVIDERS if text.rstrip("/").endswith(name)), "")
    # Text around an expression says whose provider it is, where it ends in text.
    return found or ("" if unclear is None or _NAMED_PROVIDER.search(text) else unclear)


def _names_subject(statement: Statement) -> bool:
    """Whether a condition asks for named subjects of a token, whoever issues it."""
    return any(each.key.lower().endswith(":sub") and _names(each) is True for each in statement.conditions)


_NAMED_PROVIDER = re.compile(r"saml-provider/|:oidc-provider/(?!\$\{)[^$]*$|\}/[\w./-]+$")


def _says_whose(statement: Statement, provider: str) -> bool | None:
    answer: bool | None = False
    for condition in statement.conditions:
        # An enterprise may have an issuer of its own below the provider's name.
        issuer, _, claim = condition.key.lower().rpartition(":")
        of_provider = issuer == provider or issuer.startswith(f"{provider}/")
        if not of_provider or claim not in _OPEN_PROVIDERS[provider]:
            continue
        named = _names(condition)
        if named:
            return True
        answer = None if named is None else answer
    return answer


# Of these a token must have the claim, with one of the values that are written down. `Null`, and what asks that a value
# is another one, name nobody.
# docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
_EXACT = frozenset({"stringequals", "stringequalsignorecase"})
_ALIKE = frozenset({"stringlike"})


def _names(condition: Condition) -> bool | None:
    """Whether a condition on a claim asks for named subjects; None where that hangs on a value that is not known."""
    operator = condition.operator.lower().removeprefix("foranyvalue:").removeprefix("forallvalues:")
    if operator not in _EXACT | _ALIKE:
        return False
    # Where values are compared as they are, `*` is a letter like any other.
    values = [each for each in condition.values if operator in _ALIKE or not isinstance(each, str)]
    anyone = any_true(open_ for each in values for open_ in (is_wildcard(each), _any_owner(each)))
    return None if anyone is None else not anyone


def _any_owner(value: Any) -> bool:
    """Whether a subject leaves the organisation open: `repo:*`, `repo:*/web`, and `repo:org*`, which goes on freely."""
    if not isinstance(value, str):
        return False
    if re.match(r"(repo|organization|project_path|group)?:?[*?]", value):
        return True
    named = re.match(r"(?:repo|project_path):([^/]*)", value) or re.match(r"organization:([^:]*)", value)
    return named is not None and re.search(r"[*?]", named[1]) is not None


def _own_account(view: View) -> str:
    """Return the number of the account that the role is in; "" where that is not known."""
    match view.word("arn"):
        case Known(value=str() as arn) if found := re.search(r"^arn:[\w-]+:iam::(\d{12}):", arn):
            return found[1]
        case _:
            return ""


def _trusted_accounts(view: View) -> Reading:
    trust = policy_of(view, "trust")
    if trust.absent:
        return _trusted(Absent(trust.resource, trust.path))
    found = accounts(trust, _own_account(view))
    return Known(found, trust.resource, trust.path)


ROLE: Facts = {
    "public_principal": Fact(joins=_public, of=("trust",)),
    "public_principal.by": Fact(joins=_public_by, of=("trust",)),
    "trusted_accounts": Fact(joins=_trusted_accounts, of=("trust", "arn")),
    "admin": Fact(joins=lambda view: admin_given(view, "role"), of=GIVEN),
    "escalation_paths": Fact(joins=lambda view: escalations_given(view, "role"), of=(*GIVEN, "boundary")),
    "starts_pods": inapplicable("it speaks of roles of a cluster"),
    "wildcard_actions": inapplicable(_OF_POLICIES),
    "wildcard_resources": inapplicable(_OF_POLICIES),
    "escalates": inapplicable("escalation_paths says it of AWS"),
    "reads_secrets": inapplicable(_OF_POLICIES),
    "scope": always("account", _ROLES),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the role; those that AWS makes for its own services, and alone can change, are left out."""
    if holder(view) == "role" and not of_service(view):
        yield asset("role", view, ROLE, holder_key(view))
