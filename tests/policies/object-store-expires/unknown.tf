variable "value" {}

resource "aws_s3_bucket" "orders" {
  bucket = "example-orders"
}

resource "aws_s3_bucket_lifecycle_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id
  rule {
    id     = "end"
    status = "Enabled"
    filter {}
    expiration {
      days = var.value # expect: unknown lifecycle_days
    }
  }
}
