variable "value" {}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 40
  encrypted         = true
  kms_key_id        = var.value # expect: unknown encryption.customer_managed_key
}
