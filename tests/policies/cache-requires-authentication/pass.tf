resource "random_password" "sessions" {
  length = 64
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  auth_token                 = random_password.sessions.result
}

resource "aws_elasticache_replication_group" "users" {
  replication_group_id = "users"
  description          = "users"
  user_group_ids       = ["sessions"]
}
