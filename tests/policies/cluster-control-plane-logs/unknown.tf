variable "logs" {}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::123456789012:role/cluster"
  enabled_cluster_log_types = var.logs # expect: unknown control_plane_logs
  vpc_config {
    subnet_ids = ["subnet-1", "subnet-2"]
  }
}
