variable "value" {}

resource "aws_cloudwatch_log_group" "app" {
  name = "app"
  retention_in_days = var.value # expect: unknown logs.retention_days
}
