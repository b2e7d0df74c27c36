variable "who" {}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({
    Statement = [
      { # expect: unknown public_principal
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = var.who }
      }
    ]
  })
}

variable "repositories" {}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

# Whose token it must be is not known.
resource "aws_iam_role" "release" {
  name = "release"
  assume_role_policy = jsonencode({
    Statement = [
      { # expect: unknown public_principal
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
        Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = var.repositories } }
      }
    ]
  })
}

variable "open" {}

# What one branch of a choice would be is not what it comes to.
resource "aws_iam_role" "either" {
  name = "either"
  assume_role_policy = jsonencode({
    Statement = [
      { # expect: unknown public_principal
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = var.open ? "*" : "arn:aws:iam::${var.who}:root" }
      }
    ]
  })
}
