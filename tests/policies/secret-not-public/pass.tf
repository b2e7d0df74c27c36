resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_policy" "orders" {
  secret_arn = aws_secretsmanager_secret.orders.arn
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/orders" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}
