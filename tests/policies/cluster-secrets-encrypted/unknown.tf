variable "kubernetes" {}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  version  = var.kubernetes # expect: unknown secrets_encrypted
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
