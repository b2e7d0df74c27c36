variable "keep" {}

resource "aws_lb" "web" {
  name                       = "web"
  enable_deletion_protection = var.keep # expect: unknown deletion_protection
}
