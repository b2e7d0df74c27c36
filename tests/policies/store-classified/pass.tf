resource "aws_s3_bucket" "orders" {
  tags = { "data-class" = "shop" }
  bucket = "example-orders"
}
