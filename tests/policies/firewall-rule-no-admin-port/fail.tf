resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
  ingress {
    description = "Why it is there"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] # expect: fail rule.opens_admin_port
  }
  ingress {
    description = "Why it is there"
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"] # expect: fail rule.opens_admin_port
  }
}

resource "aws_security_group_rule" "alone" {
  security_group_id = aws_security_group.web.id
  type              = "ingress"
  from_port         = 20
  to_port           = 24
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8", "0.0.0.0/0"] # expect: fail rule.opens_admin_port
}

resource "aws_vpc_security_group_ingress_rule" "six" {
  security_group_id = aws_security_group.web.id
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
  cidr_ipv6         = "::/0" # expect: fail rule.opens_admin_port
}
