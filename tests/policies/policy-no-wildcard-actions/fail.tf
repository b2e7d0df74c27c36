resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: fail wildcard_actions
        Effect   = "Allow"
        Action   = ["s3:*"]
        Resource = "arn:aws:s3:::orders/*"
      }
    ]
  })
}

data "aws_iam_policy_document" "work" {
  statement { # expect: fail wildcard_actions
    actions   = ["sqs:SendMessage", "dynamodb:*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "work" {
  name   = "work"
  role   = "worker"
  policy = data.aws_iam_policy_document.work.json
}

data "aws_iam_policy_document" "rest" {
  statement { # expect: fail wildcard_actions
    not_actions   = ["iam:CreateUser"]
    not_resources = ["arn:aws:s3:::ledger/*"]
  }
}

resource "aws_iam_role_policy" "rest" {
  name   = "rest"
  role   = "worker"
  policy = data.aws_iam_policy_document.rest.json
}
