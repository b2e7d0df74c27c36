variable "vendor" {}

resource "aws_iam_role" "vendor" {
  name               = "vendor"
  assume_role_policy = jsonencode({ # expect: unknown trusted_accounts
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = var.vendor }
    }]
  })
}
