variable "network" {}

resource "aws_vpc" "main" { # expect: unknown closed
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "of_which" {
  vpc_id = var.network
}
