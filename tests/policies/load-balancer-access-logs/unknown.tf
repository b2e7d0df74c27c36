variable "logged" {}

resource "aws_lb" "web" {
  name = "web"
  access_logs {
    bucket  = "logs"
    enabled = var.logged # expect: unknown logs.enabled
  }
}
