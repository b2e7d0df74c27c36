resource "aws_sqs_queue" "jobs" {
  name                    = "jobs"
  sqs_managed_sse_enabled = false # expect: fail encryption.at_rest
}

resource "aws_sns_topic" "alarms" { # expect: fail encryption.at_rest
  name = "alarms"
}
