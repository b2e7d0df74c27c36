resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  backup_retention_period = 3 # expect: fail backup.retention_days
}

resource "aws_db_instance" "silent" { # expect: fail backup.enabled, fail backup.retention_days
  identifier = "silent"
  engine     = "mysql"
}

resource "aws_rds_cluster" "ledger" { # expect: fail backup.retention_days
  cluster_identifier = "ledger"
  engine             = "aurora-postgresql"
}
