resource "aws_eks_cluster" "main" { # expect: fail secrets_encrypted
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version  = "1.25"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
