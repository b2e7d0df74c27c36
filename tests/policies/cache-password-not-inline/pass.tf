data "aws_secretsmanager_secret_version" "token" {
  secret_id = "cache"
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = true
  auth_token                 = data.aws_secretsmanager_secret_version.token.secret_string
}
