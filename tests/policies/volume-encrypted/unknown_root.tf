variable "disks" {}

resource "aws_launch_configuration" "workers" { # expect: unknown encryption.at_rest
  image_id      = "ami-0123456789abcdef0"
  instance_type = "t3.small"
}

resource "aws_instance" "web" { # expect: unknown encryption.at_rest
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t3.small"
  root_block_device = []
}

resource "aws_instance" "api" { # expect: unknown encryption.at_rest
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t3.small"
  root_block_device = var.disks
}
