resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  is_multi_region_trail = false # expect: fail multi_region
}

resource "aws_cloudtrail" "silent" { # expect: fail multi_region
  name           = "silent"
  s3_bucket_name = "example-trail"
}
