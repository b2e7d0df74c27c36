resource "aws_elasticache_cluster" "sessions" { # expect: fail encryption.at_rest
  cluster_id = "sessions"
  engine     = "redis"
}
