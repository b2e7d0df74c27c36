resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  snapshot_identifier = "orders-2024" # expect: unknown encryption.at_rest
}
