variable "chosen" {
  type = string
}

resource "aws_cloudtrail" "account" {
  name           = "account"
  s3_bucket_name = "example-trail"
  kms_key_id = var.chosen # expect: unknown encryption.customer_managed_key
}
