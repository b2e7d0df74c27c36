resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.url
  policy = jsonencode({
    Statement = [
      { # expect: fail public_principal
        Effect    = "Allow"
        Principal = "*"
        Action    = "sqs:SendMessage"
        Resource  = "*"
      }
    ]
  })
}

resource "aws_lambda_permission" "all" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*" # expect: fail public_principal
}
