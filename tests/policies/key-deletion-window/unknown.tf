variable "days" {
  type = number
}

resource "aws_kms_key" "data" {
  deletion_window_in_days = var.days # expect: unknown deletion_window_days
}
