resource "aws_db_snapshot" "orders" {
  db_instance_identifier = "orders"
  db_snapshot_identifier = "orders-before-upgrade"
  shared_accounts        = ["123456789012"]
}

resource "aws_ebs_snapshot" "data" {
  volume_id = "vol-0123456789abcdef0"
}

resource "aws_snapshot_create_volume_permission" "data" {
  snapshot_id = aws_ebs_snapshot.data.id
  account_id  = "123456789012"
}
