resource "aws_cloudtrail" "plain" { # expect: fail audit.events
  name           = "plain"
  s3_bucket_name = "trail"
}
