variable "days" {
  type = number
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  backup_retention_period = var.days # expect: unknown backup.enabled, unknown backup.retention_days
}
