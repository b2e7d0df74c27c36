resource "aws_sqs_queue" "orders" { # expect: fail dead_letter
  name = "orders"
}
