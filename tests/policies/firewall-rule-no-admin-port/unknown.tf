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

variable "open" {}
variable "office" {}

# What one branch of a choice would be is not what it comes to.
resource "aws_security_group" "either" {
  name = "either"
  ingress {
    description = "shell"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.open ? "0.0.0.0/0" : "${var.office}/32"] # expect: unknown rule.opens_admin_port
  }
}
