"""User-assigned managed identities, as `identity` assets, and who may take one on by federation.

Such an identity has no secret. A federated credential lets a token of another issuer stand for it: whoever gets a token
with the subject that it names, a workflow or a pod, acts as the identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading import states
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.states import SETTLE, Absent
from tfaudit.reading.view import Some, View
from tfaudit.services.azure.keys.keys import RESOURCE, named, raw
from tfaudit.services.azure.tags import TAGGED, TAGS

READS = ("azurerm_user_assigned_identity", "microsoft.managedidentity/userassignedidentities")
KINDS = ("identity",)
NAMES = ("name",)
COMPANIONS = {
    "azurerm_federated_identity_credential": "parent_id",
    "microsoft.managedidentity/userassignedidentities/federatedidentitycredentials": "parent",
}
ARM_TYPES = (
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
)

_PAGE = "learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview"
_FEDERATION = "learn.microsoft.com/entra/workload-id/workload-identity-federation"
_CREDENTIALS = tuple(COMPANIONS)

TABLE: Spelling = {**RESOURCE, **TAGGED}
CREDENTIAL: Spelling = {
    # word of a federated credential, then its path in Terraform and in ARM
    "subject": azure("subject", "properties.subject"),
}
IDENTITY = tuple(RESOURCE)


def _subject(credential: View) -> Any:
    """Return the subject of a credential, as it stands; one that another resource will state is not known."""
    value = raw(credential, "subject")
    if isinstance(value, Reference):
        return Unresolved(f"it is taken from {value}", SETTLE)
    return value


def _subjects(view: View) -> states.Reading:
    """Return the subjects whose tokens stand for the identity."""
    found = view.companions(*_CREDENTIALS)
    credentials = [each.spelled(CREDENTIAL) for each in found.views]
    subjects = [_subject(each) for each in credentials if not isinstance(each.word("subject"), Absent)]
    if isinstance(found, Some):
        subjects.append(Unresolved(found.more.because, found.more.settle_with))
    if not credentials:
        return Known(subjects, view.resource, ()) if subjects else Absent(view.resource, view.base)
    first = credentials[0]
    return Known(subjects, first.resource, first.word("subject").path)


def _federated(view: View) -> states.Reading:
    found = view.companions(*_CREDENTIALS)
    for each in found.views:
        return Known(True, each.resource, ())
    return found.more if isinstance(found, Some) else Absent(view.resource, view.base)


_NO_SECRET = "a managed identity has no secret that anybody holds"
MANAGED: Facts = {
    "federated": Fact(
        joins=_federated, of=IDENTITY, default=Documented(False, _FEDERATION), beside=_CREDENTIALS
    ),
    "federation.subjects": Fact(
        joins=_subjects, of=IDENTITY, default=Documented([], _FEDERATION), beside=_CREDENTIALS
    ),
    "access_keys": always(0, _PAGE),
    "access_key_age_days": inapplicable(_NO_SECRET),
    "expired_credentials": inapplicable(_NO_SECRET),
    "last_used_days": inapplicable("it is no person's account: what it runs for is there, or it is not"),
    "is_root": always(False, _PAGE),
    "console_access": always(False, _PAGE),
    "mfa": inapplicable("a managed identity signs in without a person"),
    "guest": always(False, _PAGE),
    "privileged": inapplicable("its role assignments are judged"),
    "admin": inapplicable("its role assignments are judged"),
    "direct_policies": inapplicable("its role assignments are judged"),
    "token_mounted": inapplicable("no pod has it as its own"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `identity` that the resource declares."""
    yield asset("identity", view, MANAGED, named(view, "microsoft.managedidentity/userassignedidentities"))
