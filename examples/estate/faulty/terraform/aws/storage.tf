module "bucket" {
  source   = "./modules/bucket"
  for_each = var.buckets

  name                   = "${local.name}-${each.key}"
  key_arn                = aws_kms_key.data.arn
  log_bucket             = aws_s3_bucket.logs.id
  keep_old_versions_days = each.value.keep_old_versions_days
}

# Where the access logs of the other buckets and of the load balancer go.
resource "aws_s3_bucket" "logs" { # planted: object-store-access-logged
  bucket = "${local.name}-logs"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "logs" {
  bucket = aws_s3_bucket.logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket = aws_s3_bucket.logs.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  bucket = aws_s3_bucket.logs.id

  rule {
    id     = "expire"
    status = "Enabled"

    filter {}

    expiration {
      days = 400
    }
  }
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "BucketLogs"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::${local.name}-logs/*"]

    principals {
      type        = "Service"
      identifiers = ["logging.s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.account_id]
    }
  }

  statement {
    sid       = "BalancerLogs"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::${local.name}-logs/balancer/AWSLogs/${var.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:elasticloadbalancing:${var.region}:${var.account_id}:loadbalancer/*"]
    }
  }

  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = ["arn:aws:s3:::${local.name}-logs", "arn:aws:s3:::${local.name}-logs/*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = data.aws_iam_policy_document.logs.json
}

# The import jobs' scratch disk.
resource "aws_ebs_encryption_by_default" "all" {
  enabled = false
}

resource "aws_ebs_volume" "imports" {
  availability_zone = var.zones[0]
  size              = 50
  type              = "gp3"
  encrypted         = false # planted: snapshot-encrypted, volume-encrypted

  tags = {
    Name   = "${local.name}-imports"
    backup = "daily"
  }
}

resource "aws_ebs_snapshot" "imports" {
  volume_id = aws_ebs_volume.imports.id

  tags = {
    Name = "${local.name}-imports-baseline"
  }
}

resource "aws_snapshot_create_volume_permission" "imports" { # planted: snapshot-not-public
  snapshot_id = aws_ebs_snapshot.imports.id
  account_id  = "all"
}

# Where the personnel system leaves its files.
resource "aws_efs_file_system" "exchange" {
  creation_token   = "${local.name}-exchange"
  encrypted        = false # planted: file-store-encrypted
  performance_mode = "generalPurpose"

  tags = {
    Name   = "${local.name}-exchange"
    backup = "daily"
  }
}

resource "aws_efs_backup_policy" "exchange" {
  file_system_id = aws_efs_file_system.exchange.id

  backup_policy {
    status = "DISABLED" # planted: file-store-backup
  }
}

data "aws_iam_policy_document" "exchange" {
  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_efs_file_system_policy" "exchange" {
  file_system_id = aws_efs_file_system.exchange.id
  policy         = data.aws_iam_policy_document.exchange.json
}
