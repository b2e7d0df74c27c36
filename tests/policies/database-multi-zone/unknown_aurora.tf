resource "aws_rds_cluster" "ledger" { # expect: unknown ha.multi_zone
  cluster_identifier = "ledger"
  engine             = "aurora-mysql"
}
