resource "aws_cloudwatch_log_group" "app" {
  name              = "/app"
  retention_in_days = 400
}

resource "aws_cloudwatch_log_group" "kept" {
  name              = "/kept"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "silent" {
  name = "/silent"
}
