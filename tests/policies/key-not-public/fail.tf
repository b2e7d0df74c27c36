resource "aws_kms_key" "data" {
  policy = jsonencode({ # expect: fail policy.public
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}
