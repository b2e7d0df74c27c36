variable "production" {
  type = bool
}

variable "password" {
  type      = string
  sensitive = true
}

# Neither of the two is a secret that stands here.
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.t4g.micro"
  username       = "orders"
  password       = var.production ? var.password : "op://vault/orders/password"
}
