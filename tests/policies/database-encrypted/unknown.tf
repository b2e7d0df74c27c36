variable "chosen" {
  type = bool
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  storage_encrypted = var.chosen # expect: unknown encryption.at_rest
}
