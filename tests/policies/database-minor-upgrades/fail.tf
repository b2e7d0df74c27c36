resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.t3.medium"
  auto_minor_version_upgrade = false # expect: fail auto_minor_upgrade
}
