resource "aws_s3_bucket" "orders" { # expect: fail object_lock
  bucket = "example-orders"
}

resource "aws_s3_bucket" "old" {
  object_lock_enabled = false # expect: fail object_lock
  bucket = "example-old"
}
