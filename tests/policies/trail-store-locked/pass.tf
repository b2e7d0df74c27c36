resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = aws_s3_bucket.trail.id
}

resource "aws_s3_bucket" "trail" {
  bucket = "example-trail"
  object_lock_enabled = true
}

resource "aws_s3_bucket" "other" {
  bucket = "example-other"
}
