resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:List*"]
        Resource = "*"
      }
    ]
  })
}

data "aws_iam_policy_document" "narrow" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = ["arn:aws:sqs:eu-west-1:111122223333:orders"]
  }
}

resource "aws_iam_role_policy" "narrow" {
  name   = "narrow"
  role   = "worker"
  policy = data.aws_iam_policy_document.narrow.json
}
