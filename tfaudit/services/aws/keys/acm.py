"""Certificates of AWS Certificate Manager, as `certificate` assets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfaudit.model.asset import Asset
from tfaudit.model.calls import Detail, Listing
from tfaudit.reading.answers import CannotTell, Said, unreadable
from tfaudit.reading.asset import asset, key
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Known, Pointer, Reading, Unknown
from tfaudit.services.aws.tags import TAGS
from tfaudit.services.certificates import days_until
from tfaudit.services.key_strength import of_algorithm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfaudit.reading.view import View

READS = ("aws_acm_certificate", "AWS::CertificateManager::Certificate", "acm.list_certificates")
KINDS = ("certificate",)
_ALGORITHMS = (
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
)
CALLS = (
    Listing(
        "acm",
        "list_certificates",
        "CertificateSummaryList",
        "CertificateArn",
        name="DomainName",
        # Unless it is asked for all, it lists those of RSA with up to 2,048 bits.
        parameters={"Includes": {"keyTypes": list(_ALGORITHMS)}},
        details=(
            Detail(
                "describe_certificate",
                {"CertificateArn": "CertificateArn"},
                items="Certificate",
                sent=("Type",),
            ),
            Detail("list_tags_for_certificate", {"CertificateArn": "CertificateArn"}),
        ),
    ),
)

_REQUEST = "docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html"
_PAGES = "docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"
_TEMPLATE = f"{_PAGES}/aws-resource-certificatemanager-certificate.html"
_RENEWAL = "docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html"
_ANSWER = "describe_certificate"

TABLE: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "arn": aws(NOTHING, NOTHING, "CertificateArn"),
    "domain": aws("domain_name", "DomainName"),
    "imported": aws("certificate_body", NOTHING, NOTHING),
    "type": aws(NOTHING, NOTHING, f"{_ANSWER}/Type"),
    "method": aws("validation_method", NOTHING, NOTHING),
    "method_of_template": aws(NOTHING, "ValidationMethod", NOTHING),
    "methods": aws(
        NOTHING,
        NOTHING,
        f"{_ANSWER}/DomainValidationOptions",
        rows={"method": aws(NOTHING, NOTHING, "ValidationMethod")},
    ),
    "authority": aws("certificate_authority_arn", "CertificateAuthorityArn", NOTHING),
    "algorithm": aws("key_algorithm", "KeyAlgorithm", f"{_ANSWER}/KeyAlgorithm"),
    "ends": aws(NOTHING, NOTHING, f"{_ANSWER}/NotAfter"),
    "tags": aws("tags", "Tags", "list_tags_for_certificate/Tags"),
}
IDENTITY = ("arn",)


def _declared(imported: Any, authority: Any, method: Any) -> Said | None:
    """Return whether what Terraform declares is renewed by ACM: what it issued by itself, once DNS shows the owner."""
    if imported is not None:
        return Said(False, by="imported")
    if authority is not None:
        return Said(True, by="authority")
    return None if method is None else Said(method == "DNS", by="method")


def _renewed(  # noqa: PLR0913 - each plane has words of its own
    imported: Any, authority: Any, method: Any, method_of_template: Any, type_: Any, methods: Any
) -> Any:
    """Return whether ACM renews it without anybody's doing: the page `_RENEWAL`."""
    if type_ is not None:
        if type_ != "AMAZON_ISSUED":
            return Said(type_ == "PRIVATE", by="type")
        by_mail = any(each.get("method") == "EMAIL" for each in methods or ())
        return Said(not by_mail, by="methods" if methods else "type")
    if method_of_template is not None:
        return Said(method_of_template == "DNS", by="method_of_template")
    return _declared(imported, authority, method)


def _strength(algorithm: Any, imported: Any) -> Any:
    if algorithm is not None:
        return Said(of_algorithm(str(algorithm)) or unreadable(algorithm), by="algorithm")
    if imported is not None:
        because = "the key of an imported certificate stands in the certificate alone"
        return Said(CannotTell(because, "scan the live account"), by="imported")
    return None


def _days_left(view: View) -> Any:
    ends = view.word("ends")
    match ends:
        case Known():
            return days_until(ends)
        case Unknown() | Pointer():
            return ends
        case Absent():
            return _of_code(view)


def _of_code(view: View) -> Reading | Inapplicable | CannotTell:
    if not isinstance(view.word("type"), Absent):  # one that is not issued yet has no end
        return Inapplicable("it is not issued: it has no end yet")
    imported = view.word("imported")
    if isinstance(imported, Absent):
        return Inapplicable("it is issued later: the account tells when it ends")
    return CannotTell("when it ends stands in the certificate alone", "scan the live account")


_BY_MAIL = Documented(False, f"{_TEMPLATE}: it is validated by e-mail")
FACTS: Facts = {
    "auto_renew": Fact(
        _renewed,
        of=("imported", "authority", "method", "method_of_template", "type", "methods"),
        default=_BY_MAIL,
    ),
    "days_left": Fact(joins=_days_left, of=("ends", "type", "imported")),
    "validity_months": inapplicable("how long it still lasts is judged"),
    "key_strength_bits": Fact(
        _strength, of=("algorithm", "imported"), default=Documented(112, f"{_REQUEST}: RSA_2048")
    ),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `certificate` that the resource declares or reports."""
    domain = view.word("domain")
    name = str(domain.value) if isinstance(domain, Known) else ""
    yield asset("certificate", view, FACTS, key(view, "aws:acm:certificate/{}", "arn"), name)
