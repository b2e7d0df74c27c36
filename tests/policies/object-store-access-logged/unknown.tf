variable "chosen" {
  type = string
}

resource "aws_s3_bucket" "orders" {
  bucket = "example-orders"
}

resource "aws_s3_bucket_logging" "orders" {
  bucket        = aws_s3_bucket.orders.id
  target_bucket = var.chosen # expect: unknown access_logged
  target_prefix = "orders/"
}
