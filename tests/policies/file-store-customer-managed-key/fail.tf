resource "aws_efs_file_system" "files" { # expect: fail encryption.customer_managed_key
  creation_token = "files"
  encrypted      = true
}
