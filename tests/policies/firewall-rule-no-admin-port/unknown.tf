variable "sources" {}

resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
  ingress {
    description = "Why it is there"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.sources # expect: unknown rule.opens_admin_port
  }
}
