resource "aws_s3_bucket" "orders" { # expect: fail lifecycle_days
  bucket = "example-orders"
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
}

resource "aws_s3_bucket_lifecycle_configuration" "old" {
  bucket = aws_s3_bucket.old.id
  rule {
    id     = "end"
    status = "Enabled"
    filter {}
    expiration {
      days = 4000 # expect: fail lifecycle_days
    }
  }
}
