variable "key" {
  type = string
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  storage_encrypted   = true
  kms_key_id          = var.key # expect: unknown encryption.customer_managed_key
}
