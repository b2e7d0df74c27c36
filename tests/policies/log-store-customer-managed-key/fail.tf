resource "aws_cloudwatch_log_group" "app" { # expect: fail encryption.customer_managed_key
  name = "/app"
}
