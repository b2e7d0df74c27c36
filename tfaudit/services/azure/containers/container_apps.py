"""Azure Container Apps: apps as `web_app` assets, the environments that they run in as `managed_service`.

Whether the world reaches an app, and where its logs go, is said by the app and its environment together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfaudit.model.asset import Asset
from tfaudit.model.resources import Unresolved
from tfaudit.model.settings import Known, NotApplicable, Unknown
from tfaudit.reading import states
from tfaudit.reading.answers import Said
from tfaudit.reading.asset import asset
from tfaudit.reading.documented import ByPlane, Cited, Documented, Inapplicable
from tfaudit.reading.fact import Fact, Facts, always, inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent, Pointer
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.redaction import REDACTED, secret_name
from tfaudit.services.azure.choices import lower, negated, switched
from tfaudit.services.azure.containers.app_ingress import ASKED, INGRESS, LET_IN, NO_TRAFFIC
from tfaudit.services.azure.elements import elements
from tfaudit.services.azure.keys.keys import RESOURCE, named
from tfaudit.services.azure.network import published
from tfaudit.services.azure.network.private_endpoints import has_private_endpoint
from tfaudit.services.azure.platform.common import SELDOM, has_identity
from tfaudit.services.azure.tags import TAGGED, TAGS
from tfaudit.services.azure.web.site_config import any_origin
from tfaudit.services.credentials import IN_A_PLAN, is_literal

READS = (
    "azurerm_container_app",
    "azurerm_container_app_environment",
    "microsoft.app/containerapps",
    "microsoft.app/managedenvironments",
)
KINDS = ("web_app", "managed_service")
NAMES = ("name",)
COMPANIONS = {"microsoft.app/containerapps/authconfigs": "parent"}
ARM_TYPES = (
    "Microsoft.App/containerApps",
    "Microsoft.App/managedEnvironments",
    "Microsoft.App/containerApps/authConfigs",
)

ARM_TYPE = "microsoft.app/containerapps"
ENVIRONMENT_TYPE = "microsoft.app/managedenvironments"
_ENVIRONMENTS = ("azurerm_container_app_environment", ENVIRONMENT_TYPE)
_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/container_app"
_ENVIRONMENT_PAGE = "hashicorp/azurerm/4.50.0/docs/resources/container_app_environment"
_INGRESS = "learn.microsoft.com/azure/container-apps/ingress-overview"
_IDENTITY = "learn.microsoft.com/azure/container-apps/managed-identity"
_SIGN_IN = "learn.microsoft.com/azure/container-apps/authentication"
_LOGS = "learn.microsoft.com/azure/container-apps/log-options"
_NETWORK = "learn.microsoft.com/azure/container-apps/networking"
_AUTH = "microsoft.app/containerapps/authconfigs/properties"

TABLE: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of an app, then its path in Terraform and in ARM
    "environment": azure(
        "container_app_environment_id", ("properties.managedEnvironmentId", "properties.environmentId")
    ),
    "plain": azure("ingress.allow_insecure_connections", "properties.configuration.ingress.allowInsecure"),
    "external": azure("ingress.external_enabled", "properties.configuration.ingress.external"),
    "origins": azure(
        "ingress.cors.allowed_origins", "properties.configuration.ingress.corsPolicy.allowedOrigins"
    ),
    **INGRESS,
    "identity": azure("identity.type", "identity.type"),
    "sign_in": azure(None, f"{_AUTH}.platform.enabled"),
    "unauthenticated": azure(None, f"{_AUTH}.globalValidation.unauthenticatedClientAction"),
    "secrets": azure(
        "secret",
        "properties.configuration.secrets",
        rows={"name": azure("name", "name"), "value": azure("value", "value")},
    ),
    "containers": azure(
        "template.container",
        "properties.template.containers",
        rows={
            "variables": azure(
                "env", "env", rows={"name": azure("name", "name"), "value": azure("value", "value")}
            )
        },
    ),
}
ENVIRONMENT: Spelling = {
    **RESOURCE,
    **TAGGED,
    # word of an environment, then its path in Terraform and in ARM
    "inside": azure("internal_load_balancer_enabled", "properties.vnetConfiguration.internal"),
    "endpoint": azure("public_network_access", "properties.publicNetworkAccess"),
    "destination": azure("logs_destination", "properties.appLogsConfiguration.destination"),
    "workspace": azure("log_analytics_workspace_id", NOTHING),
}
IDENTITY = tuple(RESOURCE)


def _only_https(ingress: Any, plain: Any, transport: Any) -> Any:
    if ingress is None:
        return Inapplicable(NO_TRAFFIC)
    if lower(transport) == "tcp":
        return Inapplicable("its ingress forwards TCP: what runs in it speaks TLS or not")
    return Said(negated(plain), by="plain")


def _environment(view: View) -> View | None:
    found = view.leads_to("environment", *_ENVIRONMENTS)
    return next((each.spelled(ENVIRONMENT) for each in found), None)


def _not_here(view: View) -> Unknown:
    where = view.word("environment")
    if isinstance(where, Unknown):
        return where
    because = "its environment is not declared here"
    return Unknown(because, "scan the root that declares it", where.resource, where.path)


def _reached(view: View) -> states.Reading | NotApplicable:
    """Return whether the world reaches an app: it is open to the outside, and so is its environment."""
    if isinstance(view.word("ingress"), Absent):
        return NotApplicable(NO_TRAFFIC, view.resource, view.base)
    external = view.word("external")
    if not isinstance(external, Known) or as_bool(external.value) is not True:
        return external
    named = LET_IN.read(view, "bool")
    if isinstance(named, Known) and named.value is False:
        return named
    environment = _environment(view)
    if environment is None:
        return _not_here(view)
    open_ = ENVIRONMENT_FACTS["network.public"].read(environment, "bool")
    if isinstance(open_, Unknown):
        return open_
    if getattr(open_, "value", True) is False:
        return Known(False, open_.resource, open_.path)
    return named if isinstance(named, Unknown) else Known(True, external.resource, external.path)


def _logged(view: View) -> states.Reading:
    """Return whether the environment of an app sends the logs of its apps anywhere."""
    environment = _environment(view)
    return _not_here(view) if environment is None else _sent(environment)


def _sent(environment: View) -> states.Reading:
    destination, workspace = environment.word("destination"), environment.word("workspace")
    match destination, workspace:
        case (Known(value=value), _):
            kept = lower(value) not in ("none", "")
            return Known(kept, destination.resource, destination.path)
        case (Unknown(), _):
            return destination
        case (_, Known() | Pointer()):
            return Known(True, workspace.resource, workspace.path)
        case (_, Unknown()):
            return workspace
        case _:
            return Absent(environment.resource, environment.base)


def _signs_in(sign_in: Any, unauthenticated: Any) -> Any:
    if switched(sign_in) is not True:
        return switched(sign_in)
    return lower(unauthenticated) != "allowanonymous"


def _written_down(view: View) -> Any:
    """Return whether a secret of the app stands in the code, among its secrets or the variables of its containers."""
    if view.resource.plane == "live":
        return NotApplicable("no answer holds it: the code is judged", view.resource, view.base)
    unsure: Unknown | None = None
    secrets = [(each, True) for each in elements(view, "secrets")]
    variables = [
        (each, False) for inner in elements(view, "containers") for each in elements(inner, "variables")
    ]
    for each, secret in (*secrets, *variables):
        name, value = each.word("name"), each.word("value")
        match value:
            case Known(value=str(text)) if is_literal(text) and (
                secret or REDACTED in text or (isinstance(name, Known) and secret_name(str(name.value)))
            ):
                told: Any = IN_A_PLAN if view.resource.plane == "plan" else True
                return Known(told, value.resource, value.path)
            case Unknown() if value.literal:
                return value
            case Unknown():
                unsure = unsure or value
            case _:
                pass
    return Absent(view.resource, view.base) if unsure is None else Known(False, unsure.resource, unsure.path)


_NO_FILES = inapplicable("a new image is how it is published")
_PUBLIC = Fact(
    joins=_reached,
    of=("ingress", "external", "environment", "ip_rules"),
    default=Documented(False, _INGRESS),
)
APP: Facts = {
    "tls.min_version": always("1.2", _NETWORK),
    "https_only": Fact(
        _only_https, of=("ingress", "plain", "transport"), default=Documented(True, Cited(_PAGE, _INGRESS))
    ),
    "plain_ftp": _NO_FILES,
    "basic_publishing": _NO_FILES,
    "publishing.tls_min_version": _NO_FILES,
    "health_check": inapplicable("the probes of its containers are judged"),
    "remote_debugging": inapplicable("Container Apps has no remote debugging"),
    "cors.any_origin": Fact(any_origin, of=("origins",), default=Documented(False, _INGRESS)),
    "runtime": inapplicable("it runs a container, which has its own"),
    "managed_identity": Fact(has_identity, of=("identity",), default=Documented(False, _IDENTITY)),
    "authentication": Fact(
        _signs_in,
        of=("sign_in", "unauthenticated"),
        default=ByPlane(
            terraform=Unresolved("azurerm has no word for it", "scan the live subscription"),
            arm=Documented(False, _SIGN_IN),
        ),
    ),
    **ASKED,
    "network.public": _PUBLIC,
    **published.app_facts(_PUBLIC),
    "inline_secrets": Fact(
        joins=_written_down,
        of=("secrets", "containers"),
        default=Documented(False, "no secret of the app is written here"),
    ),
    "logs.enabled": Fact(joins=_logged, of=("environment",), default=Documented(False, _LOGS)),
    "tags": TAGS,
}


def _open(inside: Any, endpoint: Any) -> Any:
    """Return whether everybody's network reaches what runs in an environment."""
    if switched(inside) is True:
        return Said(False, by="inside")
    if endpoint is not None:
        return Said(switched(endpoint), by="endpoint")
    return None if inside is None else Said(True, by="inside")


ENVIRONMENT_FACTS: Facts = {
    **SELDOM,
    "logs.enabled": Fact(joins=_sent, of=("destination", "workspace"), default=Documented(False, _LOGS)),
    "encryption.customer_managed_key": inapplicable("an environment keeps no data of its own"),
    "network.public": Fact(
        _open, of=("inside", "endpoint"), default=Documented(True, Cited(_ENVIRONMENT_PAGE, _NETWORK))
    ),
    "network.private_endpoint": has_private_endpoint(ENVIRONMENT_TYPE),
    "shared_key_access": inapplicable("an environment has no keys: its apps say who gets in"),
    "managed_identity": inapplicable("its apps have identities of their own"),
    "tags": TAGS,
}


def assets(view: View) -> Iterator[Asset]:
    """Yield the `web_app` that an app is, or the `managed_service` that an environment is."""
    if view.resource.type in _ENVIRONMENTS:
        own = view.spelled(ENVIRONMENT)
        yield asset("managed_service", own, ENVIRONMENT_FACTS, named(own, ENVIRONMENT_TYPE))
    else:
        yield asset("web_app", view, APP, named(view, ARM_TYPE))
