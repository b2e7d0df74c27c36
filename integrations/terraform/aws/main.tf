# A role that may do exactly what `tfaudit live aws` reads. policy.json is what `tfaudit permissions aws` prints.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = { source = "hashicorp/aws", version = ">= 5.0" }
  }
}

variable "name" {
  description = "The role's name."
  type        = string
  default     = "tfaudit-read"
}

variable "trusted_principals" {
  description = "ARNs that may take the role: the pipeline's own role, say."
  type        = list(string)

  validation {
    condition     = length(var.trusted_principals) > 0 && alltrue([for each in var.trusted_principals : startswith(each, "arn:")])
    error_message = "Name one ARN or more; * is none."
  }
}

variable "external_id" {
  description = "What a third party has to give as sts:ExternalId; empty where it is your own account."
  type        = string
  default     = ""
}

variable "tags" {
  description = "Tags of the role and the policy."
  type        = map(string)
  default     = {}
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = var.trusted_principals
    }
    dynamic "condition" {
      for_each = var.external_id == "" ? [] : [var.external_id]
      content {
        test     = "StringEquals"
        variable = "sts:ExternalId"
        values   = [condition.value]
      }
    }
  }
}

resource "aws_iam_role" "tfaudit" {
  name                 = var.name
  description          = "Reads what tfaudit judges, and changes nothing."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
  tags                 = var.tags
}

resource "aws_iam_policy" "tfaudit" {
  name   = var.name
  policy = file("${path.module}/policy.json")
  tags   = var.tags
}

resource "aws_iam_role_policy_attachment" "tfaudit" {
  role       = aws_iam_role.tfaudit.name
  policy_arn = aws_iam_policy.tfaudit.arn
}

output "role_arn" {
  description = "What `tfaudit live aws` is run as."
  value       = aws_iam_role.tfaudit.arn
}
