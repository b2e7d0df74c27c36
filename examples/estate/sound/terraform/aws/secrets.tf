resource "aws_secretsmanager_secret" "mail" {
  name                    = "${local.name}/mail-provider"
  description             = "Key of the mail provider"
  kms_key_id              = aws_kms_key.secrets.arn
  recovery_window_in_days = 30
}

resource "aws_secretsmanager_secret_rotation" "mail" {
  secret_id           = aws_secretsmanager_secret.mail.id
  rotation_lambda_arn = "arn:aws:lambda:${var.region}:${var.account_id}:function:rotate-mail-key"

  rotation_rules {
    automatically_after_days = 30
  }
}

data "aws_iam_policy_document" "mail_secret" {
  statement {
    sid       = "OnlyTheApi"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.api.arn]
    }
  }
}

resource "aws_secretsmanager_secret_policy" "mail" {
  secret_arn          = aws_secretsmanager_secret.mail.arn
  policy              = data.aws_iam_policy_document.mail_secret.json
  block_public_policy = true
}

# Work that may wait: mails, exports, index updates.
resource "aws_sqs_queue" "jobs" {
  name                              = "${local.name}-jobs"
  kms_master_key_id                 = aws_kms_key.data.arn
  kms_data_key_reuse_period_seconds = 300
  message_retention_seconds         = 345600

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed_jobs.arn
    maxReceiveCount     = 5
  })
}

data "aws_iam_policy_document" "jobs" {
  statement {
    sid       = "Api"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:${local.name}-jobs"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${var.account_id}:role/${local.name}-api"]
    }
  }
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = data.aws_iam_policy_document.jobs.json
}

resource "aws_sqs_queue" "failed_jobs" {
  name                      = "${local.name}-failed-jobs"
  kms_master_key_id         = aws_kms_key.data.arn
  message_retention_seconds = 1209600
}
