variable "key" {}

resource "aws_acm_certificate" "imported" {
  certificate_body = "-----BEGIN CERTIFICATE-----\n(not in this example)" # expect: fail auto_renew
  private_key      = var.key
}

resource "aws_acm_certificate" "by_mail" {
  domain_name       = "shop.example"
  validation_method = "EMAIL" # expect: fail auto_renew
}

resource "aws_iam_server_certificate" "old" { # expect: fail auto_renew
  name             = "old"
  certificate_body = "-----BEGIN CERTIFICATE-----\n(not in this example)"
  private_key      = var.key
}
