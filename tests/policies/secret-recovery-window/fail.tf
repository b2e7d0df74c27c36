resource "aws_secretsmanager_secret" "orders" {
  name                    = "orders"
  recovery_window_in_days = 0 # expect: fail recovery_window_days
}
