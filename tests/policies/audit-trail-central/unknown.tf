variable "chosen" {
  type = string
}

resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  cloud_watch_logs_group_arn = var.chosen # expect: unknown logs.central
}
