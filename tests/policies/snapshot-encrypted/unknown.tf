resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "made-elsewhere" # expect: unknown encryption.at_rest
  db_snapshot_identifier = "orders-before-upgrade"
}
