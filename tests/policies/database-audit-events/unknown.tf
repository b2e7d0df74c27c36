variable "value" {}

resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t3.medium"
  enabled_cloudwatch_logs_exports = var.value # expect: unknown audit.events
}
