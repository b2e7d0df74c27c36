variable "days" {}

resource "aws_db_instance" "orders" {
  identifier              = "orders"
  engine                  = "postgres"
  password                = "correct-horse-battery"
  backup_retention_period = 1 # until the migration is over
  storage_encrypted       = true
}

resource "aws_db_instance" "never_said" {
  identifier = "never-said"
  engine     = "mysql"
}

resource "aws_db_instance" "sized_later" {
  identifier              = "sized-later"
  engine                  = "postgres"
  backup_retention_period = var.days
}

resource "aws_db_instance" "sound" {
  identifier              = "sound"
  engine                  = "postgres"
  backup_retention_period = 30
}

# tfaudit:ignore backups-reach-back until=2099-01-31 it is rebuilt from the lake every night
resource "aws_db_instance" "copy" {
  identifier              = "copy"
  engine                  = "postgres"
  backup_retention_period = 0
}

resource "aws_db_instance" "old" {
  identifier              = "old"
  engine                  = "postgres"
  backup_retention_period = 3
}

resource "aws_rds_cluster_instance" "member" {
  identifier         = "member"
  cluster_identifier = "shop"
  engine             = "aurora-postgresql"
}

resource "aws_docdb_cluster" "crashes" {
  engine                  = "mysql"
  backup_retention_period = 9
}

resource "aws_db_instance" "hostile" {
  identifier              = "hostile"
  engine                  = "</script><script>alert(1)</script>|`@octocat` [here](https://evil.example) \u001b[31m\u202e"
  backup_retention_period = 14
}
