"""Questions to a policy document, answered in three values with the place of the statement that decides.

Every question takes a `Document` and returns a state: `Known` True or False, `Unknown` where a part that is not known
would decide, `Absent` where there is no document. A service's fact can return it as it is:

    Fact(joins=lambda view: open_to_everyone(policy_of(view, "policy")), of=("policy",))
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from tfaudit.enclosed import replaced, text_of
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.reading.states import SETTLE, Absent, Known, Reading, Unknown, state
from tfaudit.services.aws.identity.policy_coverage import all_true, any_true, covered, covers_part
from tfaudit.services.aws.identity.policy_documents import (
    ANY_TYPE,
    Condition,
    Document,
    Element,
    Statement,
)
from tfaudit.services.aws.identity.wildcards import covers

Test: TypeAlias = Callable[[Statement], bool | None]

# A fixed value of one of these keeps strangers out, after
# docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html ("The meaning of
# public") and the global keys of
# docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.
_NARROWING = frozenset(
    {
        "aws:sourcearn",
        "aws:sourceaccount",
        "aws:sourceowner",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:vpcsourceip",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:userid",
        "aws:username",
        "kms:calleraccount",
        "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    }
)
_TRUE_ONLY = frozenset({"aws:principalisawsservice", "elasticfilesystem:accessedviamounttarget"})
_EQUAL = frozenset(
    {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress"}
)
_UNEQUAL = frozenset(
    {
        "stringnotequals",
        "stringnotequalsignorecase",
        "stringnotlike",
        "arnnotequals",
        "arnnotlike",
        "notipaddress",
    }
)
# Broader ranges count as public: /8 and /32 by the same S3 page.
_BROADEST = {4: 8, 6: 32}


def open_to_everyone(document: Document) -> Reading:
    """Whether a statement allows everyone, without a condition that keeps strangers out or a denial that covers it."""
    if document.alternatives:  # a denial in one of them covers nothing that another allows
        answers = [open_to_everyone(each) for each in document.alternatives]
        unsure = (each for each in answers if isinstance(each, Unknown))
        return next(filter(is_true, answers), None) or next(unsure, answers[0])
    denials = [each for each in document.statements if _perimeter(each)]
    return some(
        document,
        _all_of(
            allows,
            _everyone,
            lambda each: _not(narrowed(each)),
            lambda each: _not(_denied(each, denials)) if denials else True,
        ),
    )


def refuses_plain_transport(document: Document, parts: tuple[str, ...] = ("",)) -> Reading:
    """Whether statements deny every action of everyone over an unencrypted connection.

    `parts` are what they have to cover: a bucket needs `("", "/*")`, itself and its objects.
    """
    if document.alternatives:
        answers = [refuses_plain_transport(each, parts) for each in document.alternatives]
        return next((each for each in answers if not is_true(each)), answers[0])
    denies = _all_of(_denies, _everyone, _all_actions, _plain_transport)
    answer = some(document, denies)
    if not is_true(answer):
        return answer
    covering = [each for each in document.statements if denies(each)]
    known = all_true(covers_part(part, covering) for part in parts)
    if known is None:
        because = "which resources its denial is about is not known"
        return Unknown(because, SETTLE, answer.resource, answer.path)
    return answer if known else Known(False, answer.resource, answer.path)


def admin(document: Document) -> Reading:
    """Whether a statement allows every action on every resource."""
    return some(document, _all_of(allows, _any_action, _any_resource))


def wildcards(document: Document) -> Known:
    """Return the actions by which whole services are allowed, `*` or `s3:*`, with those that are not known."""
    found: list[Element] = []
    for statement in document.statements:
        if allows(statement) is not False and _service_wide(statement) is not False:
            wide = [each for each in statement.actions if _whole_service(each) is not False]
            found += wide or ["(all but some)"]
    return Known([*found, document.unclear] if document.unclear else found, document.resource)


def wildcard_actions(document: Document) -> Reading:
    """Whether a statement allows every action, all of a service (`s3:*`), or all but some (NotAction)."""
    return some(document, _all_of(allows, _service_wide))


def is_true(answer: Reading) -> bool:
    """Whether the answer to a question is a certain yes."""
    return isinstance(answer, Known) and answer.value is True


def is_false(answer: Reading) -> bool:
    """Whether the answer to a question is a certain no."""
    return isinstance(answer, Known) and answer.value is False


def some(document: Document, test: Test) -> Reading:
    """Return True where `test` holds for a statement, False for none, `Unknown` where a part would decide."""
    if document.absent:
        return Absent(document.resource, document.path)
    unsure: Reading | None = None
    for statement in document.statements:
        known = test(statement)
        if known:
            return Known(True, statement.resource, statement.path)
        if known is None and unsure is None:
            unsure = state(unclear_part(statement), statement.resource, statement.path)
    return unsure or state(document.unclear or False, document.resource, document.path)


def unclear_part(statement: Statement) -> Unresolved:
    """Return why some part of `statement` is not known."""
    if statement.unclear is not None:
        return statement.unclear
    values = [value for condition in statement.conditions for value in condition.values]
    named = [value for _, value in (*statement.principals, *statement.not_principals)]
    parts = (
        statement.effect,
        *statement.actions,
        *statement.not_actions,
        *statement.resources,
        *named,
        *values,
    )
    for each in parts:
        if isinstance(each, Unresolved):
            return each
    for each in parts:
        if isinstance(each, Reference):
            return Unresolved(f"it is taken from {each}", SETTLE, str(each))
    return Unresolved("a part of the statement is not known", SETTLE)


def is_wildcard(element: Element) -> bool | None:
    """Whether `element` is `*` and nothing else; None where that is not known.

    A reference leads to one resource, and text around an expression stays: neither is a lone `*`.
    """
    if isinstance(element, str):
        return element != "" and set(element) <= {"*"}
    if isinstance(element, Reference):
        return False
    # What CloudFormation itself fills in, `${AWS::AccountId}`, is a text like any other.
    outside = replaced(text_of(element.expression), "${", "}", but="AWS::")
    if formatted := _FORMAT.fullmatch(element.expression):
        outside = _VERB.sub("", formatted[1])
    return False if outside.strip('"* ') else None


# `formatlist("arn:aws:iam::%s:root", var.accounts)`: the text around the verbs stays. What is called within, or stands
# behind the call, is not looked into.
_FORMAT = re.compile(r'(?:format|formatlist)\("((?:[^"\\]|\\.)*)"[^()?"]*(?:"[^"]*"[^()?"]*)*\)')
_VERB = re.compile(r"%[-+# 0]{0,9}\d{0,9}(?:\.\d{1,9})?[a-zA-Z]|%%")


def any_wildcard(elements: Iterable[Element]) -> bool | None:
    """Whether one of `elements` is `*`."""
    return any_true(is_wildcard(each) for each in elements)


def action_matches(pattern: Element, action: str) -> bool | None:
    """Whether an action as a policy writes it (`s3:Get*`) covers `action`; case does not count."""
    if not isinstance(pattern, str):
        return None
    return covers(pattern[:256].lower(), action.lower())


def _all_of(*tests: Test) -> Test:
    return lambda statement: all_true(test(statement) for test in tests)


def _not(known: bool | None) -> bool | None:
    return None if known is None else not known


def allows(statement: Statement) -> bool | None:
    """Whether its effect is Allow."""
    return statement.effect == "Allow" if isinstance(statement.effect, str) else None


def _denies(statement: Statement) -> bool | None:
    return _not(allows(statement))


def _everyone(statement: Statement) -> bool | None:
    if statement.not_principals:
        return statement.effect == "Allow"
    # A type such as Service or Federated with "*" does not name everyone; only AWS and the bare star do.
    return any_true(
        _perhaps(is_wildcard(value)) if type_ == ANY_TYPE else is_wildcard(value)
        for type_, value in statement.principals
        if type_ in ("*", "AWS", "CanonicalUser", ANY_TYPE)
    )


def _perhaps(known: bool | None) -> bool | None:
    return None if known else known


def narrowed(statement: Statement) -> bool | None:
    """Whether a condition of `statement` holds only for named accounts, networks or resources."""
    known = any_true(_narrows(each, _EQUAL, "true") for each in statement.conditions)
    return None if known is False and not statement.whole else known


def _perimeter(statement: Statement) -> bool:
    """Whether it denies something to everyone, or to all but named accounts, networks or organisations."""
    return bool(
        statement.effect == "Deny"
        and statement.whole
        and _everyone(statement)
        and all(_narrows(each, _UNEQUAL, "false") for each in statement.conditions)
    )


def _denied(allowing: Statement, denials: list[Statement]) -> bool | None:
    """Whether `denials` are about all that a statement allows: each of its actions, on each of its resources."""
    if allowing.not_actions:
        return covered(allowing, [each for each in denials if _every_action(each)])
    return all_true(
        covered(allowing, [each for each in denials if _every_action(each) or _about(each, action)])
        for action in allowing.actions
    )


def _every_action(statement: Statement) -> bool:
    """Whether it is about all that can be done to the resource at which it stands, `s3:*`."""
    return _all_actions(statement) is True


def _about(statement: Statement, action: Element) -> bool:
    """Whether a pattern among its actions covers `action`, which may be a pattern itself."""
    return isinstance(action, str) and any(action_matches(each, action) for each in statement.actions)


def _narrows(condition: Condition, operators: frozenset[str], truth: str) -> bool | None:
    operator, key = condition.operator.lower(), condition.key.lower()
    if operator.startswith("foranyvalue:"):
        operator = operator.removeprefix("foranyvalue:")
    if operators is _UNEQUAL:
        # In a denial a key that is missing must not let the request through: IfExists is no weaker here.
        operator = operator.removesuffix("ifexists")
        if operator == "bool" and key in (*_TRUE_ONLY, "aws:viaawsservice"):
            return True
    if key in _TRUE_ONLY:
        return operator == "bool" and condition.values == (truth,)
    if key not in _NARROWING or operator not in operators:
        return False
    return all_true(_fixed(key, each) for each in condition.values)


def _fixed(key: str, value: Element) -> bool | None:
    """Whether `value` names something narrower than everyone."""
    if not isinstance(value, str):
        return _not(is_wildcard(value))
    if key in ("aws:sourceip", "aws:vpcsourceip"):
        try:
            network = ipaddress.ip_network(value, strict=False)
        except ValueError:
            return False
        return network.is_private or network.prefixlen >= _BROADEST[network.version]
    if not value.strip("*?"):
        return False
    if value.startswith("arn:"):
        parts = value.split(":", 5)
        account, named = (parts[4], parts[5]) if len(parts) == 6 else ("*", "*")
        return bool(account.strip("*?")) or (account == "" and bool(named.split("/")[0].strip("*?")))
    return True


def _all_actions(statement: Statement) -> bool | None:
    return any_true(_whole_service(each) for each in statement.actions)


def _any_action(statement: Statement) -> bool | None:
    return any_true(_is_every_action(each) for each in statement.actions)


def _is_every_action(action: Element) -> bool | None:
    """Whether it is `*`, or `*:*`, with as many stars as somebody likes: two in a row stand for what one does."""
    if isinstance(action, str):
        parts = action.split(":")
        return len(parts) < 3 and all(each and not each.strip("*") for each in parts)
    return is_wildcard(action)


def _any_resource(statement: Statement) -> bool | None:
    return any_true(_is_everything(each) for each in statement.resources)


def _is_everything(resource: Element) -> bool | None:
    """Whether it is `*`, or an ARN of wildcards alone, which is as good."""
    if isinstance(resource, str) and resource.startswith("arn:"):
        parts = resource.split(":", 5)[2:]
        return len(parts) == 4 and not "".join(parts).strip("*") and parts[0] != "" and parts[3] != ""
    return is_wildcard(resource)


def _service_wide(statement: Statement) -> bool | None:
    if statement.not_actions:
        return True
    return _all_actions(statement)


def _whole_service(action: Element) -> bool | None:
    if isinstance(action, str):
        name = action.rpartition(":")[2]
        return "*" in name and not name.strip("*?")
    return is_wildcard(action)


def _plain_transport(statement: Statement) -> bool | None:
    if not statement.whole:
        return None
    if not statement.conditions:
        return True
    if len(statement.conditions) > 1:
        # A further condition leaves plain requests that the denial does not meet.
        return False
    (condition,) = statement.conditions
    if condition.key.lower() != "aws:securetransport" or condition.operator.lower() not in (
        "bool",
        "boolifexists",
    ):
        return False
    return all_true(each == "false" if isinstance(each, str) else None for each in condition.values)
