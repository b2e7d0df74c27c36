"""Databases, caches and clusters."""

from __future__ import annotations

from collections.abc import Mapping

from tests.terraform_in_moto.account import Account, Attributes, Body, Maker, first, stated

# Databases and caches


def _database_subnets(account: Account, body: Body) -> Attributes:
    account.client("rds").create_db_subnet_group(
        DBSubnetGroupName=body["name"], DBSubnetGroupDescription="data", SubnetIds=body["subnet_ids"]
    )
    return {"id": body["name"], "name": body["name"]}


def _parameters(body: Body) -> list[dict[str, str]]:
    return [
        {"ParameterName": each["name"], "ParameterValue": each["value"], "ApplyMethod": "pending-reboot"}
        for each in body.get("parameter") or ()
    ]


def _database_parameters(account: Account, body: Body) -> Attributes:
    rds, name = account.client("rds"), body["name"]
    rds.create_db_parameter_group(
        DBParameterGroupName=name, DBParameterGroupFamily=body["family"], Description="made by the test"
    )
    rds.modify_db_parameter_group(DBParameterGroupName=name, Parameters=_parameters(body))
    return {"id": name, "name": name}


def _cluster_parameters(account: Account, body: Body) -> Attributes:
    rds, name = account.client("rds"), body["name"]
    rds.create_db_cluster_parameter_group(
        DBClusterParameterGroupName=name,
        DBParameterGroupFamily=body["family"],
        Description="made by the test",
    )
    rds.modify_db_cluster_parameter_group(DBClusterParameterGroupName=name, Parameters=_parameters(body))
    return {"id": name, "name": name}


_STORED = {
    "Engine": "engine",
    "EngineVersion": "engine_version",
    "StorageEncrypted": "storage_encrypted",
    "KmsKeyId": "kms_key_id",
    "DBSubnetGroupName": "db_subnet_group_name",
    "VpcSecurityGroupIds": "vpc_security_group_ids",
    "BackupRetentionPeriod": "backup_retention_period",
    "DeletionProtection": "deletion_protection",
    "CopyTagsToSnapshot": "copy_tags_to_snapshot",
    "EnableIAMDatabaseAuthentication": "iam_database_authentication_enabled",
    "EnableCloudwatchLogsExports": "enabled_cloudwatch_logs_exports",
    "ManageMasterUserPassword": "manage_master_user_password",
}


def _password(body: Body, *names: str) -> dict[str, str]:
    """Return a password where the code has one: tfaudit never hands on what it was."""
    return {"MasterUserPassword": "made-by-the-test"} if any(body.get(name) for name in names) else {}


def _database(account: Account, body: Body) -> Attributes:
    # The provider sends 0, where the API's own default is a day.
    body = {"backup_retention_period": 0, **body}
    made = account.client("rds").create_db_instance(
        **stated(
            body,
            **_STORED,
            DBInstanceIdentifier="identifier",
            DBInstanceClass="instance_class",
            AllocatedStorage="allocated_storage",
            StorageType="storage_type",
            MasterUsername="username",
            PubliclyAccessible="publicly_accessible",
            MultiAZ="multi_az",
            DBParameterGroupName="parameter_group_name",
            AutoMinorVersionUpgrade="auto_minor_version_upgrade",
        ),
        **_password(body, "password"),
    )["DBInstance"]
    return {
        "id": made["DBInstanceIdentifier"],
        "arn": made["DBInstanceArn"],
        "endpoint": "made.by.the.test:5432",
    }


def _cluster(account: Account, body: Body) -> Attributes:
    made = account.client("rds").create_db_cluster(
        **stated(
            body,
            **_STORED,
            DBClusterIdentifier="cluster_identifier",
            DatabaseName="database_name",
            MasterUsername="master_username",
            DBClusterParameterGroupName="db_cluster_parameter_group_name",
        ),
        **_password(body, "master_password"),
    )["DBCluster"]
    return {"id": made["DBClusterIdentifier"], "arn": made["DBClusterArn"], "engine": body["engine"]}


def _cluster_member(account: Account, body: Body) -> Attributes:
    made = account.client("rds").create_db_instance(
        **stated(
            body,
            DBInstanceIdentifier="identifier",
            DBClusterIdentifier="cluster_identifier",
            DBInstanceClass="instance_class",
            Engine="engine",
            PubliclyAccessible="publicly_accessible",
            AutoMinorVersionUpgrade="auto_minor_version_upgrade",
        )
    )["DBInstance"]
    return {"id": made["DBInstanceIdentifier"]}


