resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres14"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  engine_version       = "14.12"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_db_instance" "new" {
  identifier     = "new"
  engine         = "postgres"
  engine_version = "16.4"
}
