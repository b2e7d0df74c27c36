resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  storage_encrypted   = true
}

resource "aws_db_instance" "replica" {
  identifier          = "orders-read"
  replicate_source_db = aws_db_instance.orders.identifier
}

resource "aws_rds_cluster" "ledger" {
  cluster_identifier = "ledger"
  engine             = "aurora-postgresql"
}
