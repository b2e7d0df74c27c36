# Roles are for services, workloads and the pipeline; people come through single sign-on.

data "aws_iam_policy_document" "assumed_by" {
  for_each = {
    flow_logs = "vpc-flow-logs.amazonaws.com"
    trail     = "cloudtrail.amazonaws.com"
    cluster   = "eks.amazonaws.com"
    nodes     = "ec2.amazonaws.com"
    api       = "pods.eks.amazonaws.com"
    backup    = "backup.amazonaws.com"
  }

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = [each.value]
    }
  }
}

resource "aws_iam_role" "flow_logs" {
  name               = "${local.name}-flow-logs"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["flow_logs"].json
}

resource "aws_iam_role_policy" "flow_logs" {
  name = "write-logs"
  role = aws_iam_role.flow_logs.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/${local.name}/network:*"
    }]
  })
}

resource "aws_iam_role" "trail" {
  name               = "${local.name}-trail"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["trail"].json
}

resource "aws_iam_role_policy" "trail" {
  name = "write-logs"
  role = aws_iam_role.trail.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/${local.name}/trail:*"
    }]
  })
}

resource "aws_iam_role" "cluster" {
  name = "${local.name}-cluster"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # planted: role-trust-not-public
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "*" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "cluster" {
  role       = aws_iam_role.cluster.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
}

resource "aws_iam_role" "nodes" {
  name               = "${local.name}-nodes"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["nodes"].json
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each = toset([
    "AmazonEKSWorkerNodePolicy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEKS_CNI_Policy",
  ])

  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_iam_role" "api" {
  name               = "${local.name}-api"
  assume_role_policy = data.aws_iam_policy_document.assumed_by["api"].json
}

data "aws_iam_policy_document" "api" {
  statement { # planted: policy-no-escalation, policy-no-wildcard-resources
    sid       = "Workers"
    actions   = ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]
    resources = ["*"]
  }

  statement {
    sid       = "Photos"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]
    resources = ["arn:aws:s3:::${local.name}-photos/*", "arn:aws:s3:::${local.name}-exports/*"]
  }

  statement {
    sid       = "Jobs"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:${local.name}-jobs"]
  }

  statement {
    sid       = "MailKey"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["arn:aws:secretsmanager:${var.region}:${var.account_id}:secret:${local.name}/mail-provider-*"]
  }
}

resource "aws_iam_policy" "api" {
  name        = "${local.name}-api"
  description = "What the API may do"
  policy      = data.aws_iam_policy_document.api.json
}

resource "aws_iam_role_policy_attachment" "api" {
  role       = aws_iam_role.api.name
  policy_arn = aws_iam_policy.api.arn # planted: policy-no-escalation
}

# The pipeline has no key of its own: GitHub vouches for it.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "pipeline_trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::${var.account_id}:oidc-provider/token.actions.githubusercontent.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:example/company-directory:environment:production"]
    }
  }
}

resource "aws_iam_role" "pipeline" {
  name                 = "${local.name}-pipeline"
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.pipeline_trust.json
}

resource "aws_iam_role_policy" "pipeline" {
  name = "deploy"
  role = aws_iam_role.pipeline.id

  policy = jsonencode({ # planted: policy-no-admin
    Version = "2012-10-17"
    Statement = [{ # planted: policy-no-admin, policy-no-wildcard-actions
      Effect   = "Allow"
      Action   = "*"
      Resource = "*"
    }]
  })
}

# Support engineers may read; they get it from a group, with a second factor at sign-in.
resource "aws_iam_group" "support" {
  name = "${local.name}-support"
}

resource "aws_iam_group_policy" "support" {
  name  = "read-logs"
  group = aws_iam_group.support.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{ # planted: policy-no-wildcard-actions
      Effect   = "Allow"
      Action   = ["logs:*"]
      Resource = "arn:aws:logs:${var.region}:${var.account_id}:log-group:/${local.name}/api:*"
      Condition = {
        Bool = { "aws:MultiFactorAuthPresent" = "true" }
      }
    }]
  })
}

# For the day on which single sign-on is down: no rights of its own, no key, its password in the safe.
resource "aws_iam_user" "emergency" {
  name = "${local.name}-emergency"
}

# The night batch signs in with keys, and nobody knows any more which of the two it is.
resource "aws_iam_user" "batch" { # planted: identity-one-access-key; unknown: access-key-rotated, identity-in-use
  name = "${local.name}-batch"
}

resource "aws_iam_access_key" "batch" {
  for_each = toset(["blue", "green"])
  user     = aws_iam_user.batch.name
}

resource "aws_iam_user_group_membership" "batch" {
  user   = aws_iam_user.batch.name
  groups = [aws_iam_group.support.name]
}

resource "aws_iam_user_policy_attachment" "emergency" { # planted: identity-no-direct-policies
  user       = aws_iam_user.emergency.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # planted: policy-no-admin, policy-no-wildcard-actions
}

resource "aws_iam_user_group_membership" "emergency" {
  user   = aws_iam_user.emergency.name
  groups = [aws_iam_group.support.name]
}

resource "aws_iam_account_password_policy" "people" {
  minimum_password_length        = 8 # planted: password-policy-strong
  require_lowercase_characters   = true
  require_uppercase_characters   = true
  require_numbers                = true
  require_symbols                = true
  password_reuse_prevention      = 24
  max_password_age               = 90
  allow_users_to_change_password = true
}
