resource "aws_db_parameter_group" "both" {
  name   = "both"
  family = "mysql8.4"

  parameter {
    name  = "wait_timeout"
    value = "900"
  }
  parameter {
    name  = "interactive_timeout"
    value = "600"
  }
}

resource "aws_db_instance" "both" {
  identifier           = "both"
  engine               = "mysql"
  parameter_group_name = aws_db_parameter_group.both.name
}

resource "aws_db_parameter_group" "one" {
  name   = "one"
  family = "mariadb11.4"

  parameter {
    name  = "interactive_timeout" # programs are left idle for eight hours
    value = "600"
  }
}

resource "aws_db_instance" "one" { # expect: fail session.idle_minutes
  identifier           = "one"
  engine               = "mariadb"
  parameter_group_name = aws_db_parameter_group.one.name
}

resource "aws_rds_cluster" "formula" {
  cluster_identifier              = "formula"
  engine                          = "aurora-mysql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.formula.name
}

resource "aws_rds_cluster_parameter_group" "formula" {
  name   = "formula"
  family = "aurora-mysql8.0"

  parameter {
    name  = "wait_timeout"
    value = "{log(DBInstanceClassMemory/187281418)*1000}" # expect: unknown session.idle_minutes
  }
}
