resource "aws_s3_bucket" "silent" { # expect: fail tls.required
  bucket = "example-silent"
}

resource "aws_s3_bucket" "orders" {
  bucket = "example-orders"
}

resource "aws_s3_bucket_policy" "orders" {
  bucket = aws_s3_bucket.orders.id

  policy = jsonencode({ # expect: fail tls.required
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:root" }
      Action    = "s3:GetObject"
      Resource  = "*"
    }]
  })
}
