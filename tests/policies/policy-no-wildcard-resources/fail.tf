resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: fail sensitive_actions
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = "*"
      }
    ]
  })
}

data "aws_iam_policy_document" "work" {
  statement { # expect: fail sensitive_actions
    actions   = ["s3:Get*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "work" {
  name   = "work"
  role   = "worker"
  policy = data.aws_iam_policy_document.work.json
}
