resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}

resource "aws_s3_bucket" "trail" { # expect: fail object_lock
  bucket = "example-trail"
}

resource "aws_s3_bucket" "other" {
  bucket = "example-other"
}
