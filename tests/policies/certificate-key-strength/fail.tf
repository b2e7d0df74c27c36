variable "key" {}

locals {
  short_pem = <<PEM
-----BEGIN CERTIFICATE-----
MIICDDCCAXWgAwIBAgIUKrKYUCv+Zjinssmgd2/n3P4RfcgwDQYJKoZIhvcNAQEL
BQAwFzEVMBMGA1UEAwwMc2hvcC5leGFtcGxlMCAXDTI2MTEzMDA1NTEwMFoYDzIx
MjYxMTA2MDU1MTAwWjAXMRUwEwYDVQQDDAxzaG9wLmV4YW1wbGUwgZ8wDQYJKoZI
hvcNAQEBBQADgY0AMIGJAoGBAMr0kEeiEJB5VObVEuYwhFMbIzAi9MeD8znoFvDj
KBQNP5Qp4l67S815l8mgULNMh8pe0k0UjrAaGCXuIwbfmldL7SAJwCzLSY8+wiMn
wa6QzKS23jZiZqB9ubwJFwrIJRQNukguPpO3pWB6oAEZzKniQvqniNnwPbmiwRF0
THaNAgMBAAGjUzBRMB0GA1UdDgQWBBQI6MajDOTzo+5LFcUgehQDeH7r0DAfBgNV
HSMEGDAWgBQI6MajDOTzo+5LFcUgehQDeH7r0DAPBgNVHRMBAf8EBTADAQH/MA0G
CSqGSIb3DQEBCwUAA4GBAMqzmCL2buoVnWg60lXeYKyQpgEKoFLCuF1byGSeC1XJ
PmvjrnTcgUVWguhLKJRFBEsmDdQUp/VM975AuCgjxrLds72YLTuY+vi5zLsZB9Ow
Usddf1dm/EuVryTP9xkhB7ffD5LcWR64uI68gkW/HMcgpmhuYIrLHVdRTGaoHU9E
-----END CERTIFICATE-----
PEM
}

resource "aws_acm_certificate" "short" {
  domain_name       = "shop.example"
  validation_method = "DNS"
  key_algorithm     = "RSA_1024" # expect: fail key_strength_bits
}

resource "aws_iam_server_certificate" "short" {
  name             = "short"
  certificate_body = local.short_pem # expect: fail key_strength_bits
  private_key      = var.key
}
