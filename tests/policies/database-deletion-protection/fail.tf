resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  deletion_protection = false # expect: fail deletion_protection
}

resource "aws_db_instance" "silent" { # expect: fail deletion_protection
  identifier = "silent"
  engine     = "mysql"
}
