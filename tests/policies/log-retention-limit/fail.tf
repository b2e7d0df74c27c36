resource "aws_cloudwatch_log_group" "app" { # expect: fail logs.retention_days
  name = "app"
}

resource "aws_cloudwatch_log_group" "old" {
  name = "old"
  retention_in_days = 3653 # expect: fail logs.retention_days
}
