resource "aws_s3_bucket" "orders" {
  object_lock_enabled = true
  bucket = "example-orders"
}
