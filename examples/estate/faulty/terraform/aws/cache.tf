resource "aws_elasticache_subnet_group" "data" {
  name       = "${local.name}-data"
  subnet_ids = aws_subnet.data[*].id
}

# Sessions, rate limits and query results.
resource "aws_elasticache_replication_group" "sessions" { # planted: cache-multi-zone, cache-requires-authentication
  replication_group_id       = "${local.name}-sessions"
  description                = "Sessions and rate limits"
  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = "cache.r6g.large"
  num_cache_clusters         = 3
  automatic_failover_enabled = false # planted: cache-failover
  subnet_group_name          = aws_elasticache_subnet_group.data.name
  security_group_ids         = [aws_security_group.data.id]
  at_rest_encryption_enabled = false # planted: cache-encrypted
  transit_encryption_enabled = false # planted: cache-requires-tls
  snapshot_retention_limit   = 0 # planted: cache-backup-retention
  snapshot_window            = "02:00-03:00"
  auto_minor_version_upgrade = true

  log_delivery_configuration {
    destination      = aws_cloudwatch_log_group.cache.name
    destination_type = "cloudwatch-logs"
    log_format       = "json"
    log_type         = "slow-log"
  }
}
