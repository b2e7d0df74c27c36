resource "aws_iam_role" "vendor" {
  name               = "vendor"
  assume_role_policy = jsonencode({ # expect: fail trusted_accounts
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Condition = { StringEquals = { "sts:ExternalId" = "b1" } }
    }]
  })
}
