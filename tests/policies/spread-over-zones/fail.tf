resource "aws_efs_file_system" "one" {
  availability_zone_name = "eu-west-1a" # expect: fail ha.multi_zone
}

resource "aws_eks_node_group" "one" {
  cluster_name  = "main"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids    = ["subnet-1"] # expect: fail ha.multi_zone

  scaling_config {
    desired_size = 1
    max_size     = 2
    min_size     = 1
  }
}
