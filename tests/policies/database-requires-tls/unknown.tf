resource "aws_db_instance" "orders" { # expect: unknown tls.required
  identifier = "orders"
  engine     = "postgres"
}

resource "aws_db_instance" "shop" {
  identifier           = "shop"
  engine               = "mysql"
  engine_version       = "8.0"
  parameter_group_name = "made-by-hand" # expect: unknown tls.required
}
