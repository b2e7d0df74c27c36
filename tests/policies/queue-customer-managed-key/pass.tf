resource "aws_kms_key" "data" {}

resource "aws_sqs_queue" "orders" {
  name = "orders"
  kms_master_key_id = aws_kms_key.data.arn
}
