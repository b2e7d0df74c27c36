resource "aws_eks_cluster" "main" {
  name                = "main"
  role_arn            = "arn:aws:iam::123456789012:role/eks"
  deletion_protection = true
}
