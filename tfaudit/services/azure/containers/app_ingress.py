"""Who gets in by the ingress of an Azure Container App: the addresses that it takes, its certificates, its protocol."""

from __future__ import annotations

from typing import Any

from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, inapplicable
from tfaudit.reading.parts import among, some
from tfaudit.reading.spelling import Spelling, azure
from tfaudit.reading.values import as_list
from tfaudit.services.azure.choices import lower
from tfaudit.services.open_ports import holds, is_world

ARM_TYPES = ("Microsoft.App/containerApps",)

NO_TRAFFIC = "it takes no requests: it has no ingress"
_INGRESS = "properties.configuration.ingress"
_CERTIFICATES = "learn.microsoft.com/azure/container-apps/client-certificate-authorization"
_RESTRICTIONS = "learn.microsoft.com/azure/container-apps/ip-restrictions"
_TRANSPORT = "learn.microsoft.com/azure/container-apps/ingress-overview"

INGRESS: Spelling = {
    # word, then its path in Terraform and in ARM
    "ingress": azure("ingress", _INGRESS),
    "transport": azure("ingress.transport", f"{_INGRESS}.transport"),
    "certificates": azure("ingress.client_certificate_mode", f"{_INGRESS}.clientCertificateMode"),
    "ip_rules": azure(
        "ingress.ip_security_restriction",
        f"{_INGRESS}.ipSecurityRestrictions",
        rows={"source": azure("ip_address_range", "ipAddressRange"), "action": azure("action", "action")},
    ),
}
_NO_RULES = Inapplicable("it has no rules that name who is let in")


def _required(ingress: Any, certificates: Any) -> Any:
    if ingress is None:
        return Inapplicable(NO_TRAFFIC)
    return None if certificates is None else Said(lower(certificates) == "require", by="certificates")


def _http2(ingress: Any, transport: Any) -> Any:
    """Return whether it speaks HTTP/2: it does by itself, unless one of the others is chosen."""
    if ingress is None:
        return Inapplicable(NO_TRAFFIC)
    if transport is None:
        return None
    if lower(transport) == "tcp":
        return Inapplicable("its ingress forwards TCP")
    return Said(lower(transport) != "http", by="transport")


def _let_in(ip_rules: Any) -> Any:
    """Return whether rules let in everybody although they name some; all rules of an app have the same action."""
    rules = as_list(ip_rules) or []
    if not some(
        rules, lambda each: lower(each.get("action")) == "allow" and not is_world(str(each["source"]))
    ):
        return _NO_RULES
    return all_let_in(ip_rules)


def all_let_in(ip_rules: Any) -> Any:
    """Return whether the rules let everybody in: none allows some or denies all, or one allows every address."""
    rules = as_list(ip_rules) or []
    allowing = [(at, each) for at, each in enumerate(rules) if lower(each.get("action")) == "allow"]
    if not allowing:
        every = among(
            list(enumerate(rules)), lambda _, one: one[0] if holds((str(one[1]["source"]),), "*") else None
        )
        return None if every is None else Said(False, by="ip_rules", row=every)
    found = among(list(allowing), lambda _, one: one[0] if is_world(str(one[1]["source"])) else None)
    return Said(False, by="ip_rules") if found is None else Said(True, by="ip_rules", row=found)


LET_IN = Fact(all_let_in, of=("ip_rules",), default=Documented(True, _RESTRICTIONS))
ASKED: Facts = {
    "client_certificates.required": Fact(
        _required, of=("ingress", "certificates"), default=Documented(False, _CERTIFICATES)
    ),
    "client_certificates.paths_left_out": inapplicable("its ingress leaves out no path"),
    "http2": Fact(_http2, of=("ingress", "transport"), default=Documented(True, _TRANSPORT)),
    "network.publishing_public": inapplicable("a new image is how it is published"),
    "network.rules_let_in_all": Fact(_let_in, of=("ip_rules",), default=_NO_RULES),
    "network.all_outbound_routed": inapplicable("what it sends takes the network of its environment"),
}
