variable "method" {}

resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example"
  validation_method = var.method # expect: unknown auto_renew
}
