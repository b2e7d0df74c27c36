"""How an RDS database is kept: its automated backups, their copies in another region, and its standby.

Of a read replica none of these is judged: its source's backups and standby count.
"""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.states import Absent, Pointer, Reading
from tfaudit.reading.values import as_bool, as_int
from tfaudit.reading.view import View
from tfaudit.services.aws.databases.rds_sources import unless_replica
from tfaudit.services.aws.databases.rds_words import empty

_REPLICA = "it is a read replica: the backups of its source are judged"
_NO_STANDBY = "it is a read replica: the standby of its source is judged"


def retention(view: View) -> Reading | Inapplicable:
    """Return how many days automated backups are kept."""
    days = view.word("retention")
    match days:
        case Known(value=value) if (as_int(value) or 0) > 0:
            return days
        case Unknown() | Pointer():
            return days
        case Known() | Absent():
            return unless_replica(view, days, _REPLICA)


def backed_up(view: View) -> Reading | Inapplicable:
    """Return whether automated backups are kept at all."""
    found = retention(view)
    if isinstance(found, Known) and (days := as_int(found.value)) is not None:
        return Known(days > 0, found.resource, found.path)
    return found


def standby(view: View) -> Reading | Inapplicable:
    """Return whether an instance has a standby in another zone."""
    stated = view.word("standby")
    match stated:
        case Known(value=value) if as_bool(value) is True:
            return stated
        case Unknown() | Pointer():
            return stated
        case Known() | Absent():
            return unless_replica(view, stated, _NO_STANDBY)


def copied(view: View) -> Reading | Inapplicable:
    """Return whether automated backups are copied to another region."""
    found = view.word("copies")
    if isinstance(found, Unknown):
        return found
    if empty(found) or (isinstance(found, Known) and found.value is False):
        return unless_replica(view, Absent(found.resource, found.path), _REPLICA)
    return Known(True, found.resource, found.path)
