variable "value" {}

resource "aws_ebs_snapshot_copy" "data" {
  source_snapshot_id = "snap-1"
  source_region      = "eu-west-1"
  encrypted          = true
  kms_key_id         = var.value # expect: unknown encryption.customer_managed_key
}
