resource "aws_db_parameter_group" "half" {
  name   = "half"
  family = "postgres16"

  parameter {
    name  = "log_connections"
    value = "1"
  }

  parameter {
    name  = "log_disconnections"
    value = "0" # expect: fail logs.sessions
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  engine_version       = "16.4"
  parameter_group_name = aws_db_parameter_group.half.name
}

resource "aws_db_instance" "silent" { # expect: fail logs.sessions
  identifier     = "silent"
  engine         = "postgres"
  engine_version = "16.4"
}
