variable "actions" {}

resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: unknown wildcard_actions
        Effect   = "Allow"
        Action   = var.actions
        Resource = "*"
      }
    ]
  })
}
