resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example"
  validation_method = "DNS"
}

resource "aws_acm_certificate" "inside" {
  domain_name               = "db.shop.internal"
  certificate_authority_arn = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/a"
}
