variable "chosen" {
  type = string
}

resource "aws_s3_bucket" "orders" { # expect: unknown versioning
  bucket = "example-orders"
}

resource "aws_s3_bucket_versioning" "orders" {
  bucket = var.chosen

  versioning_configuration {
    status = "Enabled"
  }
}
