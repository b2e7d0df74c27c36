resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "kms:Decrypt"]
        Resource = ["arn:aws:s3:::orders/*", "arn:aws:kms:eu-west-1:123456789012:key/1"]
      }
    ]
  })
}

# What cannot be limited, or does no harm.
resource "aws_iam_policy" "look" {
  name   = "look"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["ec2:DescribeInstances", "ecr:GetAuthorizationToken"]
        Resource = "*"
      }
    ]
  })
}

# Tags say which instances.
resource "aws_iam_policy" "tagged" {
  name = "tagged"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "ec2:TerminateInstances"
      Resource  = "*"
      Condition = { StringEquals = { "aws:ResourceTag/team" = "web" } }
    }]
  })
}
