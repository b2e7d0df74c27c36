variable "public" {}
variable "office" {}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
    endpoint_public_access = var.public # expect: unknown api.allowed_sources
  }
}

resource "aws_eks_cluster" "office" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
    public_access_cidrs = var.office # expect: unknown api.allowed_sources
  }
}
