resource "aws_cloudtrail" "all" {
  name           = "all"
  s3_bucket_name = "trail"
  event_selector {
    read_write_type           = "All"
    include_management_events = true

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }
}
