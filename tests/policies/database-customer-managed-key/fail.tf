data "aws_kms_alias" "rds" {
  name = "alias/aws/rds"
}

resource "aws_db_instance" "orders" {
  identifier        = "orders"
  engine            = "postgres"
  storage_encrypted = true
  kms_key_id        = data.aws_kms_alias.rds.target_key_arn # expect: fail encryption.customer_managed_key
}

resource "aws_db_instance" "silent" { # expect: fail encryption.customer_managed_key
  identifier        = "silent"
  engine            = "mysql"
  storage_encrypted = true
}
