variable "who" {}

resource "aws_iam_user" "ci" { # expect: unknown direct_policies
  name = "ci"
}

resource "aws_iam_user_policy_attachment" "one" {
  user       = var.who
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
