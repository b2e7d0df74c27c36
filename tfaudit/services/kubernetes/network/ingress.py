"""Ingresses, as `ingress` assets: what enters the cluster by host name, and whether by TLS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact, Facts
from tfaudit.reading.parts import among, every, first, some
from tfaudit.reading.spelling import Spelling, kubernetes
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.kubernetes.objects import (
    LABELS,
    TAGS,
    is_object,
    key_of,
    name_of,
    of_the_system,
    text,
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


_TRAEFIK = ("traefik.ingress.kubernetes.io/router.tls",)
_SNIPPET = "-snippet"
_SNIPPETS = (
    "kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#configuration-snippet"
)

TABLE: Spelling = {
    "labels": LABELS,
    "annotations": kubernetes("metadata.annotations"),
    "tls": kubernetes("spec.tls", rows={"hosts": kubernetes("hosts")}),
    "rules": kubernetes("spec.rules", rows={"host": kubernetes("host")}),
    "backend": kubernetes(("spec.defaultBackend", "spec.backend")),
}


def _annotated(annotations: Any, names: tuple[str, ...], test: Callable[[Any], bool]) -> str | None:
    """Return the first of the annotations `names` whose value passes `test`."""
    if not isinstance(annotations, dict):
        return None

    def passes(_: int, name: str) -> str | None:
        value = annotations.get(name)
        return name if value is not None and test(value) else None

    return among(names, passes)


def _said(value: bool, annotation: str | None) -> Said | None:
    return None if annotation is None else Said(value, by="annotations", row=annotation)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_on(value: Any) -> bool:
    return as_bool(value) is True


def _is_off(value: Any) -> bool:
    return as_bool(value) is False


def _plain_http(annotations: Any) -> Said | None:
    """Return the annotation that keeps plain HTTP beside TLS."""
    return _said(False, _annotated(annotations, _REDIRECTS, _is_off))


def _tls_required(annotations: Any, tls: Any, rules: Any) -> Any:
    def certified() -> Said | None:
        return first(
            lambda: _said(True, _annotated(annotations, _CERTIFICATES, _is_text)),
            lambda: Said(True, by="tls") if tls and not _bare_host(tls, rules) else None,
            lambda: None if tls else _said(True, _annotated(annotations, _TRAEFIK, _is_on)),
        )

    def without() -> Said | None:
        # Without TLS there is nothing to redirect to: an annotation that is not known counts beside it only.
        return None if certified() else (_bare_host(tls, rules) if tls else None) or Said(None, by="")

    return first(lambda: _plain_http(annotations), without) or certified()


def _bare_host(tls: Any, rules: Any) -> Said | None:
    """Return the host that no entry of spec.tls covers."""
    named: list[Any] = []
    for each in tls:
        hosts = each.get("hosts")
        named += (hosts if isinstance(hosts, list) else [hosts] if hosts else []) or ["*"]

    def bare(index: int, rule: Any) -> Said | None:
        host = rule.get("host")
        if host is None:
            return Said(False, by="rules", row=index)
        covered = some(named, lambda each: _covers(text(each), text(host)))
        return None if covered else Said(False, by="rules", row=(index, "host"))

    there_is_one = every(
        lambda: among(rules, bare) is not None, lambda: not some(named, lambda each: each == "*")
    )
    return among(rules, bare) if there_is_one else None


def _covers(certified: str, host: str) -> bool:
    """Whether a certificate's host takes in `host`: itself, or a wildcard for one label."""
    return certified == host or (certified.startswith("*.") and host.partition(".")[2] == certified[2:])


def _wildcard_host(rules: Any, backend: Any) -> Any:
    def wild(index: int, rule: Any) -> Said | None:
        host = rule.get("host")
        if host is None:
            return Said(True, by="rules", row=index)
        return Said(True, by="rules", row=(index, "host")) if text(host).startswith("*") else None

    def caught() -> Said | None:
        return Said(True, by="backend") if backend is not None else None

    return first(lambda: among(rules, wild), caught)


def _snippets(annotations: Any) -> Said | None:
    """Return the annotation that puts text of its own into the controller's configuration."""
    if not isinstance(annotations, dict):
        return None

    def is_snippet(_: int, name: str) -> str | None:
        return name if name.endswith(_SNIPPET) and annotations.get(name) is not None else None

    return _said(True, among(list(annotations), is_snippet))


FACTS: Facts = {
    "tls.required": Fact(_tls_required, of=("annotations", "tls", "rules"), default=Documented(False, _TLS)),
    "wildcard_host": Fact(_wildcard_host, of=("rules", "backend"), default=Documented(False, _RULES)),
    "snippets": Fact(_snippets, of=("annotations",), default=Documented(False, _SNIPPETS)),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the one `ingress` that the object declares."""
    if is_object(view.resource) and not of_the_system(view.resource):
        yield asset("ingress", view, FACTS, key_of(view.resource), name_of(view.resource))
