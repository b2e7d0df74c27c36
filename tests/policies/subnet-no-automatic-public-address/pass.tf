resource "aws_subnet" "app" {
  vpc_id     = "vpc-1"
  cidr_block = "10.0.1.0/24"
}
