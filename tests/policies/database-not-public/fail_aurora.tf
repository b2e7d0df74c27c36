resource "aws_rds_cluster" "ledger" {
  cluster_identifier = "ledger"
  engine             = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "ledger" {
  identifier          = "ledger-1"
  cluster_identifier  = aws_rds_cluster.ledger.id
  engine              = "aurora-postgresql"
  publicly_accessible = true # expect: fail network.public
}
