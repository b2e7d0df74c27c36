variable "chosen" {
  type = bool
}

resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  enable_logging = var.chosen # expect: unknown audit.enabled
}
