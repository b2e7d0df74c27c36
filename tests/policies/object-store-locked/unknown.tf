variable "value" {}

resource "aws_s3_bucket" "orders" {
  object_lock_enabled = var.value # expect: unknown object_lock
  bucket = "example-orders"
}
