resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  backup_retention_period = 14
}

resource "aws_db_instance" "replica" {
  identifier          = "orders-read"
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.m7g.large"
}
