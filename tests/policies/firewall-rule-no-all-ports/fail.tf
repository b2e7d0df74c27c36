resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
  ingress {
    description = "Why it is there"
    from_port   = 0
    to_port     = 0
    protocol    = "-1" # expect: fail rule.all_ports
    cidr_blocks = ["10.0.0.0/8"]
  }
}

resource "aws_security_group_rule" "alone" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  from_port         = 0 # expect: fail rule.all_ports
  to_port           = 65535
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}
