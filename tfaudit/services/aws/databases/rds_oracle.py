"""How an RDS for Oracle database encrypts connections: by options of its option group, of which it has one at most.

Native network encryption may be required of every client. The SSL option opens a second port for TLS, beside which
the plain one stays open.
"""

from __future__ import annotations

from typing import Any

from tfaudit.model.calls import Detail
from tfaudit.model.resources import Reference, Unresolved
from tfaudit.model.settings import Default, NotApplicable
from tfaudit.reading.inventory import ABSENT
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import Reading, View
from tfaudit.services.aws.databases.rds_sources import sources

_NATIVE = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html"
_SSL = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.html"
_LAST_WITH_OLD = 21
_GROUPS = ("option_group_name", "OptionGroupName")
_GROUP_TYPES = ("aws_db_option_group", "AWS::RDS::OptionGroup")
_LIVE = "describe_option_groups/0.Options"

OPTIONS = Detail(
    "describe_option_groups",
    {"OptionGroupName": "OptionGroupMemberships.0.OptionGroupName"},
    permission="rds:DescribeOptionGroups",
    items="OptionGroupsList",
)


def encryption_required(view: View) -> Any:
    """Return whether connections that are not encrypted are refused."""
    option = _option(view, "NATIVE_NETWORK_ENCRYPTION")
    if isinstance(option, Reading):
        return option if not option.absent else Default(False, _NATIVE, view.resource, view.base)
    setting = _setting(option, "SQLNET.ENCRYPTION_SERVER")
    if setting.absent:  # REQUESTED
        return Default(False, _NATIVE, option.resource, option.base)
    if not setting.known:
        return setting
    return Reading(str(setting.value).upper() == "REQUIRED", setting.resource, setting.path)


def tls_minimum(view: View) -> Any:
    """Return the oldest TLS version that the SSL option's port speaks."""
    option = _option(view, "SSL")
    if isinstance(option, Reading):
        no_tls = (
            "it speaks no TLS: its option group has no SSL option; that connections are encrypted is judged"
        )
        return option if not option.absent else NotApplicable(no_tls, view.resource, view.base)
    setting = _setting(option, "SQLNET.SSL_VERSION")
    if setting.absent:
        return Default("1.2" if _speaks_new_only(view) else "1.0", _SSL, option.resource, option.base)
    if not setting.known:
        return setting
    versions = [told for part in str(setting.value).split(" or ") if (told := as_tls(part))]
    return Reading(min(versions, default=setting.value), setting.resource, setting.path)


def _speaks_new_only(view: View) -> bool:
    """Whether the engine speaks TLS 1.2 alone, as since 26ai; before, an option that names no version has 1.0."""
    stated = str(view.get("engine_version") or view.get("EngineVersion") or "").partition(".")[0]
    return stated.isdecimal() and int(stated) > _LAST_WITH_OLD


def _option(view: View, name: str) -> View | Reading:
    """Return the option of that name; `ABSENT` where the group has none, or why that cannot be told."""
    for option in _options(view):
        if isinstance(option, Reading):
            return option
        named = option.first("option_name", "OptionName")
        if not named.known:
            return named if not named.absent else Reading(option.body, option.resource, option.base)
        if str(named.value).upper() == name:
            return option
    return Reading(ABSENT, view.resource, view.base)


def _options(view: View) -> list[View | Reading]:
    """Return the options of the database's group, none for a default one; or a reading that tells what is unknown."""
    if view.dialect == "api":
        listed = view.read(_LIVE)
        return [listed] if isinstance(listed.value, Unresolved) else list(view.each(_LIVE))
    named = view.first(*_GROUPS)
    if named.absent:
        # A replica has its source's group: it must be the same one.
        return next((_options(source) for source in sources(view)), [])
    if str(named.value).startswith("default:"):
        return []
    for path in _GROUPS:
        for group in view.targets(path, *_GROUP_TYPES, named=("name", "OptionGroupName")):
            return [*group.each("option"), *group.each("OptionConfigurations")]
    why = Unresolved(f"its option group {named.value} is not declared here", "scan the live account")
    return [Reading(why, named.resource, named.path)]


def _setting(option: View, name: str) -> Reading:
    for path in ("option_settings", "OptionSettings"):
        for setting in option.each(path):
            if isinstance(setting.body, (Unresolved, Reference)):
                return Reading(setting.body, setting.resource, setting.base)
            if setting.first("name", "Name").value == name:
                return setting.first("value", "Value")
    return Reading(ABSENT, option.resource, option.base)
