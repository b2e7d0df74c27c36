variable "value" {}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  sqs_managed_sse_enabled = true
  kms_master_key_id = var.value # expect: unknown encryption.customer_managed_key
}
