variable "value" {}

resource "aws_efs_file_system" "files" {
  creation_token = "files"
  encrypted      = true
  kms_key_id     = var.value # expect: unknown encryption.customer_managed_key
}
