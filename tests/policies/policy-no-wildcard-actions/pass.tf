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
