variable "port" {}

resource "aws_security_group_rule" "alone" {
  security_group_id = "sg-1"
  type              = "ingress"
  from_port         = var.port # expect: unknown rule.all_ports
  to_port           = 65535
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8"]
}
