resource "aws_db_subnet_group" "data" {
  name       = "${local.name}-data"
  subnet_ids = aws_subnet.data[*].id
}

resource "aws_db_parameter_group" "postgres" {
  name   = "${local.name}-postgres16"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "0" # planted: database-requires-tls
  }

  parameter {
    name  = "log_connections"
    value = "1"
  }

  parameter {
    name  = "log_disconnections"
    value = "1"
  }

  parameter {
    name         = "shared_preload_libraries"
    value        = "pgaudit,pg_stat_statements"
    apply_method = "pending-reboot"
  }

  parameter {
    name  = "pgaudit.log"
    value = "ddl,role,write"
  }
}

module "database" {
  source   = "./modules/database"
  for_each = var.databases

  name              = "${local.name}-${each.key}"
  instance_class    = each.value.instance_class
  storage_gib       = each.value.storage_gib
  backup_days       = each.value.backup_days
  key_arn           = aws_kms_key.data.arn
  copies            = var.copies
  parameter_group   = aws_db_parameter_group.postgres.name
  subnet_group      = aws_db_subnet_group.data.name
  security_group_id = aws_security_group.data.id
}

# Read-mostly reports run on a cluster of their own.
resource "aws_rds_cluster_parameter_group" "reports" { # planted: database-sessions-logged
  name   = "${local.name}-aurora-postgresql14"
  family = "aurora-postgresql14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "pgaudit.log"
    value = "ddl,role"
  }
}

resource "aws_rds_cluster" "reports" { # planted: database-audit-events, database-customer-managed-key, database-logs-exported
  cluster_identifier                  = "${local.name}-reports"
  engine                              = "aurora-postgresql"
  engine_version                      = "14.17" # planted: postgresql-version-supported
  database_name                       = "reports"
  master_username                     = "reports_admin"
  master_password                     = "Summer-2024-reports" # planted: database-password-not-inline
  storage_encrypted                   = true
  db_subnet_group_name                = aws_db_subnet_group.data.name
  db_cluster_parameter_group_name     = aws_rds_cluster_parameter_group.reports.name
  vpc_security_group_ids              = [aws_security_group.data.id]
  backup_retention_period             = var.reports_backup_days # unknown: backup-retention
  preferred_backup_window             = "01:00-02:00"
  copy_tags_to_snapshot               = true
  deletion_protection                 = true
  iam_database_authentication_enabled = false # planted: database-iam-authentication
  skip_final_snapshot                 = false
  final_snapshot_identifier           = "${local.name}-reports-final"
}

resource "aws_rds_cluster_instance" "reports" {
  count = 2

  identifier                 = "${local.name}-reports-${count.index}"
  cluster_identifier         = aws_rds_cluster.reports.id
  engine                     = aws_rds_cluster.reports.engine
  instance_class             = "db.r6g.large"
  publicly_accessible        = false
  auto_minor_version_upgrade = false # planted: database-minor-upgrades
}
