resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  manage_master_user_password = true
}

resource "random_password" "shop" {
  length = 32
}

resource "aws_db_instance" "shop" {
  identifier = "shop"
  engine     = "mysql"
  password   = random_password.shop.result
}
