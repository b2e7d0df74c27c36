resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"

  parameter {
    name  = "idle_session_timeout"
    value = "0" # expect: fail session.idle_minutes
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  engine_version       = "16"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_db_instance" "plain" { # expect: fail session.idle_minutes
  identifier = "plain"
  engine     = "postgres"
}
