variable "chosen" {
  type = bool
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  multi_az = var.chosen # expect: unknown ha.multi_zone
}
