resource "aws_kms_key" "data" {
  deletion_window_in_days = 7 # expect: fail deletion_window_days
}
