resource "aws_kms_key" "data" {
  enable_key_rotation = true
  rotation_period_in_days = 180
}

resource "aws_kms_key" "unset" {
  enable_key_rotation = true
}
