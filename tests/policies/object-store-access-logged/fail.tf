resource "aws_s3_bucket" "orders" { # expect: fail access_logged
  bucket = "example-orders"
}
