resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  storage_encrypted = false # expect: fail encryption.at_rest
}

resource "aws_db_instance" "silent" { # expect: fail encryption.at_rest
  identifier = "silent"
  engine     = "mysql"
}
