variable "keep" {
  type = bool
}

resource "aws_eks_cluster" "main" {
  name                = "main"
  role_arn            = "arn:aws:iam::123456789012:role/eks"
  deletion_protection = var.keep # expect: unknown deletion_protection
}
