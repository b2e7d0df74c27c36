"""What an AWS call's failure means: refused, nobody to ask, or passing; in a sentence without secrets."""

from __future__ import annotations

import re

from tfaudit.errors import UnreachableError
from tfaudit.redaction import redacted
from tfaudit.sources.live import failures
from tfaudit.sources.live.failures import CallFailed

_DENIED = re.compile(
    r"AccessDenied|UnauthorizedOperation|AuthorizationError|NotAuthorized|UnauthorizedAccess|Forbidden"
    r"|AllAccessDisabled|^403$"
)
# An invalid signature and a disabled region answer alike; the caller knows whether the keys worked before.
_CREDENTIALS = frozenset(
    {
        "AuthFailure",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSecurity",
        "InvalidToken",
        "MissingAuthenticationToken",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"})
_REGION = frozenset({"OptInRequired", "SubscriptionRequiredException", "RegionDisabledException"})
_THROTTLED = re.compile(
    r"Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit|LimitExceededException"
)
_PERFORM = re.compile(r"perform:? ([\w-]+:\w+)")


# How a region that is not enabled answers to keys that are valid elsewhere.
NOT_ENABLED = frozenset({"AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException"})


def failure(error: Exception, endpoint: str = "") -> CallFailed:
    """Return what `error`, raised while botocore made a call, means."""
    from botocore import exceptions
    from botocore.parsers import ResponseParserError

    if isinstance(error, CallFailed):
        return error
    if isinstance(error, exceptions.ClientError):
        return _answered(error)
    where = endpoint or "the endpoint"
    if isinstance(error, (exceptions.HTTPClientError, exceptions.ConnectionError)):
        how = "does not answer in time" if "Timeout" in type(error).__name__ else "cannot be reached"
        return CallFailed("down", f"{where} {how}")
    if isinstance(error, ResponseParserError):
        return not_aws(where, "it cannot be parsed")
    if isinstance(error, ValueError) and str(error).startswith("Invalid endpoint"):
        return CallFailed("down", f"{_sentence(error)[18:]!r} is not the address of an endpoint")
    return _without_credentials(error) or _not_sent(error)


def _without_credentials(error: Exception) -> CallFailed | None:
    from botocore import exceptions

    nobody = (
        exceptions.PartialCredentialsError,
        exceptions.CredentialRetrievalError,
        exceptions.TokenRetrievalError,
        exceptions.SSOError,
    )
    if isinstance(error, exceptions.NoCredentialsError):
        return CallFailed("credentials", "no credentials are found")
    return CallFailed("credentials", _sentence(error)) if isinstance(error, nobody) else None


def _not_sent(error: Exception) -> CallFailed:
    from botocore import exceptions

    of_ours = (exceptions.ParamValidationError, exceptions.OperationNotPageableError)
    if isinstance(error, exceptions.BotoCoreError) and not isinstance(error, of_ours):
        return CallFailed("other", f"it failed: {_sentence(error)}")
    return CallFailed("defect", f"it failed with {type(error).__name__}: {_sentence(error)}")


def not_aws(where: str, how: str) -> CallFailed:
    """Return the failure of an answer from `where` that AWS did not give."""
    return CallFailed("form", f"what {where} answers is not AWS's form: {how}")


def _answered(error: Exception) -> CallFailed:
    answer = getattr(error, "response", {})
    code = str(answer.get("Error", {}).get("Code", ""))
    message = redacted(str(answer.get("Error", {}).get("Message") or ""))[:300]
    if code in _EXPIRED:
        return CallFailed("credentials", "the credentials have expired", code, expired=True)
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if _DENIED.search(code or str(status)):
        named = _PERFORM.search(message)
        return CallFailed(
            "denied", "the call is not allowed", code, named[1] if named else "", "explicit deny" in message
        )
    if code in _CREDENTIALS:
        return CallFailed("credentials", f"the credentials are not valid ({code})", code)
    if code in _REGION:
        return CallFailed("region", "the service is not enabled here", code)
    if _THROTTLED.search(code):
        return CallFailed("throttled", f"it was throttled on every try ({code})", code)
    return CallFailed(
        "down" if status >= 500 else "other", f"it failed with {code or status}: {message}".rstrip(": "), code
    )


def _sentence(error: Exception) -> str:
    return redacted(str(error).split("\n", 1)[0])[:200]


def unreachable(failed: CallFailed) -> UnreachableError:
    """Return the error that ends a scan which could not observe anything."""
    if failed.expired:
        return UnreachableError("AWS: the credentials have expired; log in again")
    if failed.meaning == "credentials" and not failed.code:
        return UnreachableError(
            f"AWS: {failed.because[:1].lower()}{failed.because[1:]}; name a profile with --aws-profile, or log in"
        )
    if failed.meaning == "credentials":
        return UnreachableError(
            f"AWS: {failed.because}; log in again, or name another profile with --aws-profile"
        )
    if failed.meaning == "down":
        return UnreachableError(f"AWS: {failed.because}; check the network, the proxy, and AWS_ENDPOINT_URL")
    if failed.meaning == "denied":
        return UnreachableError(f"AWS: it is not known who calls; {settle(failed, 'sts:GetCallerIdentity')}")
    return UnreachableError(f"AWS: sts.get_caller_identity: {failed.because}; {settle(failed, '')}")


def settle(failed: CallFailed, permission: str) -> str:
    """Return what would make a failed call work."""
    if not failed.settle_with and (failed.meaning == "region" or failed.code in NOT_ENABLED):
        return "enable it, or name other regions with --region"
    return failures.settle(failed, permission)
