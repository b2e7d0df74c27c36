"""Ingresses, as `ingress` assets: what enters the cluster by host name, and whether by TLS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.facts import Fact
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import Reading, View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    is_object,
    items,
    key_of,
    metadata,
    name_of,
    of_the_system,
    text,
    untold,
)

READS = ("networking.k8s.io/Ingress",)
KINDS = ("ingress",)

_TLS = "kubernetes.io/docs/concepts/services-networking/ingress/#tls"
_RULES = "kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource"
# A load balancer's controller takes its certificate from an annotation instead of spec.tls.
_CERTIFICATES = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/pre-shared-certs",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
)
# Set to false, each of these keeps plain HTTP beside TLS.
_REDIRECTS = (
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "ingress.kubernetes.io/ssl-redirect",
    "haproxy.org/ssl-redirect",
)


def _annotation(view: View, name: str) -> Reading:
    found = metadata(view.resource).get("annotations")
    value = found.get(name, ABSENT) if isinstance(found, dict) else found
    value = value if isinstance(value, Unresolved) or isinstance(found, dict) else ABSENT
    return Reading(value, view.resource, ("metadata", "annotations", name))


def _covers(certified: Any, host: str) -> bool:
    """Whether a certificate's host takes in `host`: itself, or a wildcard for one label."""
    if isinstance(certified, Unresolved):
        return False
    name = text(certified)
    return name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:])


def _redirect_off(view: View) -> Reading | None:
    """Return the annotation that keeps plain HTTP, or one that may; None for none."""
    unclear: Reading | None = None
    for name in _REDIRECTS:
        reading = _annotation(view, name)
        if as_bool(reading.value) is False:
            return reading
        if isinstance(reading.value, Unresolved):
            unclear = unclear or reading
    return unclear


def _tls_required(view: View) -> Any:
    plain = _redirect_off(view)
    if plain is not None and plain.known:
        return Known(False, plain.resource, plain.path)
    found = _by_certificate(view)
    # Without TLS there is nothing to redirect to: an annotation that is not known counts beside it only.
    return plain if plain is not None and isinstance(found, Known) and found.value else found


def _by_certificate(view: View) -> Any:
    for name in _CERTIFICATES:
        reading = _annotation(view, name)
        if isinstance(reading.value, str):
            return Known(True, reading.resource, reading.path)
    unclear = untold(view, "spec.tls")
    if unclear is not None:
        return unclear
    entries = list(items(view, "spec.tls"))
    if not entries:
        return _by_annotation(view)
    return _bare_host(view, entries) or Known(True, view.resource, ("spec", "tls"))


def _by_annotation(view: View) -> Any:
    """Return what is known of TLS where no certificate is named: Traefik's annotation, or one that is not known."""
    traefik = _annotation(view, "traefik.ingress.kubernetes.io/router.tls")
    if as_bool(traefik.value):
        return Known(True, traefik.resource, traefik.path)
    for name in ("traefik.ingress.kubernetes.io/router.tls", *_CERTIFICATES):
        reading = _annotation(view, name)
        if isinstance(reading.value, Unresolved):
            return reading
    return ABSENT


def _bare_host(view: View, entries: list[View]) -> Any:
    """Return the host that no entry of spec.tls covers, as a setting or a reading that is not known; None for none."""
    certified: list[Any] = []
    unclear: Reading | None = None
    for each in entries:
        hosts = each.read("hosts")
        listed = hosts.value if isinstance(hosts.value, list) else [hosts.value] if hosts.value else []
        certified += listed or ["*"]
        if any(isinstance(host, Unresolved) for host in listed):
            unclear = unclear or hosts
    if "*" in certified:
        return None
    missing = untold(view, "spec.rules")
    for rule in items(view, "spec.rules"):
        host = rule.read("host")
        if isinstance(host.value, Unresolved):
            missing = missing or host
        elif host.absent or not any(_covers(each, text(host.value)) for each in certified):
            if unclear is None:
                return Known(False, host.resource, host.path if host.known else rule.base)
            missing = missing or unclear
    return _as_unknown(missing)


def _as_unknown(reading: Reading | None) -> Reading | None:
    if reading is None or isinstance(reading.value, Unresolved):
        return reading
    part = next(each for each in reading.value if isinstance(each, Unresolved))
    return Reading(part, reading.resource, reading.path)


def _wildcard_host(view: View) -> Any:
    unclear: Reading | None = untold(view, "spec.rules")
    for rule in items(view, "spec.rules"):
        host = rule.read("host")
        if isinstance(host.value, Unresolved):
            unclear = unclear or host
        elif host.absent or text(host.value).startswith("*"):
            return Known(True, host.resource, host.path if host.known else rule.base)
    backend = view.first("spec.defaultBackend", "spec.backend")
    if not backend.absent:
        return Known(True, backend.resource, backend.path)
    return unclear or ABSENT


def _redirects(view: View) -> Any:
    plain = _redirect_off(view)
    if plain is not None:
        return Known(False, plain.resource, plain.path) if plain.known else plain
    for name in _REDIRECTS:
        reading = _annotation(view, name)
        if as_bool(reading.value):
            return Known(True, reading.resource, reading.path)
    return ABSENT


def _class(view: View) -> Reading:
    reading = view.read("spec.ingressClassName")
    return _annotation(view, "kubernetes.io/ingress.class") if reading.absent else reading


FACTS = {
    "tls.required": Fact(kubernetes=_tls_required, default=Documented(False, _TLS)),
    "wildcard_host": Fact(kubernetes=_wildcard_host, default=Documented(False, _RULES)),
    "redirect_to_https": Fact(kubernetes=_redirects),
    "class": Fact(kubernetes=_class, default=Documented("", _RULES)),
    "tags": LABELS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `ingress` that the object declares."""
    if is_object(view.resource) and not of_the_system(view.resource):
        yield asset("ingress", view, FACTS, key_of(view.resource), name_of(view.resource))
