resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  storage_encrypted = false # expect: fail encryption.at_rest
}

resource "aws_db_snapshot" "orders" {
  db_instance_identifier = aws_db_instance.orders.identifier
  db_snapshot_identifier = "orders-before-upgrade"
}

resource "aws_ebs_snapshot_copy" "data" { # expect: fail encryption.at_rest
  source_snapshot_id = "snap-0123456789abcdef0"
  source_region      = "eu-west-1"
}
