resource "aws_cloudtrail" "off" {
  name           = "off"
  s3_bucket_name = "example-trail"
  enable_logging = false # expect: fail audit.enabled
}

resource "aws_cloudtrail" "data_only" {
  name           = "data"
  s3_bucket_name = "example-trail"

  event_selector { # expect: fail audit.events
    include_management_events = false

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
