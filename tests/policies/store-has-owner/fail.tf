resource "aws_s3_bucket" "orders" { # expect: fail tags
  bucket = "example-orders"
}

resource "aws_s3_bucket" "other" {
  tags = { name = "other" } # expect: fail tags
  bucket = "example-other"
}
