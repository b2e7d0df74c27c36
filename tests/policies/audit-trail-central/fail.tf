resource "aws_cloudtrail" "silent" { # expect: fail logs.central
  name           = "silent"
  s3_bucket_name = "example-trail"
}
