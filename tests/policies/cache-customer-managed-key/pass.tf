resource "aws_kms_key" "data" {}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = true
  kms_key_id                 = aws_kms_key.data.arn
}
