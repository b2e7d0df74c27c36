"""IAM roles, as `role` assets: who may assume them, and what their policies give together.

The account's own policies of a role are assets by themselves (`iam_policies`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.assets.asset import Asset, asset
from tfaudit.assets.facts import Documented, Fact
from tfaudit.assets.view import Reading, View
from tfaudit.resources import Reference, Unresolved
from tfaudit.services.aws import policy_questions
from tfaudit.services.aws.iam_calls import POLICIES, ROLES
from tfaudit.services.aws.iam_given import admin_given, escalations_given
from tfaudit.services.aws.iam_policies import holder_key
from tfaudit.services.aws.policy_documents import Document, Statement, read_document
from tfaudit.services.aws.policy_questions import all_told, allows, any_told, is_wildcard
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


def _open_federation(view: View, statement: Statement) -> bool | None:
    """Whether it trusts a public identity provider without saying whose token it must be."""

    def open_(type_: str, value: Any) -> bool | None:
        provider = _open_provider(view, value) if type_ == "Federated" else ""
        if not provider:
            return False
        says_whose = _says_whose(statement, provider)
        return None if says_whose is None or not statement.whole else not says_whose

    return all_told((allows(statement), any_told(open_(*each) for each in statement.principals)))


def _open_provider(view: View, value: Any) -> str:
    """Return which public identity provider a principal names, by its ARN or by the resource that declares it."""
    texts = [value if isinstance(value, str) else getattr(value, "expression", "")]
    if isinstance(value, Reference):
        declared = view.inventory.at(value.address)
        texts = [str(each.body.get("url") or each.body.get("Url") or "").rstrip("/") for each in declared]
    return next((each for each in _OPEN_PROVIDERS for text in texts if text.endswith(each)), "")


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
    """Whether a subject leaves the organisation open: `repo:*`, `repo:*/web`."""
    return isinstance(value, str) and re.match(r"(repo|organization|project_path)?:?\*", value) is not None


def _account(view: View) -> str:
    found = re.search(r"^arn:[\w-]+:iam::(\d{12}):", str(view.get("Arn") or ""))
    return found[1] if found else ""


def _fact(read: Callable[[View], Any]) -> Fact:
    return Fact(terraform=read, cloudformation=read, api=read)


ROLE = {
    "public_principal": _fact(_public),
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
