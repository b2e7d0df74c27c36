"""How an RDS for Oracle database encrypts connections: by options of its option group, of which it has one at most.

Native network encryption may be required of every client. The SSL option opens a second port for TLS, beside which
the plain one stays open.
"""

from __future__ import annotations

from typing import TypeAlias

from tfaudit.model.calls import Detail
from tfaudit.model.settings import Default, Known, Unknown
from tfaudit.reading.answers import CannotTell
from tfaudit.reading.documented import Documented, Inapplicable
from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_tls
from tfaudit.reading.view import View
from tfaudit.services.aws.databases.rds_sources import origins
from tfaudit.services.aws.databases.rds_words import OPTION, empty

Answer: TypeAlias = Reading | Default | Documented | Inapplicable | CannotTell

_NATIVE = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Options.NNE.Options.html"
_SSL = "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.html"
_LAST_WITH_OLD = 21
_GROUP_TYPES = ("aws_db_option_group", "AWS::RDS::OptionGroup")
_GROUP: Spelling = {"options": aws("option", "OptionConfigurations", NOTHING, rows=OPTION)}
_NO_TLS = "it speaks no TLS: its option group has no SSL option; that connections are encrypted is judged"

OPTIONS = Detail(
    "describe_option_groups",
    {"OptionGroupName": "OptionGroupMemberships.0.OptionGroupName"},
    permission="rds:DescribeOptionGroups",
    items="OptionGroupsList",
)


def encryption_required(view: View) -> Answer:
    """Return whether connections that are not encrypted are refused."""
    option = _option(view, "NATIVE_NETWORK_ENCRYPTION")
    if option is None:
        return Documented(False, _NATIVE)
    if isinstance(option, Unknown):
        return option
    setting = value_of(option.rows("settings"), "SQLNET.ENCRYPTION_SERVER")
    match setting:
        case None:  # REQUESTED
            return Default(False, _NATIVE, option.resource, option.base)
        case Known(value=value):
            return Known(str(value).upper() == "REQUIRED", setting.resource, setting.path)
        case _:
            return setting


def tls_minimum(view: View) -> Answer:
    """Return the oldest TLS version that the SSL option's port speaks."""
    option = _option(view, "SSL")
    if option is None:
        return Inapplicable(_NO_TLS)
    if isinstance(option, Unknown):
        return option
    setting = value_of(option.rows("settings"), "SQLNET.SSL_VERSION")
    match setting:
        case None:
            return _oldest_by_default(view, option)
        case Known(value=value):
            versions = [version for part in str(value).split(" or ") if (version := as_tls(part))]
            return Known(min(versions, default=value), setting.resource, setting.path)
        case _:
            return setting


def _oldest_by_default(view: View, option: View) -> Answer:
    """Return 1.2 for an engine that speaks it alone, as since 26ai; before, an option that names no version has 1.0."""
    version = view.word("version")
    if isinstance(version, (Unknown, Pointer)):
        return version
    major = str(version.value).partition(".")[0] if isinstance(version, Known) else ""
    new_only = major.isdecimal() and int(major) > _LAST_WITH_OLD
    return Default("1.2" if new_only else "1.0", _SSL, option.resource, option.base)


def _option(view: View, name: str) -> View | Unknown | None:
    """Return the option of that name; None where the group has none, or why that is not known."""
    options = _options(view)
    if isinstance(options, Unknown):
        return options
    perhaps: Unknown | None = None
    for option in options:
        named = option.word("name")
        match named:
            case Known(value=value) if str(value).upper() == name:
                return option
            case Unknown():
                perhaps = perhaps or named
            case Pointer():
                perhaps = perhaps or named.unknown
            case Known() | Absent():
                pass
    return perhaps


def _options(view: View) -> list[View] | Unknown:
    """Return the options of the database's group, none for a default one."""
    reported = view.rows("options")
    if not isinstance(reported, Absent):
        return reported
    named = view.word("option_group")
    if empty(named):
        # A replica has its source's group: it must be the same one.
        return next((_options(each) for each in origins(view)), [])
    if isinstance(named, Known) and str(named.value).startswith("default:"):
        return []
    for group in view.leads_to("option_group", *_GROUP_TYPES, named=("name", "OptionGroupName")):
        options = group.spelled(_GROUP).rows("options")
        return [] if isinstance(options, Absent) else options
    return not_declared(named, "option group")


def not_declared(named: Reading, what: str) -> Unknown:
    """Return that the group of a database is not known: it is only named here, or not even that."""
    if isinstance(named, Unknown):
        because = f"its {what} is not known: {named.because}"
        return Unknown(because, named.settle_with, named.resource, named.path)
    name = named.reference if isinstance(named, Pointer) else named.value if isinstance(named, Known) else ""
    because = f"its {what} {name} is not declared here"
    return Unknown(because, "scan the live account", named.resource, named.path)


def value_of(settings: list[View] | Absent | Unknown, name: str) -> Reading | None:
    """Return the value of the setting or parameter of that name, None for none.

    One whose name is not known may be it.
    """
    if isinstance(settings, Absent):
        return None
    if isinstance(settings, Unknown):
        return settings
    perhaps: Reading | None = None
    for setting in settings:
        named = setting.word("name")
        if isinstance(named, (Unknown, Pointer)):
            perhaps = perhaps or (named if isinstance(named, Unknown) else named.unknown)
        elif isinstance(named, Known) and named.value == name:
            value = setting.word("value")
            if not isinstance(value, Absent):
                return value
    return perhaps
