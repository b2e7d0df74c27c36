resource "aws_efs_file_system" "shared" {
  encrypted = false # expect: fail encryption.at_rest
}

resource "aws_efs_file_system" "silent" { # expect: fail encryption.at_rest
  creation_token = "silent"
}
