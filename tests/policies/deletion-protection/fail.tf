resource "aws_eks_cluster" "main" {
  name                = "main"
  role_arn            = "arn:aws:iam::123456789012:role/eks"
  deletion_protection = false # expect: fail deletion_protection
}

resource "aws_eks_cluster" "silent" { # expect: fail deletion_protection
  name     = "silent"
  role_arn = "arn:aws:iam::123456789012:role/eks"
}
