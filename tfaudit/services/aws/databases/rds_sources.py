"""What an RDS replica replicates: the database that its code names, by reference or by name."""

from __future__ import annotations

from tfaudit.reading.view import View

SOURCES = (
    "replicate_source_db",
    "replication_source_identifier",
    "SourceDBInstanceIdentifier",
    "SourceDBClusterIdentifier",
    "ReplicationSourceIdentifier",
    "ReadReplicaSourceDBInstanceIdentifier",
)
_DATABASES = {
    "aws_db_instance": "identifier",
    "aws_rds_cluster": "cluster_identifier",
    "AWS::RDS::DBInstance": "DBInstanceIdentifier",
    "AWS::RDS::DBCluster": "DBClusterIdentifier",
}


def sources(view: View) -> list[View]:
    """Return the declared database that `view` replicates; none where it is no replica, or its source is elsewhere."""
    reading = view.first(*SOURCES)
    if reading.absent:
        return []
    found = [each for path in SOURCES for each in view.targets(path, *_DATABASES)]
    if not found and isinstance(reading.value, str):
        found = [
            View(resource, view.inventory)
            for type_, name in _DATABASES.items()
            for resource in view.inventory.of_type(type_)
            if resource.body.get(name) == reading.value
        ]
    # A database that names itself would be followed for ever.
    return [each for each in found if each.resource is not view.resource and each.first(*SOURCES).absent][:1]
