resource "aws_kms_key" "data" {
  policy = jsonencode({
    Statement = [{ # expect: fail policy.public
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
