resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = true
  auth_token                 = "Winter-2024-cache-token" # expect: fail inline_secrets
}
