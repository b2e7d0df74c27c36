resource "aws_kms_key" "data" {
  enable_key_rotation = true
}

resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  kms_key_id = aws_kms_key.data.arn
}
