variable "policy" {
  type = string
}

resource "aws_kms_key" "data" {
  policy = var.policy # expect: unknown policy.public
}
