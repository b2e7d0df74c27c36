"""What the failure of a call to Azure means: refused, nobody to ask, or passing; in a sentence without secrets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tfaudit.errors import UnreachableError
from tfaudit.redaction import redacted
from tfaudit.sources.live.failures import CallFailed, Meaning, settle

_DENIED = frozenset({"AuthorizationFailed", "LinkedAuthorizationFailed", "AccessDenied", "Forbidden"})
_DENY = "DenyAssignmentAuthorizationFailed"
_EXPIRED = frozenset({"ExpiredAuthenticationToken", "AuthenticationFailedTokenExpired"})
_NOT_REGISTERED = "MissingSubscriptionRegistration"
_NAMESPACE = re.compile(r"namespace '([\w.-]+)'")
_ACTION = re.compile(r"perform action '([\w./-]+)'")
_TENANT = re.compile(r"sts\.windows\.net/([0-9a-f-]{36})")
_NOT_FOUND = 404
_OF_ENTRA = ("AADSTS", "invalid_client")
_FAILED = "Authentication failed:"
_CHECK_THE_WAY = "check the way to where one signs in: HTTPS_PROXY, REQUESTS_CA_BUNDLE, AZURE_AUTHORITY_HOST"
_REFUSED = 403
_NOT_KNOWN = 401
_TOO_MANY = 429
_BROKEN = 500


def answered(status: int, answer: Any) -> CallFailed:
    """Return what an answer with an error's `status` means; `answer` is its body, None where that is not JSON."""
    stated = answer.get("error") if isinstance(answer, Mapping) else None
    if not isinstance(stated, Mapping):
        return _without_reason(status)
    code = str(stated.get("code") or "")
    message = redacted(str(stated.get("message") or "").split("\n", 1)[0])[:300]
    named = _ACTION.search(message)
    permission = named[1] if named else ""
    if code == _DENY:
        return CallFailed("denied", "a deny assignment forbids it", code, permission, explicit=True)
    if code in _DENIED or status == _REFUSED:
        return CallFailed("denied", "the call is not allowed", code, permission)
    if code in _EXPIRED:
        return CallFailed("credentials", "the token has expired", code, expired=True)
    if code == "InvalidAuthenticationTokenTenant":
        return _of_another_tenant(str(stated.get("message") or ""), code)
    if status == _NOT_KNOWN:
        return CallFailed("credentials", f"the token is not accepted ({code})", code)
    if status == _TOO_MANY:
        return CallFailed("throttled", f"it was throttled on every try ({code or status})", code)
    said = f"it failed with {code or status}: {message}".rstrip(": .")
    meaning: Meaning = "down" if status >= _BROKEN else "other"
    return CallFailed(meaning, said, code, settle_with=_register(message) if code == _NOT_REGISTERED else "")


def _register(message: str) -> str:
    """Return what settles that a provider of resources is not registered in the subscription."""
    named = _NAMESPACE.search(message)
    return f"register {named[1] if named else 'the provider'} in the subscription, where it is to be used"


def _without_reason(status: int) -> CallFailed:
    """Return what a status alone tells: the body is not an error of Azure's."""
    if status == _TOO_MANY:
        return CallFailed("throttled", "it was throttled on every try")
    if status >= _BROKEN:
        return CallFailed("down", f"it failed with status {status}")
    return not_azure(f"it is status {status} without an error of Azure's")


def _of_another_tenant(message: str, code: str) -> CallFailed:
    named = _TENANT.findall(message)
    other = f" ({named[-1]})" if named else ""
    because = f"the token is of another tenant than the one that it belongs to{other}"
    return CallFailed("credentials", because, code, settle_with=f"name its tenant with --tenant{other}")


def not_azure(how: str) -> CallFailed:
    """Return the failure of an answer that Azure did not give."""
    return CallFailed("form", f"what the endpoint answers is not Azure's form: {how}")


def failure(error: Exception, endpoint: str, *, signed_in: bool) -> CallFailed:
    """Return what `error`, raised while azure-core made a call, means; `signed_in`: that there was a token before."""
    from azure.core import exceptions

    if isinstance(error, exceptions.ClientAuthenticationError):
        return _not_signed_in(error, signed_in)
    if isinstance(error, exceptions.ServiceResponseTimeoutError | exceptions.ServiceRequestTimeoutError):
        return CallFailed("down", f"{endpoint} does not answer in time")
    if isinstance(error, exceptions.ServiceRequestError | exceptions.ServiceResponseError):
        return CallFailed("down", f"{endpoint} cannot be reached")
    if isinstance(error, exceptions.HttpResponseError):
        return answered(error.status_code or _BROKEN, None)
    if isinstance(error, ValueError):
        return CallFailed("credentials", _sentence(error), "sign-in")
    return CallFailed("defect", f"it failed with {type(error).__name__}: {_sentence(error)}")


def _not_signed_in(error: Exception, signed_in: bool) -> CallFailed:
    from azure.identity import CredentialUnavailableError

    if signed_in:
        because = f"the sign-in does not hold any more: {_sentence(error)}"
        return CallFailed("credentials", because, expired=True)
    if isinstance(error, CredentialUnavailableError) or _nobody(error):
        return CallFailed("credentials", "no sign-in is found")
    because = _sentence(error)
    wanted = "" if any(each in str(error) for each in _OF_ENTRA) else _CHECK_THE_WAY
    return CallFailed("credentials", f"the sign-in failed: {because}", "sign-in", settle_with=wanted)


def _nobody(error: Exception) -> bool:
    """Whether every way to sign in that DefaultAzureCredential knows is not there, rather than refused or cut off."""
    said = str(error)
    tried = any(each in said for each in (*_OF_ENTRA, _FAILED))
    return "failed to retrieve a token" in said.partition("\n")[0] and not tried


def _sentence(error: Exception) -> str:
    """Return the one line of an error that says most: what Entra refused, if it did, or why nobody could ask it."""
    lines = [each.strip() for each in str(error).split("\n") if each.strip()] or [type(error).__name__]
    telling = [each for word in ("AADSTS", _FAILED) for each in lines if word in each]
    return redacted((telling or lines)[0])[:200].rstrip(".")


def unreachable(failed: CallFailed) -> UnreachableError:
    """Return the error that ends a scan which could not observe anything."""
    if failed.expired:
        return UnreachableError(f"Azure: {failed.because}; sign in again, with `az login` say")
    if failed.meaning == "credentials" and not failed.code:
        how = "sign in with `az login`, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET"
        return UnreachableError(f"Azure: {failed.because}; {how}")
    if failed.meaning == "credentials":
        return UnreachableError(f"Azure: {failed.because}; {failed.settle_with or 'sign in again'}")
    if failed.meaning == "down":
        return UnreachableError(f"Azure: {failed.because}; check the network, the proxy, and --endpoint")
    if failed.meaning == "denied":
        wanted = settle(failed, "Microsoft.Resources/subscriptions/read")
        return UnreachableError(f"Azure: the caller may not list subscriptions; {wanted}")
    return UnreachableError(f"Azure: {failed.because}; {settle(failed, '')}")
