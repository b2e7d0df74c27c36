variable "days" {
  type = number
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/app"
  retention_in_days = var.days # expect: unknown logs.retention_days
}
