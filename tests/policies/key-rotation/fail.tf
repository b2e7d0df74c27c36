resource "aws_kms_key" "data" {
  enable_key_rotation = false # expect: fail rotation
}

resource "aws_kms_key" "silent" { # expect: fail rotation
  description = "silent"
}
