resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "mysql"
  instance_class = "db.t3.medium"
  engine_version = "8.4.3"
}
