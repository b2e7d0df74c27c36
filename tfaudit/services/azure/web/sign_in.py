"""Whether the platform asks every caller of an app to sign in: by its settings of version 2, or by the older ones.

A template has them in `Microsoft.Web/sites/config` of the name `authsettingsV2` or `authsettings`, azurerm in the app.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.answers import Said
from tfaudit.reading.documented import Documented
from tfaudit.reading.fact import Fact
from tfaudit.reading.parts import some
from tfaudit.reading.spelling import NOTHING, Spelling, azure
from tfaudit.reading.states import Absent
from tfaudit.reading.values import as_list
from tfaudit.reading.view import View
from tfaudit.services.azure.choices import lower, switched
from tfaudit.services.azure.databases.server_parameters import named_beside
from tfaudit.services.azure.web.site_config import CONFIG, CONFIGURED, beside

ARM_TYPES = ("Microsoft.Web/sites/config", "Microsoft.Web/sites/slots/config")

_PAGE = "learn.microsoft.com/azure/app-service/overview-authentication-authorization"
SIGN_IN: Spelling = {
    # word, then its path in Terraform; ARM has them beside the app
    "signs_in": azure("auth_settings_v2.auth_enabled", NOTHING),
    "requires_sign_in": azure("auth_settings_v2.require_authentication", NOTHING),
    "without_sign_in": azure("auth_settings_v2.unauthenticated_action", NOTHING),
    "open_paths": azure("auth_settings_v2.excluded_paths", NOTHING),
    "older_sign_in": azure("auth_settings.enabled", NOTHING),
    "older_without": azure("auth_settings.unauthenticated_client_action", NOTHING),
}
_NEWER = ("signs_in", "requires_sign_in", "without_sign_in", "open_paths")
_OLDER = ("older_sign_in", "older_without")
_EVERY_PATH = ("/", "/*")


def _asked(signs_in: Any, required: Any, without: Any, open_paths: Any) -> Any:
    """Return whether every caller has to sign in: it is switched on, and nobody is let through without."""
    if signs_in is None or switched(signs_in) is not True:
        return switched(signs_in)
    if required is None:
        return None
    if switched(required) is not True:
        return Said(switched(required), by="requires_sign_in")
    if lower(without) == "allowanonymous":
        return Said(False, by="without_sign_in")
    if some(as_list(open_paths), lambda each: each in _EVERY_PATH):
        return Said(False, by="open_paths")
    return Said(True, by="requires_sign_in")


def _asked_before(signs_in: Any, without: Any) -> Any:
    """Return what the older settings come to, by which nobody is let through unless they say so."""
    if signs_in is None or switched(signs_in) is not True:
        return switched(signs_in)
    return True if without is None else Said(lower(without) != "allowanonymous", by="older_without")


_DEFAULT = Documented(False, _PAGE)
_BY_NEWER = Fact(_asked, of=_NEWER, default=_DEFAULT)
_BY_OLDER = Fact(_asked_before, of=_OLDER, default=_DEFAULT)


def _authenticated(view: View) -> Any:
    """Return what the newer settings say, or where they say nothing, the older ones: of the app, or beside it."""
    unsure: Unknown | None = None
    for fact, name in ((_BY_NEWER, "authsettingsV2"), (_BY_OLDER, "authsettings")):
        found: Any = named_beside(view, beside(view, CONFIGURED), name, CONFIG)
        if isinstance(found, Absent):
            found = view
        if isinstance(found, Unknown):
            unsure = unsure or found
            continue
        said = fact.read(found, "bool")
        if isinstance(said, Known) and said.value is True:
            return said
        if isinstance(said, Unknown) or not isinstance(found.word(fact.of[0]), Absent):
            return unsure or said
    return unsure or Absent(view.resource, view.base)


AUTHENTICATION = Fact(
    joins=_authenticated, of=(*_NEWER, *_OLDER, "name"), default=_DEFAULT, beside=CONFIGURED
)
