resource "aws_vpc" "main" { # expect: fail flow_logs
  cidr_block = "10.0.0.0/16"
}
