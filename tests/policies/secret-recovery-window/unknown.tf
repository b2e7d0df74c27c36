variable "days" {
  type = number
}

resource "aws_secretsmanager_secret" "orders" {
  name                    = "orders"
  recovery_window_in_days = var.days # expect: unknown recovery_window_days
}
