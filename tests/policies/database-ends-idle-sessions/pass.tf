resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"

  parameter {
    name  = "idle_session_timeout"
    value = "900000"
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  engine_version       = "16"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_db_instance" "other" {
  identifier = "other"
  engine     = "oracle-se2"
}
