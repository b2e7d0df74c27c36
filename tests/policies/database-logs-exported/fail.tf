resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  enabled_cloudwatch_logs_exports = [] # expect: fail logs.enabled
}

resource "aws_db_instance" "silent" { # expect: fail logs.enabled
  identifier = "silent"
  engine     = "mysql"
}
