variable "actions" {}

resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({ # expect: unknown escalation_paths
    Version = "2012-10-17"
    Statement = [
      { # expect: unknown admin
        Effect   = "Allow"
        Action   = var.actions
        Resource = "*"
      }
    ]
  })
}
