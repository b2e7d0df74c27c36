resource "aws_efs_file_system" "regional" {
  encrypted = true
}

resource "aws_s3_bucket" "documents" {
  bucket = "documents"
}

resource "aws_eks_node_group" "spread" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids    = ["subnet-1", "subnet-2"]

  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 1
  }
}
