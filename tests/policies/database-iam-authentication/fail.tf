resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  iam_database_authentication_enabled = false # expect: fail auth.iam
}

resource "aws_db_instance" "silent" { # expect: fail auth.iam
  identifier = "silent"
  engine     = "mysql"
}
