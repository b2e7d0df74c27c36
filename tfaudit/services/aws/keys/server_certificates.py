"""Server certificates that were uploaded to IAM, as `certificate` assets: IAM keeps them, and never renews one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.answers import CannotTell, Said
from tfaudit.reading.asset import asset, key
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Known, Pointer, Unknown
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.certificates import days_until, key_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_iam_server_certificate", "AWS::IAM::ServerCertificate", "iam.list_server_certificates")
KINDS = ("certificate",)
_NAMED = {"ServerCertificateName": "ServerCertificateName"}
CALLS = (
    Listing(
        "iam",
        "list_server_certificates",
        "ServerCertificateMetadataList",
        "Arn",
        name="ServerCertificateName",
        details=(
            Detail("get_server_certificate", _NAMED, items="ServerCertificate", sent=("CertificateBody",)),
        ),
        per_region=False,
    ),
)

_UPLOADED = "docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs.html"
_ANSWER = "get_server_certificate"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "name": aws("name", "ServerCertificateName"),
    "ends": aws(NOTHING, NOTHING, "Expiration"),
    "body": aws("certificate_body", "CertificateBody", f"{_ANSWER}/CertificateBody"),
    "tags": aws("tags", "Tags", f"{_ANSWER}/Tags"),
}
IDENTITY = ("name",)


def _days_left(view: View) -> Any:
    ends = view.word("ends")
    match ends:
        case Known():
            return days_until(ends)
        case Unknown() | Pointer():
            return ends
        case Absent():
            return CannotTell("when it ends stands in the certificate alone", "scan the live account")


def _strength(body: Any) -> Any:
    return None if body is None else Said(key_of_text(str(body)), by="body")


FACTS: Facts = {
    "auto_renew": always(False, f"{_UPLOADED}: who uploaded it renews it"),
    "days_left": Fact(joins=_days_left, of=("ends",)),
    "validity_months": inapplicable("how long it still lasts is judged"),
    "key_strength_bits": Fact(_strength, of=("body",)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `certificate` that the resource declares or reports."""
    yield asset("certificate", view, FACTS, key(view, "aws:iam:server-certificate/{}", "name"))
