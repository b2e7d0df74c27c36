variable "policy" {
  type = string
}

resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy     = var.policy # expect: unknown policy.public
}
