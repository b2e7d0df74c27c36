variable "sources" {}

resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
  ingress {
    description = "Why it is there"
    from_port   = 5432
    to_port     = 5432
    protocol    = "tcp"
    cidr_blocks = var.sources # expect: unknown rule.opens_data_port
  }
}
