variable "chosen" {
  type = number
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  node_type                  = "cache.t4g.small"
  snapshot_retention_limit = var.chosen # expect: unknown backup.enabled, unknown backup.retention_days
}
