variable "value" {}

resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "mariadb"
  instance_class = "db.t3.medium"
  engine_version = var.value # expect: unknown version
}
