"""What an RDS replica replicates: the database that its code names, by reference or by name."""

from __future__ import annotations

from tfaudit.model.settings import Known, Unknown
from tfaudit.reading.documented import Inapplicable
from tfaudit.reading.fact import Fact
from tfaudit.reading.states import SETTLE, Absent, Pointer, Reading
from tfaudit.reading.view import View
from tfaudit.services.aws.databases.rds_words import TABLES, empty

_INSTANCES = ("aws_db_instance", "AWS::RDS::DBInstance")
_CLUSTERS = ("aws_rds_cluster", "AWS::RDS::DBCluster")


def origins(view: View) -> list[View]:
    """Return the declared database that `view` replicates; none where it is no replica, or its origin is elsewhere."""
    named = [
        *view.leads_to("origin", *_INSTANCES, named=("identifier", "DBInstanceIdentifier")),
        *view.leads_to("origin", *_CLUSTERS, named=("cluster_identifier", "DBClusterIdentifier")),
    ]
    found = [each.spelled(TABLES[each.resource.type]) for each in named]
    # A database that names itself would be followed for ever.
    return [each for each in found if each.resource is not view.resource and empty(each.word("origin"))][:1]


def own_or_origins(word: str) -> Fact:
    """Return the fact of a word that a replica which does not state it has from its origin."""

    def joins(view: View) -> Reading:
        stated = view.word(word)
        if not isinstance(stated, Absent):
            return stated
        return next((each.word(word) for each in origins(view)), stated)

    return Fact(joins=joins, of=(word, "origin"))


def of_origin(named: Reading, how: str) -> Unknown:
    """Return that the origin's encryption holds, which is not declared here."""
    match named:
        case Known(value=str(name)):
            origin = name
        case Pointer(reference=reference):
            origin = str(reference)
        case _:
            origin = "a copy"
    because = f"its data are {how} from {origin}, whose encryption holds"
    return Unknown(because, "scan the live account", named.resource, named.path)


def unless_replica(view: View, reading: Reading, because: str) -> Reading | Inapplicable:
    """Return `reading` of a database that is no replica; what may be one has no known setting."""
    source = view.word("replicates")
    if empty(source):
        return reading
    if isinstance(source, Unknown):
        may_be = f"it may be a read replica: {source.because}"
        return Unknown(may_be, source.settle_with or SETTLE, source.resource, source.path)
    return Inapplicable(because)
