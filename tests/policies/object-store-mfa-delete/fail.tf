resource "aws_s3_bucket" "orders" { # expect: fail mfa_delete
  bucket = "example-orders"
}

resource "aws_s3_bucket" "old" {
  bucket = "example-old"
}

resource "aws_s3_bucket_versioning" "old" {
  bucket = aws_s3_bucket.old.id
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = "Disabled" # expect: fail mfa_delete
  }
}
