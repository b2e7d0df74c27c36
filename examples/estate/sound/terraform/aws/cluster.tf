resource "aws_eks_cluster" "main" {
  name     = local.name
  version  = "1.35"
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  deletion_protection       = true

  access_config {
    authentication_mode = "API"
  }

  vpc_config {
    subnet_ids              = aws_subnet.application[*].id
    security_group_ids      = [aws_security_group.application.id]
    endpoint_private_access = true
    endpoint_public_access  = true
    public_access_cidrs     = var.office_networks
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = aws_kms_key.secrets.arn
    }
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
      encrypted   = true
      kms_key_id  = aws_kms_key.data.arn
    }
  }
}

resource "aws_eks_node_group" "backend" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "backend"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = aws_subnet.application[*].id
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

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }
}
