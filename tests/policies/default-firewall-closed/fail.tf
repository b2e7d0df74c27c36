# Its default group is not taken over, so it is as AWS makes it.
resource "aws_vpc" "main" { # expect: fail closed
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "open" {
  vpc_id = "vpc-1"
  egress { # expect: fail closed
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
