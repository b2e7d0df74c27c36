resource "aws_ebs_snapshot_copy" "data" { # expect: fail encryption.customer_managed_key
  source_snapshot_id = "snap-1"
  source_region      = "eu-west-1"
  encrypted          = true
}
