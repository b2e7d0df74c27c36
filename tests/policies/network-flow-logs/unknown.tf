variable "network" {}

resource "aws_vpc" "main" { # expect: unknown flow_logs
  cidr_block = "10.0.0.0/16"
}

resource "aws_flow_log" "one" {
  vpc_id          = var.network
  traffic_type    = "ALL"
  log_destination = "arn:aws:s3:::flow-logs"
}
