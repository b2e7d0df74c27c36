"""IAM roles, as `role` assets: who may assume them, and what their policies give together.

The account's own policies of a role are assets by themselves (`iam_policies`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.identity import policy_questions
from tfaudit.services.aws.identity.iam_calls import POLICIES, ROLES
from tfaudit.services.aws.identity.iam_given import admin_given, escalations_given
from tfaudit.services.aws.identity.iam_policies import holder_key
from tfaudit.services.aws.identity.policy_coverage import all_told, any_told
from tfaudit.services.aws.identity.policy_documents import ANY_TYPE, Document, Statement, read_document
from tfaudit.services.aws.identity.policy_questions import allows, is_wildcard
from tfaudit.services.aws.tags import TAGS

READS = ("aws_iam_role", "AWS::IAM::Role", "iam.get_account_authorization_details")
KINDS = ("role",)
CALLS = (ROLES, POLICIES)

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
_ROLES = "docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html"
_OF_POLICIES = "the role's policies are judged by themselves"


def _trust(view: View) -> Document:
    return read_document(view, "assume_role_policy", "AssumeRolePolicyDocument")


def _answer(reading: Reading) -> Reading:
    if reading.absent:
        why = Unresolved("it has no trust policy here", "scan the plan or the live account")
        return Reading(why, reading.resource, reading.path)
    return reading


def _public(view: View) -> Reading:
    trust = _trust(view)
    everyone = policy_questions.public_principal(trust)
    if everyone.value is True or everyone.absent:
        return _answer(everyone)
    federated = policy_questions.some(trust, lambda statement: _open_federation(view, statement))
    return everyone if federated.value is False else federated


def _public_by(view: View) -> list[Any]:
    """Return how everyone may assume it: as a `principal` of AWS, or by a `federation` that is open to all."""
    trust = _trust(view)
    answers = {
        "principal": policy_questions.public_principal(trust).value,
        "federation": policy_questions.some(trust, lambda statement: _open_federation(view, statement)).value,
    }
    return [
        name if answer is True else answer
        for name, answer in answers.items()
        if answer is True or isinstance(answer, Unresolved)
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

    return all_told((allows(statement), any_told(open_(*each) for each in statement.principals)))


def _open_provider(view: View, value: Any) -> str | Unresolved:
    """Return which public identity provider a principal names, by its ARN or by the resource that declares it.

    "" is for one that is not open to everyone; `Unresolved` for one that is not known.
    """
    texts: list[Any] = [value]
    if isinstance(value, Reference):
        declared = view.inventory.at(value.address)
        if any("saml" in each.type.lower() for each in declared) or "saml" in value.address:
            return ""
        texts = [each.body.get("url") or each.body.get("Url") for each in declared]
        if not declared:
            return Unresolved(f"the identity provider {value} is not declared here", "scan it with the rest")
    unclear: Unresolved | None = None
    for each in texts:
        text = each if isinstance(each, str) else getattr(each, "expression", "").strip('"')
        found = next((name for name in _OPEN_PROVIDERS if text.rstrip("/").endswith(name)), "")
        if found:
            return found
        # Text around an expression says whose provider it is, where it ends in text.
        if isinstance(each, Unresolved) and not _NAMED_PROVIDER.search(text):
            unclear = each
    return unclear or ""


def _names_subject(statement: Statement) -> bool:
    """Whether a condition asks for named subjects of a token, whoever issues it."""
    return any(
        each.key.lower().endswith(":sub")
        and "ifexists" not in each.operator.lower()
        and any_told(told for value in each.values for told in (is_wildcard(value), _any_owner(value)))
        is False
        for each in statement.conditions
    )


_NAMED_PROVIDER = re.compile(r"saml-provider/|:oidc-provider/(?!\$\{)[^$]*$|\}/[\w./-]+$")


def _says_whose(statement: Statement, provider: str) -> bool | None:
    answer: bool | None = False
    for condition in statement.conditions:
        # An enterprise may have an issuer of its own below the provider's name.
        issuer, _, claim = condition.key.lower().rpartition(":")
        of_provider = issuer == provider or issuer.startswith(f"{provider}/")
        if not of_provider or claim not in _OPEN_PROVIDERS[provider]:
            continue
        if "ifexists" in condition.operator.lower():
            continue
        anyone = any_told(told for each in condition.values for told in (is_wildcard(each), _any_owner(each)))
        if anyone is False:
            return True
        answer = None if anyone is None else answer
    return answer


def _any_owner(value: Any) -> bool:
    """Whether a subject leaves the organisation open: `repo:*`, `repo:*/web`, and `repo:org*`, which goes on freely."""
    if not isinstance(value, str):
        return False
    if re.match(r"(repo|organization|project_path|group)?:?[*?]", value):
        return True
    named = re.match(r"(?:repo|project_path):([^/]*)", value) or re.match(r"organization:([^:]*)", value)
    return named is not None and re.search(r"[*?]", named[1]) is not None


def _account(view: View) -> str:
    found = re.search(r"^arn:[\w-]+:iam::(\d{12}):", str(view.get("Arn") or ""))
    return found[1] if found else ""


def _fact(read: Callable[[View], Any]) -> Fact:
    return Fact(terraform=read, cloudformation=read, api=read)


ROLE = {
    "public_principal": _fact(_public),
    "public_principal.by": _fact(_public_by),
    "cross_account": _fact(
        lambda view: _answer(policy_questions.cross_account(_trust(view), _account(view)))
    ),
    "admin": _fact(lambda view: admin_given(view, "role")),
    "escalation_paths": _fact(lambda view: escalations_given(view, "role")),
    "wildcard_actions": Fact(not_applicable=_OF_POLICIES),
    "wildcard_resources": Fact(not_applicable=_OF_POLICIES),
    "sensitive_actions": Fact(not_applicable=_OF_POLICIES),
    "escalates": Fact(not_applicable="escalation_paths tells it of AWS"),
    "reads_secrets": Fact(not_applicable=_OF_POLICIES),
    "scope": Fact(always=Documented("account", _ROLES)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the role; those that AWS makes for its own services, and alone can change, are left out."""
    if view.dialect == "api" and "RoleName" not in view.resource.body:
        return
    if not str(view.resource.body.get("Path", "")).startswith("/aws-service-role/"):
        yield asset("role", view, ROLE, holder_key(view))
