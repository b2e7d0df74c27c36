resource "aws_sqs_queue" "orders" { # expect: fail encryption.customer_managed_key
  name = "orders"
}
