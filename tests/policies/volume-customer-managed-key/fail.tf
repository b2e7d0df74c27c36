resource "aws_ebs_volume" "data" { # expect: fail encryption.customer_managed_key
  availability_zone = "eu-west-1a"
  size              = 40
  encrypted         = true
}
