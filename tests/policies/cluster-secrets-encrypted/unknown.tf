variable "kubernetes" {}

resource "aws_eks_cluster" "main" { # expect: unknown secrets_encrypted
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version  = var.kubernetes
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
