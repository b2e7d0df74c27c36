resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}

resource "aws_s3_bucket" "trail" { # expect: fail access_logged
  bucket = "example-trail"
}

resource "aws_s3_bucket" "other" {
  bucket = "example-other"
}
