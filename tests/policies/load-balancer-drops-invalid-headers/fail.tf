resource "aws_lb" "web" {
  name                       = "web"
  drop_invalid_header_fields = false # expect: fail drop_invalid_headers
}

resource "aws_lb" "unsaid" { # expect: fail drop_invalid_headers
  name = "unsaid"
}
