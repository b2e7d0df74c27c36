resource "aws_eks_cluster" "shop" {
  name     = "shop"
  role_arn = "arn:aws:iam::123456789012:role/eks"
  version  = "1.29" # expect: fail version
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
