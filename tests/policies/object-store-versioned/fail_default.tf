resource "aws_s3_bucket" "orders" { # expect: fail versioning
  bucket = "example-orders"
}
