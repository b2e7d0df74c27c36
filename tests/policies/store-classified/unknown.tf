variable "value" {}

resource "aws_s3_bucket" "orders" {
  tags = var.value # expect: unknown tags
  bucket = "example-orders"
}
