resource "aws_subnet" "app" {
  vpc_id                  = "vpc-1"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true # expect: fail assigns_public_ip
}

resource "aws_default_subnet" "a" { # expect: fail assigns_public_ip
  availability_zone = "eu-west-1a"
}
