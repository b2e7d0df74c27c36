variable "value" {}

resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t3.medium"
  auto_minor_version_upgrade = var.value # expect: unknown auto_minor_upgrade
}
