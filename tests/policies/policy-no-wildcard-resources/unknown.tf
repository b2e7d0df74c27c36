variable "target" {}

resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: unknown sensitive_actions
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = var.target
      }
    ]
  })
}
