variable "strict" {}

resource "aws_lb" "web" {
  name                       = "web"
  drop_invalid_header_fields = var.strict # expect: unknown drop_invalid_headers
}
