resource "aws_iam_policy" "pass" {
  name   = "pass"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: fail escalation_paths
        Effect   = "Allow"
        Action   = ["iam:PassRole", "ec2:RunInstances"]
        Resource = "*"
      }
    ]
  })
}

data "aws_iam_policy_document" "work" {
  statement { # expect: fail escalation_paths
    actions   = ["iam:Put*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "work" {
  name   = "work"
  role   = "helper"
  policy = data.aws_iam_policy_document.work.json
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
  managed_policy_arns = ["arn:aws:iam::aws:policy/IAMFullAccess"] # expect: fail escalation_paths
}
