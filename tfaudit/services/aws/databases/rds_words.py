"""What RDS states of instances and of clusters, each word with its spellings: most are the same for both."""

from __future__ import annotations

from tfaudit.reading.spelling import NOTHING, Spelling, aws
from tfaudit.reading.states import Absent, Known, Reading

_OPTION_SETTING: Spelling = {"name": aws("name", "Name"), "value": aws("value", "Value")}
OPTION: Spelling = {
    "name": aws("option_name", "OptionName"),
    "settings": aws("option_settings", "OptionSettings", rows=_OPTION_SETTING),
}
PARAMETER: Spelling = {
    "name": aws("name", NOTHING, "ParameterName"),
    "value": aws("value", NOTHING, "ParameterValue"),
}

_BOTH: Spelling = {
    # word, then its path in Terraform, CloudFormation, the API
    "engine": aws("engine", "Engine"),
    "version": aws("engine_version", "EngineVersion"),
    "encrypted": aws("storage_encrypted", "StorageEncrypted"),
    # The newer field covers encryption by a key that AWS owns, too.
    "encryption_type": aws(NOTHING, NOTHING, "StorageEncryptionType"),
    "key": aws("kms_key_id", "KmsKeyId"),
    "key_manager": aws(None, None, "describe_key/KeyMetadata.KeyManager"),
    "retention": aws("backup_retention_period", "BackupRetentionPeriod"),
    "exports": aws(
        "enabled_cloudwatch_logs_exports", "EnableCloudwatchLogsExports", "EnabledCloudwatchLogsExports"
    ),
    "deletion": aws("deletion_protection", "DeletionProtection"),
    "iam": aws(
        "iam_database_authentication_enabled",
        "EnableIAMDatabaseAuthentication",
        "IAMDatabaseAuthenticationEnabled",
    ),
    "import": aws("s3_import", NOTHING),
    "tags": aws("tags", "Tags", "TagList"),
}

# An API's answer states of a copy itself what code leaves to the origin, and of every database its parameters and
# options, so that neither origin nor groups are read of it.
INSTANCES: Spelling = {
    **_BOTH,
    "identifier": aws("identifier", "DBInstanceIdentifier"),
    "cluster": aws(NOTHING, "DBClusterIdentifier"),
    "engine_mode": aws(NOTHING, NOTHING),
    "new_cluster_engine": aws(NOTHING, NOTHING),
    "origin": aws(
        "replicate_source_db", ("SourceDBInstanceIdentifier", "SourceDBClusterIdentifier"), NOTHING
    ),
    "replicates": aws(
        "replicate_source_db",
        ("SourceDBInstanceIdentifier", "SourceDBClusterIdentifier"),
        ("ReadReplicaSourceDBInstanceIdentifier", "ReadReplicaSourceDBClusterIdentifier"),
    ),
    "snapshot": aws("snapshot_identifier", "DBSnapshotIdentifier", NOTHING),
    "cluster_snapshot": aws(NOTHING, "DBClusterSnapshotIdentifier", NOTHING),
    "restore": aws("restore_to_point_in_time", NOTHING),
    "copies": aws(
        "aws_db_instance_automated_backups_replication/source_db_instance_arn",
        "AutomaticBackupReplicationRegion",
        "DBInstanceAutomatedBackupsReplications",
    ),
    "public": aws("publicly_accessible", "PubliclyAccessible"),
    "subnet_group": aws(NOTHING, "DBSubnetGroupName", NOTHING),
    "standby": aws("multi_az", "MultiAZ"),
    "minor": aws("auto_minor_version_upgrade", "AutoMinorVersionUpgrade"),
    "password": aws("password", "MasterUserPassword", NOTHING),
    "password_once": aws("password_wo", NOTHING),
    "parameter_group": aws("parameter_group_name", "DBParameterGroupName", NOTHING),
    "parameters": aws(NOTHING, NOTHING, "describe_db_parameters", rows=PARAMETER),
    "parameter_map": aws(NOTHING, NOTHING),
    "option_group": aws("option_group_name", "OptionGroupName", NOTHING),
    "options": aws(NOTHING, NOTHING, "describe_option_groups/0.Options", rows=OPTION),
}
CLUSTERS: Spelling = {
    **_BOTH,
    "identifier": aws("cluster_identifier", "DBClusterIdentifier"),
    "engine_mode": aws("engine_mode", "EngineMode"),
    # What AWS does for a new cluster says nothing of one that there is.
    "new_cluster_engine": aws("engine", "Engine", NOTHING),
    "instance_class": aws("db_cluster_instance_class", "DBClusterInstanceClass"),
    "origin": aws("replication_source_identifier", "ReplicationSourceIdentifier", NOTHING),
    "replicates": aws("replication_source_identifier", "ReplicationSourceIdentifier"),
    "snapshot": aws("snapshot_identifier", "SnapshotIdentifier", NOTHING),
    "cluster_snapshot": aws(NOTHING, NOTHING),
    "restore": aws("restore_to_point_in_time", "SourceDBClusterIdentifier", NOTHING),
    "public": aws(NOTHING, "PubliclyAccessible"),
    "zones": aws(NOTHING, NOTHING, "MultiAZ"),
    "minor": aws(NOTHING, "AutoMinorVersionUpgrade"),
    "password": aws("master_password", "MasterUserPassword", NOTHING),
    "password_once": aws("master_password_wo", NOTHING),
    "parameter_group": aws("db_cluster_parameter_group_name", "DBClusterParameterGroupName", NOTHING),
    "parameters": aws(NOTHING, NOTHING, "describe_db_cluster_parameters", rows=PARAMETER),
    "parameter_map": aws(NOTHING, NOTHING),
    "option_group": aws(NOTHING, NOTHING),
    "options": aws(NOTHING, NOTHING),
}

TABLES: dict[str, Spelling] = {
    "aws_db_instance": INSTANCES,
    "aws_rds_cluster_instance": INSTANCES,
    "AWS::RDS::DBInstance": INSTANCES,
    "rds.describe_db_instances": INSTANCES,
    "aws_rds_cluster": CLUSTERS,
    "AWS::RDS::DBCluster": CLUSTERS,
    "rds.describe_db_clusters": CLUSTERS,
}


def empty(reading: Reading) -> bool:
    """Whether nothing is named at a word: what is not known may name something."""
    return isinstance(reading, Absent) or (isinstance(reading, Known) and reading.value in ("", [], {}))
