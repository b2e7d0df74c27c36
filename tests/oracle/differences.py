"""Where checkov's checks and our policies differ on our own examples, and why each difference stands.

A pair of policy and our outcome leads to the resources (as checkov writes them) and the reason. A difference that is
not here fails the test, and so does one that is here and is gone.
"""

from __future__ import annotations

KNOWN: dict[tuple[str, str], tuple[str, str]] = {
    # We ask for more than the check: a number of days, a further setting, or a default that lets everyone in.
    ("audit-trail-covers-account", "fail"): (
        "aws_cloudtrail.account aws_cloudtrail.data_only",
        "the check asks whether the trail is switched on, not whether it records what changes the account",
    ),
    ("backup-retention", "fail"): (
        (
            "aws_db_instance.orders aws_db_instance.silent aws_rds_cluster.ledger"
            ' module.database["audit"].aws_db_instance.this'
        ),
        "the check takes any number of days over 0, and passes where nothing is set",
    ),
    ("object-store-soft-delete", "fail"): (
        "azurerm_storage_account.documents azurerm_storage_account.orders",
        "the check takes any number of days over 0",
    ),
    ("instance-patched-automatically", "fail"): (
        "azurerm_windows_virtual_machine.desk",
        "the check asks for enable_automatic_updates alone, which patch_mode = Manual outdoes",
    ),
    ("network-interface-no-forwarding", "fail"): (
        "azurerm_network_interface.runner azurerm_network_interface.web",
        "the check knows the attribute by the name that it had before azurerm 4",
    ),
    ("secret-rotation", "fail"): (
        "aws_secretsmanager_secret.mail aws_secretsmanager_secret.orders",
        "the number of days stands in the rotation, where the check reports it; we report the secret",
    ),
    ("object-store-blocks-public-access", "fail"): (
        "aws_s3_bucket.orders aws_s3_bucket.trail",
        "the check asks for two of the four settings",
    ),
    ("object-store-customer-managed-key", "fail"): (
        "aws_s3_bucket.orders",
        "the check takes AWS's own key aws/s3, which no customer manages",
    ),
    ("database-requires-tls", "fail"): (
        (
            'aws_db_instance.shop module.database["audit"].aws_db_instance.this'
            ' module.database["directory"].aws_db_instance.this'
        ),
        "the check passes an engine whose parameter group says nothing, or stands in another module",
    ),
    ("database-not-public", "fail"): (
        "AWS::RDS::DBInstance.Orders",
        "nothing is set, and the network of the database makes it public; the check passes what is not set",
    ),
    ("cluster-api-not-public", "fail"): (
        "azurerm_kubernetes_cluster.everyone aws_eks_cluster.in_halves",
        "the check takes any range, 0.0.0.0/0 too",
    ),
    ("policy-no-wildcard-actions", "fail"): (
        (
            "AWS::IAM::Role.FlowLogsRole aws_iam_group_policy.support aws_iam_policy.work"
            " aws_iam_role_policy.rest aws_iam_role_policy.work"
        ),
        "the check looks for all actions of all services; we also find all actions of one",
    ),
    ("policy-no-wildcard-resources", "fail"): (
        "AWS::IAM::ManagedPolicy.Work AWS::IAM::Role.Worker",
        "the checks of templates leave out dynamodb:Scan, which reads whole tables, and what a role has from a policy",
    ),
    ("firewall-rule-no-all-ports", "fail"): (
        "aws_security_group.web aws_security_group_rule.alone",
        "the check looks at rules open to the world; all ports to a whole network are too many as well",
    ),
    ("role-trust-not-public", "fail"): (
        "AWS::IAM::Role.Release aws_iam_role.deploy aws_iam_role.release",
        "a public identity provider that may vouch for anyone; the check looks for AWS principals",
    ),
    # The check does not see what decides: another resource, a newer name, a later element.
    ("policy-no-admin", "fail"): (
        "aws_iam_role.pipeline aws_iam_role.worker aws_iam_role_policy.work",
        "a document that a data block makes, and an attachment: the checks report these, we report who has the right",
    ),
    ("key-not-public", "fail"): (
        "aws_kms_key.data aws_kms_key.secrets",
        "the policy is a resource of its own, or made by a data block",
    ),
    ("object-store-not-public", "fail"): (
        'AWS::S3::Bucket.Photos module.bucket["exports"].aws_s3_bucket.this module.bucket["photos"].aws_s3_bucket.this',
        "the bucket's policy is a resource of its own, where the check reports it",
    ),
    ("cache-requires-tls", "fail"): (
        "aws_elasticache_replication_group.sessions azurerm_redis_cache.sessions",
        "transit_encryption_mode preferred takes plain connections too; non_ssl_port_enabled is the name of azurerm 4",
    ),
    ("object-store-requires-tls", "fail"): (
        "azurerm_storage_account.documents azurerm_storage_account.orders",
        "https_traffic_only_enabled is the name of azurerm 4",
    ),
    ("listener-encrypted", "fail"): (
        "azurerm_application_gateway.public azurerm_application_gateway.shop",
        "the check reads the first of several listeners",
    ),
    ("firewall-rule-no-admin-port", "fail"): (
        "aws_vpc_security_group_ingress_rule.six",
        "the check does not read cidr_ipv6",
    ),
    ("container-no-host-ports", "fail"): (
        "Deployment.shop.on-node-network",
        "on the node's network every port is the node's; the check looks for the word hostPort",
    ),
    ("role-no-wildcards", "fail"): ("ClusterRole.default.everything", "the check reads the first rule alone"),
    ("workload-seccomp", "fail"): (
        "Deployment.shop.overridden",
        "a container overrides its pod's profile, which the check stops at",
    ),
    # The check asks for what the provider does by itself, by its documented default.
    ("cache-encrypted", "pass"): ("aws_elasticache_replication_group.new", "the default of Valkey"),
    ("cache-minimum-tls", "pass"): ("azurerm_redis_cache.by_default", "the default since azurerm 3.0"),
    ("database-minimum-tls", "pass"): ("azurerm_mssql_server.ledger", "the default since azurerm 3.0"),
    ("object-store-minimum-tls", "pass"): (
        "azurerm_storage_account.by_default",
        "the default since azurerm 3.0",
    ),
    ("cluster-secrets-encrypted", "pass"): (
        "aws_eks_cluster.main aws_eks_cluster.newer",
        "EKS encrypts what the API stores since Kubernetes 1.28",
    ),
    ("queue-encrypted", "pass"): (
        "AWS::SQS::Queue.Jobs aws_sqs_queue.jobs",
        "SQS encrypts new queues by itself",
    ),
    ("object-store-blocks-public-access", "pass"): (
        "aws_s3_bucket.new",
        "S3 blocks public access to new buckets",
    ),
    ("log-retention", "pass"): ("aws_cloudwatch_log_group.silent", "what is not set is kept for ever"),
    ("database-encrypted", "pass"): (
        "aws_db_instance.replica aws_rds_cluster.ledger",
        "a replica is encrypted where its source is; Aurora encrypts new clusters by itself",
    ),
    ("volume-encrypted", "pass"): (
        "aws_ebs_volume.data",
        "the region's encryption by default stands beside it",
    ),
    # The check asks for more than the fact, or for something beside it.
    ("cache-requires-authentication", "pass"): (
        (
            "AWS::ElastiCache::ReplicationGroup.Sessions aws_elasticache_replication_group.sessions"
            " aws_elasticache_replication_group.users"
        ),
        "the check asks for TLS as well, which cache-requires-tls judges",
    ),
    ("cluster-control-plane-logs", "pass"): (
        "aws_eks_cluster.main",
        "the check asks for all five kinds of logs",
    ),
    ("container-no-added-capabilities", "pass"): (
        "Deployment.shop.web",
        "NET_BIND_SERVICE is allowed by Kubernetes' restricted standard, and by the policy's parameter",
    ),
    ("key-not-public", "pass"): (
        "AWS::KMS::Key.Key",
        "everyone, on the condition that the caller is of the key's own account",
    ),
    ("object-store-not-public", "pass"): (
        "aws_s3_bucket.orders",
        "a public ACL that the bucket's public access block makes void",
    ),
    ("secret-store-network-restricted", "pass"): (
        "azurerm_key_vault.closed azurerm_key_vault.payments",
        "CKV_AZURE_109 asks for rules where public access is off, and CKV_AZURE_189 for more than default_action Deny",
    ),
    # The check does not see what makes it sound.
    ("container-cpu-limit", "pass"): ("Deployment.ranged.by-namespace", "the namespace's LimitRange sets it"),
    ("container-memory-limit", "pass"): (
        "Deployment.ranged.by-namespace",
        "the namespace's LimitRange sets it",
    ),
    ("database-multi-zone", "pass"): (
        "AWS::RDS::DBInstance.Database",
        "a condition decides it, and holds by the parameter's default",
    ),
    ("key-expires", "pass"): (
        "azurerm_key_vault_key.cluster azurerm_key_vault_key.data azurerm_key_vault_key.rotated",
        "the key's rotation policy lets its versions expire",
    ),
    ("network-flow-logs", "pass"): ("aws_vpc.other", "each of its subnets has a flow log"),
    ("workload-seccomp", "pass"): (
        "Deployment.shop.by-container",
        "Localhost is a profile of one's own, and the check does not know it",
    ),
    ("workload-token-not-mounted", "pass"): (
        "Deployment.shop.by-account",
        "its service account says that no token is mounted",
    ),
    ("object-store-expires", "fail"): (
        'aws_s3_bucket.old module.bucket["exports"].aws_s3_bucket.this module.bucket["photos"].aws_s3_bucket.this',
        "the check takes any lifecycle, we ask when it deletes",
    ),
    ("cluster-version-supported", "fail"): (
        "aws_eks_cluster.main aws_eks_cluster.shop",
        "the check's list of versions is as old as its release; ours goes by the day on which support ends",
    ),
    ("database-minor-upgrades", "pass"): (
        "aws_db_instance.unset",
        "minor versions are taken by default, which the check does not know",
    ),
    ("registry-no-anonymous-pull", "fail"): (
        "azurerm_container_registry.a0",
        "the check judges registries whose sku is written alone",
    ),
    ("object-store-network-restricted", "fail"): (
        "azurerm_storage_account.halves",
        "the check knows the world as 0.0.0.0/0 alone, and not its two halves",
    ),
    ("waf-policy-blocks", "fail"): (
        "azurerm_web_application_firewall_policy.shop",
        "the check asks whether the policy is in force, whatever its mode is: it is named for that part",
    ),
    ("web-app-authentication", "fail"): (
        "azurerm_linux_web_app.shop",
        "the check asks whether sign-in is switched on, not whether everybody has to",
    ),
    ("control-plane-admission", "fail"): (
        "Pod.kube-system.kube-apiserver",
        "of two checks one asks for NodeRestriction, which is there beside AlwaysAdmit",
    ),
    ("control-plane-client-certificates", "fail"): (
        "Pod.kube-system.kube-apiserver",
        "the checks ask etcd, and not the API server",
    ),
    ("control-plane-client-certificates", "pass"): (
        "Pod.kube-system.etcd Pod.kube-system.etcd-second",
        "the check wants --client-cert-auth=true in the command: the flag alone and the variable switch it on as well",
    ),
    ("control-plane-no-profiling", "fail"): (
        "Pod.kube-system.etcd",
        "the checks ask the other components, whose flag has another name",
    ),
}
