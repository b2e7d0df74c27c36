resource "aws_elasticache_replication_group" "sessions" { # expect: fail encryption.customer_managed_key
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = true
}
