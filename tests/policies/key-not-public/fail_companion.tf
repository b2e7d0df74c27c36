resource "aws_kms_key" "data" {
  enable_key_rotation = true
}

data "aws_iam_policy_document" "open" {
  statement { # expect: fail policy.public
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_kms_key_policy" "data" {
  key_id = aws_kms_key.data.id
  policy = data.aws_iam_policy_document.open.json
}
