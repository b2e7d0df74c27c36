resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  backup_retention_period = 14
}

resource "aws_db_instance_automated_backups_replication" "orders" {
  source_db_instance_arn = aws_db_instance.orders.arn
}

# Its data are its source's, and so are the backups that count.
resource "aws_db_instance" "reader" {
  identifier          = "orders-reader"
  replicate_source_db = aws_db_instance.orders.identifier
}