def _cache_subnets(account: Account, body: Body) -> Attributes:
    account.client("elasticache").create_cache_subnet_group(
        CacheSubnetGroupName=body["name"], CacheSubnetGroupDescription="data", SubnetIds=body["subnet_ids"]
    )
    return {"id": body["name"], "name": body["name"]}


def _cache(account: Account, body: Body) -> Attributes:
    token = {"AuthToken": "made-by-the-test-0123456789"} if body.get("auth_token") else {}
    account.client("elasticache").create_replication_group(
        **stated(
            body,
            ReplicationGroupId="replication_group_id",
            ReplicationGroupDescription="description",
            Engine="engine",
            EngineVersion="engine_version",
            CacheNodeType="node_type",
            NumCacheClusters="num_cache_clusters",
            AutomaticFailoverEnabled="automatic_failover_enabled",
            MultiAZEnabled="multi_az_enabled",
            CacheSubnetGroupName="subnet_group_name",
            SecurityGroupIds="security_group_ids",
            AtRestEncryptionEnabled="at_rest_encryption_enabled",
            KmsKeyId="kms_key_id",
            TransitEncryptionEnabled="transit_encryption_enabled",
            TransitEncryptionMode="transit_encryption_mode",
            SnapshotRetentionLimit="snapshot_retention_limit",
            AutoMinorVersionUpgrade="auto_minor_version_upgrade",
        ),
        **token,
    )
    return {"id": body["replication_group_id"]}


def _random(account: Account, body: Body) -> Attributes:
    return {"result": "x" * int(body["length"])}


# EKS


def _eks_cluster(account: Account, body: Body) -> Attributes:
    network = first(body, "vpc_config")
    logged = (
        [{"types": body["enabled_cluster_log_types"], "enabled": True}]
        if body.get("enabled_cluster_log_types")
        else []
    )
    encryption = [
        {"resources": each["resources"], "provider": {"keyArn": first(each, "provider")["key_arn"]}}
        for each in body.get("encryption_config") or ()
    ]
    account.client("eks").create_cluster(
        **stated(body, name="name", version="version", roleArn="role_arn"),
        resourcesVpcConfig=stated(
            network,
            subnetIds="subnet_ids",
            securityGroupIds="security_group_ids",
            endpointPublicAccess="endpoint_public_access",
            endpointPrivateAccess="endpoint_private_access",
            publicAccessCidrs="public_access_cidrs",
        ),
        logging={"clusterLogging": logged},
        encryptionConfig=encryption,
    )
    return {"id": body["name"], "name": body["name"]}


def _node_group(account: Account, body: Body) -> Attributes:
    scaling = stated(
        first(body, "scaling_config"), minSize="min_size", maxSize="max_size", desiredSize="desired_size"
    )
    remote = first(body, "remote_access")
    access = stated(remote, ec2SshKey="ec2_ssh_key", sourceSecurityGroups="source_security_group_ids")
    account.client("eks").create_nodegroup(
        **stated(
            body,
            clusterName="cluster_name",
            nodegroupName="node_group_name",
            nodeRole="node_role_arn",
            subnets="subnet_ids",
            instanceTypes="instance_types",
            amiType="ami_type",
            labels="labels",
        ),
        taints=[stated(each, key="key", value="value", effect="effect") for each in body.get("taint") or ()],
        scalingConfig=scaling,
        **({"remoteAccess": access} if access else {}),
    )
    return {"id": f"{body['cluster_name']}:{body['node_group_name']}"}


MAKERS: Mapping[str, Maker] = {
    "random_password": _random,
    "aws_db_subnet_group": _database_subnets,
    "aws_db_parameter_group": _database_parameters,
    "aws_rds_cluster_parameter_group": _cluster_parameters,
    "aws_db_instance": _database,
    "aws_rds_cluster": _cluster,
    "aws_rds_cluster_instance": _cluster_member,
    "aws_elasticache_subnet_group": _cache_subnets,
    "aws_elasticache_replication_group": _cache,
    "aws_eks_cluster": _eks_cluster,
    "aws_eks_node_group": _node_group,
}
