resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  enable_log_file_validation = false # expect: fail validated
}

resource "aws_cloudtrail" "silent" { # expect: fail validated
  name           = "silent"
  s3_bucket_name = "example-trail"
}
