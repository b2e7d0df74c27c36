resource "aws_rds_cluster" "ledger" {
  cluster_identifier = "ledger"
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "n1" {
  identifier         = "ledger-1"
  cluster_identifier = aws_rds_cluster.ledger.id
  engine             = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "n2" {
  identifier         = "ledger-2"
  cluster_identifier = aws_rds_cluster.ledger.id
  engine             = "aurora-mysql"
}
