resource "aws_eks_cluster" "main" {
  name     = local.name
  version  = "1.33" # planted: cluster-version-supported
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "scheduler"] # planted: cluster-audited, cluster-control-plane-logs
  deletion_protection       = true

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids              = aws_subnet.application[*].id
    security_group_ids      = [aws_security_group.application.id]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = ["0.0.0.0/0"] # planted: cluster-api-not-public
  }

}

resource "aws_launch_template" "nodes" {
  name = "${local.name}-nodes"

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_size = 50
      volume_type = "gp3"
      encrypted   = false # planted: volume-encrypted
    }
  }
}

resource "aws_eks_node_group" "backend" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "backend"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = aws_subnet.public[*].id # planted: node-pool-no-public-address
  instance_types  = ["m6g.large"]
  ami_type        = "AL2023_ARM_64_STANDARD"

  labels = {
    tier     = "backend"
    priority = "high"
  }

  taint {
    key    = "component"
    value  = "backend"
    effect = "NO_SCHEDULE"
  }

  scaling_config {
    min_size     = 3
    desired_size = 3
    max_size     = 9
  }

  remote_access {
    ec2_ssh_key = "engineers" # planted: node-pool-no-open-remote-access
  }
}
