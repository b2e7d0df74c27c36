"""How an RDS database's storage is encrypted, and by whose key: a copy has both from where its data come from."""

from __future__ import annotations

from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool
from tfaudit.reading.view import View
from tfaudit.services.aws.databases.rds_sources import of_origin, origins
from tfaudit.services.aws.databases.rds_words import empty
from tfaudit.services.aws.keys.customer_keys import keys_owner

_AURORA = (
    "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html: "
    "clusters created since 18 February 2026"
)
_SERVERLESS = (
    "docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.html: storage of Aurora Serverless v1 "
    "is encrypted always"
)
_COPIED_FROM = ("snapshot", "cluster_snapshot", "restore", "import")
ENCRYPTION = ("encrypted", "encryption_type", "engine_mode", "new_cluster_engine", "origin", *_COPIED_FROM)
KEY = ("key", "key_manager", "origin")
_owner = keys_owner()


def encrypted(view: View) -> Reading | Default:
    """Return whether storage is encrypted; a replica or a restored copy has it from where its data come from."""
    mode = view.word("engine_mode")
    if isinstance(mode, Known) and str(mode.value).lower() == "serverless":
        return Default(True, _SERVERLESS, view.resource, view.base)
    found = _encrypted(view)
    perhaps_serverless = isinstance(mode, (Unknown, Pointer))
    sure = isinstance(found, (Known, Default)) and as_bool(found.value) is True
    return mode if perhaps_serverless and not sure else found


def _encrypted(view: View) -> Reading | Default:
    stated, type_ = view.word("encrypted"), view.word("encryption_type")
    if isinstance(type_, Known):
        return Known(type_.value != "none", type_.resource, type_.path)
    off = isinstance(stated, Known) and as_bool(stated.value) is False
    if not off and not isinstance(stated, Absent):
        return stated
    if isinstance(type_, Unknown):
        return type_
    if not empty(origin := view.word("origin")):
        return next((encrypted(each) for each in origins(view)), of_origin(origin, "replicated"))
    if isinstance(stated, Known):
        return stated
    copied = next((each for name in _COPIED_FROM if not empty(each := view.word(name))), None)
    return _by_engine(view, stated) if copied is None else of_origin(copied, "restored")


def _by_engine(view: View, unset: Reading) -> Reading | Default:
    """Return what AWS does for a new database whose code says nothing: it encrypts Aurora clusters."""
    engine = view.word("new_cluster_engine")
    match engine:
        case Known(value=value) if str(value).startswith("aurora"):
            return Default(True, _AURORA, unset.resource, unset.path)
        case Unknown() | Pointer():
            return engine
        case Known() | Absent():
            return unset


def customers_key(view: View) -> Reading:
    """Return whether the key is the customer's; a replica that names none has its origin's."""
    found = _owner(view)
    origin = view.word("origin")
    if not isinstance(found, Absent) or empty(origin):
        return found
    return next((customers_key(each) for each in origins(view)), of_origin(origin, "replicated"))
