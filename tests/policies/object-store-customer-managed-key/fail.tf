resource "aws_s3_bucket" "silent" { # expect: fail encryption.customer_managed_key
  bucket = "example-silent"
}

resource "aws_s3_bucket" "orders" {
  bucket = "example-orders"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "orders" {
  bucket = aws_s3_bucket.orders.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/aws/s3" # expect: fail encryption.customer_managed_key
    }
  }
}
