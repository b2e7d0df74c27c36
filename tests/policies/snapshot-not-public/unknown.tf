variable "accounts" {
  type = list(string)
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-upgrade"
  shared_accounts        = var.accounts # expect: unknown network.public
}
