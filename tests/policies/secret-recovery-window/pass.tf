resource "aws_secretsmanager_secret" "orders" {
  name                    = "orders"
  recovery_window_in_days = 14
}

resource "aws_secretsmanager_secret" "silent" {
  name = "silent"
}
