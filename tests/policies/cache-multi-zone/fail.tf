resource "aws_elasticache_replication_group" "sessions" { # expect: fail ha.multi_zone
  replication_group_id       = "sessions"
  description                = "sessions"
  engine                     = "redis"
  at_rest_encryption_enabled = true
}

resource "aws_elasticache_replication_group" "off" {
  replication_group_id       = "off"
  description                = "off"
  engine                     = "redis"
  at_rest_encryption_enabled = true
  multi_az_enabled           = false # expect: fail ha.multi_zone
}
