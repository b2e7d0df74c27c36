resource "aws_elasticache_replication_group" "new" {
  replication_group_id = "new"
  description          = "new"
  engine               = "valkey"
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id = "pages"
  engine     = "memcached"
}
