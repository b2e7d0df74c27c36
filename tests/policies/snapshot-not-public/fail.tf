resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-upgrade"
  shared_accounts        = ["all"] # expect: fail network.public
}
