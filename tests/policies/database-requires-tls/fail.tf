resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"

  parameter {
    name  = "rds.force_ssl"
    value = "0" # expect: fail tls.required
  }
}

resource "aws_db_instance" "orders" {
  identifier           = "orders"
  engine               = "postgres"
  engine_version       = "16.4"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_db_instance" "shop" { # expect: fail tls.required
  identifier = "shop"
  engine     = "mysql"
}
