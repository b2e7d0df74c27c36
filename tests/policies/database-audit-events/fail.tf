resource "aws_db_instance" "orders" { # expect: fail audit.events
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t3.medium"
}

resource "aws_db_instance" "upgrades" {
  identifier     = "upgrades"
  engine         = "postgres"
  instance_class = "db.t3.medium"
  enabled_cloudwatch_logs_exports = ["upgrade"] # expect: fail audit.events
}
