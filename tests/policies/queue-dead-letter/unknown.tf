variable "value" {}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  redrive_policy = var.value # expect: unknown dead_letter
}
