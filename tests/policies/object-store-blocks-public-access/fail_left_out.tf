resource "aws_s3_bucket" "orders" {
  bucket = "example-orders"
}

resource "aws_s3_bucket_public_access_block" "orders" { # expect: fail public_access_blocked
  bucket = aws_s3_bucket.orders.id
  block_public_acls  = true
  ignore_public_acls = true
}
