resource "aws_iam_user" "ci" { # expect: unknown access_key_age_days
  name = "ci"
}

resource "aws_iam_access_key" "ci" {
  user = aws_iam_user.ci.name
}
