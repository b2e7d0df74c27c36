resource "aws_cloudtrail" "silent" { # expect: fail encryption.customer_managed_key
  name           = "silent"
  s3_bucket_name = "example-trail"
}
