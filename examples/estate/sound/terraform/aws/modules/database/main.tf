resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = "16.6"
  instance_class = var.instance_class

  allocated_storage = var.storage_gib
  storage_type      = "gp3"
  storage_encrypted = true
  kms_key_id        = var.key_arn

  username                            = "directory_admin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true
  parameter_group_name                = var.parameter_group

  db_subnet_group_name   = var.subnet_group
  vpc_security_group_ids = [var.security_group_id]
  publicly_accessible    = false
  multi_az               = true

  backup_retention_period   = var.backup_days
  backup_window             = "01:00-02:00"
  copy_tags_to_snapshot     = true
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]
  performance_insights_enabled    = true
  auto_minor_version_upgrade      = true
  ca_cert_identifier              = "rds-ca-rsa2048-g1"
}

# Backups outlast the loss of the region.
resource "aws_db_instance_automated_backups_replication" "this" {
  region                 = var.copies.region
  source_db_instance_arn = aws_db_instance.this.arn
  kms_key_id             = var.copies.key_arn
  retention_period       = var.backup_days
}
