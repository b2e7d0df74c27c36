resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["iam:PassRole", "ec2:RunInstances"]
        Resource = ["arn:aws:iam::123456789012:role/web", "arn:aws:ec2:*:*:instance/*"]
      }
    ]
  })
}

resource "aws_iam_policy" "denied" {
  name   = "denied"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["iam:CreateAccessKey"]
        Resource = "arn:aws:iam::123456789012:user/$${aws:username}"
      }
    ]
  })
}
