resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t3.medium"
  auto_minor_version_upgrade = true
}

resource "aws_db_instance" "unset" {
  identifier     = "unset"
  engine         = "postgres"
  instance_class = "db.t3.medium"
}
