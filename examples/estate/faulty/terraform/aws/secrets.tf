resource "aws_secretsmanager_secret" "mail" { # planted: secret-customer-managed-key
  name                    = "${local.name}/mail-provider"
  description             = "Key of the mail provider"
  recovery_window_in_days = 0 # planted: secret-recovery-window
}

resource "aws_secretsmanager_secret_rotation" "mail" {
  secret_id           = aws_secretsmanager_secret.mail.id
  rotation_lambda_arn = "arn:aws:lambda:${var.region}:${var.account_id}:function:rotate-mail-key"

  rotation_rules {
    automatically_after_days = 365 # planted: secret-rotation
  }
}

resource "aws_secretsmanager_secret_version" "mail" {
  secret_id     = aws_secretsmanager_secret.mail.id
  secret_string = "key-3f1c5d7e9b2a4c6d8e0f" # planted: secret-not-inline
}

data "aws_iam_policy_document" "mail_secret" {
  statement { # planted: secret-not-public
    sid       = "OnlyTheApi"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_secretsmanager_secret_policy" "mail" {
  secret_arn          = aws_secretsmanager_secret.mail.arn
  policy              = data.aws_iam_policy_document.mail_secret.json
}

# Work that may wait: mails, exports, index updates.
resource "aws_sqs_queue" "jobs" { # planted: queue-customer-managed-key, queue-dead-letter
  name                      = "${local.name}-jobs"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 345600
}

data "aws_iam_policy_document" "jobs" {
  statement { # planted: policy-no-public-principal
    sid       = "Api"
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = ["arn:aws:sqs:${var.region}:${var.account_id}:${local.name}-jobs"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = data.aws_iam_policy_document.jobs.json
}

resource "aws_sqs_queue" "failed_jobs" { # planted: queue-dead-letter
  name                      = "${local.name}-failed-jobs"
  sqs_managed_sse_enabled   = false # planted: queue-encrypted
  message_retention_seconds = 1209600
}
