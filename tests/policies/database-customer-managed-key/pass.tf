resource "aws_kms_key" "data" {
  enable_key_rotation = true
}

resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.data.arn
}
