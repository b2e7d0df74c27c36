resource "aws_elasticache_replication_group" "sessions" { # expect: fail auth.required
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
}
