resource "aws_s3_bucket" "orders" {
  tags = { "owner" = "shop" }
  bucket = "example-orders"
}
