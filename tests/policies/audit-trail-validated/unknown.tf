variable "chosen" {
  type = bool
}

resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  enable_log_file_validation = var.chosen # expect: unknown validated
}
