resource "aws_secretsmanager_secret" "orders" { # expect: fail encryption.customer_managed_key
  name = "orders"
}
