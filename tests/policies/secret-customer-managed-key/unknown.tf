variable "key" {
  type = string
}

resource "aws_secretsmanager_secret" "orders" {
  name       = "orders"
  kms_key_id = var.key # expect: unknown encryption.customer_managed_key
}
