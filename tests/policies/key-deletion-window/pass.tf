resource "aws_kms_key" "data" {
  deletion_window_in_days = 30
}

resource "aws_kms_key" "silent" {
  description = "silent"
}
