variable "who" {}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({
    Statement = [
      { # expect: unknown public_principal
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = var.who }
      }
    ]
  })
}
