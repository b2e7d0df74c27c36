variable "sources" {}

resource "aws_security_group" "web" {
  name        = "web"
  description = "The web tier"
  ingress {
    description = "Why it is there"
    from_port   = 8080
    to_port     = 8080
    protocol    = "tcp"
    cidr_blocks = var.sources # expect: unknown rule.open_to_world
  }
}
