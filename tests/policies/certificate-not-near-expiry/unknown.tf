variable "key" {}

resource "aws_acm_certificate" "imported" { # expect: unknown days_left
  certificate_body = "-----BEGIN CERTIFICATE-----\n(not in this example)"
  private_key      = var.key
}

resource "aws_acm_certificate" "issued" {
  domain_name       = "shop.example"
  validation_method = "DNS"
}
