resource "aws_lb" "web" { # expect: fail waf
  name = "web"
}
