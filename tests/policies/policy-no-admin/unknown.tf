variable "target" {}
variable "attached" {}

resource "aws_iam_policy" "work" {
  name   = "work"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # expect: unknown admin
        Effect   = "Allow"
        Action   = "*"
        Resource = var.target
      }
    ]
  })
}

resource "aws_iam_role" "worker" {
  name               = "worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "worker" {
  role       = aws_iam_role.worker.name
  policy_arn = var.attached # expect: unknown admin, unknown admin
}

variable "all" {}
variable "bucket" {}

# What one branch of a choice would be is not what it comes to.
resource "aws_iam_policy" "either" {
  name = "either"
  policy = jsonencode({
    Statement = [
      { # expect: unknown admin
        Effect   = "Allow"
        Action   = "*"
        Resource = var.all ? "*" : "arn:aws:s3:::${var.bucket}/*"
      }
    ]
  })
}
