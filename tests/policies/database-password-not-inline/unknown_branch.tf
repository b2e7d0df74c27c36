variable "production" {
  type = bool
}

variable "password" {
  type      = string
  sensitive = true
}

# Which of the two it is only the variable tells, and one of them is written down.
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.t4g.micro"
  username       = "orders"
  password       = var.production ? var.password : "not-a-good-one" # expect: unknown inline_secrets
}

resource "aws_rds_cluster" "orders" {
  engine          = "aurora-postgresql"
  master_username = "orders"
  master_password = coalesce(var.password, "not-a-good-one") # expect: unknown inline_secrets
}
