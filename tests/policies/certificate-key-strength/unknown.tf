variable "key" {}

locals {
  good_pem = <<PEM
-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUFxC9q1mMi/nMoqM3qDPjBvY8vzowCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMc2hvcC5leGFtcGxlMCAXDTI2MTEzMDA1NTEwMVoYDzIxMjYx
MTA2MDU1MTAxWjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAATjjfV0gAzD6G+SntPAUC4EwzbOtbtBFVdYKLBHaBwrVwfA
wXYCoucZ0JPgrgedKsNjggUwMz22rooHnmitbKBvo1MwUTAdBgNVHQ4EFgQUDCZ+
Xd8OrBDmjvnHtDWVtLI1nd0wHwYDVR0jBBgwFoAUDCZ+Xd8OrBDmjvnHtDWVtLI1
nd0wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAq1Gs8BooAlAl
OKuzyRBjHEVL1OGIYxmZVjlMlRvdzOYCID1hkvUvpHKWyhnHGhqS4hYaimSwQubA
USEWmPkQwDFZ
-----END CERTIFICATE-----
PEM
}

variable "algorithm" {}

resource "aws_acm_certificate" "web" {
  domain_name       = "shop.example"
  validation_method = "DNS"
  key_algorithm     = var.algorithm # expect: unknown key_strength_bits
}

resource "aws_acm_certificate" "imported" {
  certificate_body = local.good_pem # expect: unknown key_strength_bits
  private_key      = var.key
}
