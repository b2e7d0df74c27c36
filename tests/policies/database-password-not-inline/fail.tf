resource "aws_db_instance" "orders" {
  identifier          = "orders"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  username            = "orders"
  password            = "correct-horse-battery" # expect: fail inline_secrets
}

resource "aws_rds_cluster" "ledger" {
  cluster_identifier = "ledger"
  engine             = "aurora-mysql"
  master_password    = "staple-battery-horse" # expect: fail inline_secrets
}
