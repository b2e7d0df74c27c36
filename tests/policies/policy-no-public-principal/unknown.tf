variable "who" {}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.url
  policy = jsonencode({
    Statement = [
      { # expect: unknown public_principal
        Effect    = "Allow"
        Principal = { AWS = var.who }
        Action    = "sqs:SendMessage"
        Resource  = "*"
      }
    ]
  })
}
