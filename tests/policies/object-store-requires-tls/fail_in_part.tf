resource "aws_s3_bucket" "albums" {
  bucket = "example-albums"
}

# What is listed, and all that is not below the prefix, is still answered in the clear.
resource "aws_s3_bucket_policy" "albums" {
  bucket = aws_s3_bucket.albums.id
  policy = jsonencode({
    Statement = [
      { # expect: fail tls.required
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["${aws_s3_bucket.albums.arn}/private/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
