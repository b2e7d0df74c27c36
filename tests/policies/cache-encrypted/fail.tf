resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  at_rest_encryption_enabled = false # expect: fail encryption.at_rest
}

resource "aws_elasticache_replication_group" "silent" { # expect: fail encryption.at_rest
  replication_group_id = "silent"
  description          = "silent"
}
