variable "guarded" {}

resource "aws_lb" "web" { # expect: unknown waf
  name = "web"
}

resource "aws_wafv2_web_acl_association" "one" {
  resource_arn = var.guarded
  web_acl_arn  = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/web/1"
}
