resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = false # expect: fail tls.required
}

resource "aws_elasticache_replication_group" "silent" { # expect: fail tls.required
  replication_group_id = "silent"
  description          = "silent"
}
